import { Injectable } from '@nestjs/common';
import { isWithin } from '#libs/division';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, businessDay } from '#libs/kernel';
import { Database, unlessTaken } from '#platform/database';
import type { VolumeTarget } from './volume-target.entity.js';
import type { OwnTargetError } from './volume-target.errors.js';
import { VolumeTargetRepository } from './volume-target.repository.js';
import { type TargetInput, refuseTarget } from './volume-target.rules.js';

@Injectable()
export class VolumeTargetService {
  constructor(
    private readonly database: Database,
    private readonly targets: VolumeTargetRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same amount again is the same target; another one is a new version, and the old one stays on file. */
  set(
    input: TargetInput,
    { userId, scope }: { readonly userId: IdOf<'usr'>; readonly scope: readonly string[] | 'ALL' },
  ): Promise<VolumeTarget | InvalidInputError | OwnTargetError> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const refusal = refuseTarget(input, scope, businessDay(now));
      if (refusal) return refusal;
      const { year, divisionCode, channelKind, unitId, amountFen } = input;
      if (!isWithin(divisionCode, scope)) throw new NotFound('Division', divisionCode);
      const latest = await this.targets.latest(tx, input);
      if (latest?.amountFen === amountFen) return latest;

      const target: VolumeTarget = {
        year,
        divisionCode,
        channelKind,
        unitId,
        amountFen,
        version: (latest?.version ?? 0) + 1,
        setBy: userId,
        setAt: now,
      };
      // Somebody set it in between: again from BEGIN, on top of theirs.
      await unlessTaken('somebody else came first', () => this.targets.insert(tx, target));
      await this.audit.record(tx, {
        actorId: userId,
        act: 'volume_target.set',
        subject: `${year}:${divisionCode}`,
        divisionCode,
        detail: { channelKind, unitId, version: target.version, amountFen: String(amountFen) },
      });
      return target;
    });
  }
}
