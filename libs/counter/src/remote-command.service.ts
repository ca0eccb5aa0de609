import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type InvalidInputError, NotFound, newId, plus } from '#libs/kernel';
import { Database } from '#platform/database';
import { CabinetRepository } from './cabinet.repository.js';
import type { CabinetActor } from './cabinet.service.js';
import type { CabinetCommandId } from './command.entity.js';
import { CommandRepository } from './command.repository.js';
import { CabinetRetiredError, CommandReusedError, TooManyCommandsError } from './counter.errors.js';
import { RemoteCommandRepository } from './remote-command.repository.js';
import {
  type RemoteCommandInput,
  WAITING_MAX,
  dataOf,
  lifeOf,
  refuseCommand,
} from './remote-command.rules.js';

const VERSION_COLUMN = {
  FIRMWARE_UPDATE: 'firmware_version',
  CONFIG_UPDATE: 'config_version',
} as const;

/** What people tell cabinets to do from afar: written down, said to the cabinet while it is of use, and answered by it. */
@Injectable()
export class RemoteCommandService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetRepository,
    private readonly commands: CommandRepository,
    private readonly remote: RemoteCommandRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Asked for again with the same key it is the same one; the lock of the cabinet keeps two who ask at once apart. */
  send(
    cabinetId: string,
    input: RemoteCommandInput,
    causeKey: string,
    { userId, scope }: CabinetActor,
  ): Promise<
    CabinetCommandId | InvalidInputError | CabinetRetiredError | CommandReusedError | TooManyCommandsError
  > {
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
      const refusal = refuseCommand(input, causeKey);
      if (refusal) return refusal;
      const { kind } = input;
      const data = JSON.stringify(dataOf(input));
      const before = await this.remote.byCause(tx, cabinet.id, causeKey);
      if (before) return before.kind === kind && before.data === data ? before.id : new CommandReusedError();
      const requestedAt = this.clock.now();
      if ((await this.remote.countWaiting(tx, cabinet.id, requestedAt)) >= WAITING_MAX)
        return new TooManyCommandsError(WAITING_MAX);
      const id = newId('ccm');
      await this.commands.insert(tx, {
        id,
        cabinetId: cabinet.id,
        kind,
        data,
        state: 'WAITING',
        requestedAt,
        expiresAt: plus(requestedAt, lifeOf(kind)),
        sentAt: null,
        repliedAt: null,
        detail: '',
        requestedBy: userId,
        causeKey,
        log: null,
      });
      const { version } = input;
      if (version !== null && (kind === 'FIRMWARE_UPDATE' || kind === 'CONFIG_UPDATE'))
        await this.remote.setVersion(tx, cabinet.id, VERSION_COLUMN[kind], {
          version,
          by: userId,
          at: requestedAt,
        });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.command_sent',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { commandId: id, kind, data },
      });
      return id;
    });
  }
}
