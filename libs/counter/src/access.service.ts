import { Injectable } from '@nestjs/common';
import { Clock, isId } from '#libs/kernel';
import { Database, Gathered, Together } from '#platform/database';
import { AccessRepository, type HeldCredential } from './access.repository.js';
import type { CabinetCredentialId, CabinetId } from './cabinet.entity.js';
import { isInForce, isSecretOf } from './credential.rules.js';

export interface Admission {
  readonly cabinetId: CabinetId;
  readonly credentialId: CabinetCredentialId;
}

/** Notes one thing of however many at once, in one statement that needs no transaction around it. */
function noted<Id extends string>(
  database: Database,
  note: (ids: readonly Id[]) => Promise<void>,
): Together<Id, true> {
  const all = async (ids: readonly Id[]) => {
    await note(ids);
    return ids.map(() => true as const);
  };
  return new Together<Id, true>(
    database,
    (id) => id,
    async (id) => {
      await note([id]);
      return true;
    },
    all,
  );
}

/** Who may come in over the line, and who is in. Those who come at once, as a thousand do when a broker has come up again, share their statements. */
@Injectable()
export class AccessService {
  private readonly held = new Gathered<HeldCredential>(
    this.database,
    (ids) => this.access.credentials(this.database, ids),
    ({ id }) => id,
  );
  private readonly used = noted<CabinetCredentialId>(this.database, (ids) =>
    this.access.noteUse(this.database, ids, this.clock.now()),
  );
  private readonly came = noted<string>(this.database, (ids) =>
    this.access.setConnected(this.database, ids, this.clock.now()),
  );
  private readonly went = noted<string>(this.database, (ids) =>
    this.access.setConnected(this.database, ids, null),
  );

  constructor(
    private readonly database: Database,
    private readonly access: AccessRepository,
    private readonly clock: Clock,
  ) {}

  /** Null for everybody else, without saying what was wrong. A cabinet comes under its own name. */
  async admit(clientId: string, username: string, secret: string): Promise<Admission | null> {
    if (!isId('cab', clientId) || !isId('ccr', username)) return null;
    const [held] = await this.held.of([username]);
    const isTheirs = held?.cabinetId === clientId && isInForce(held, this.clock.now());
    if (!held || !isTheirs || !isSecretOf(secret, held.secretHash)) return null;
    await this.used.of(held.id);
    return { cabinetId: held.cabinetId, credentialId: held.id };
  }

  /** Of those who were let in, those who would not be now. */
  async noLonger(admissions: readonly Admission[]): Promise<Admission[]> {
    const ids = admissions.map(({ credentialId }) => credentialId);
    const still = new Set(
      await this.database.transaction((tx) => this.access.inForce(tx, ids, this.clock.now())),
    );
    return admissions.filter(({ credentialId }) => !still.has(credentialId));
  }

  async connected(cabinetId: string): Promise<void> {
    await this.came.of(cabinetId);
  }

  async disconnected(cabinetId: string): Promise<void> {
    await this.went.of(cabinetId);
  }

  /** When a broker begins: whoever was connected to the one before it is not. */
  disconnectAll(): Promise<void> {
    return this.database.transaction((tx) => this.access.disconnectAll(tx));
  }
}
