import { Injectable } from '@nestjs/common';
import { Clock, isId } from '#libs/kernel';
import { Database } from '#platform/database';
import { AccessRepository } from './access.repository.js';
import type { CabinetCredentialId, CabinetId } from './cabinet.entity.js';
import { isInForce, isSecretOf } from './credential.rules.js';

export interface Admission {
  readonly cabinetId: CabinetId;
  readonly credentialId: CabinetCredentialId;
}

/** Who may come in over the line, and who is in. */
@Injectable()
export class AccessService {
  constructor(
    private readonly database: Database,
    private readonly access: AccessRepository,
    private readonly clock: Clock,
  ) {}

  /** Null for everybody else, without saying what was wrong. A cabinet comes under its own name. */
  admit(clientId: string, username: string, secret: string): Promise<Admission | null> {
    if (!isId('cab', clientId) || !isId('ccr', username)) return Promise.resolve(null);
    return this.database.transaction(async (tx) => {
      const held = await this.access.credential(tx, clientId, username);
      const now = this.clock.now();
      if (!held || !isInForce(held, now) || !isSecretOf(secret, held.secretHash)) return null;
      await this.access.noteUse(tx, held.id, now);
      return { cabinetId: held.cabinetId, credentialId: held.id };
    });
  }

  /** Of those who were let in, those who would not be now. */
  async noLonger(admissions: readonly Admission[]): Promise<Admission[]> {
    const ids = admissions.map(({ credentialId }) => credentialId);
    const still = new Set(
      await this.database.transaction((tx) => this.access.inForce(tx, ids, this.clock.now())),
    );
    return admissions.filter(({ credentialId }) => !still.has(credentialId));
  }

  connected(cabinetId: string): Promise<void> {
    return this.database.transaction((tx) => this.access.setConnected(tx, cabinetId, this.clock.now()));
  }

  disconnected(cabinetId: string): Promise<void> {
    return this.database.transaction((tx) => this.access.setConnected(tx, cabinetId, null));
  }

  /** When a broker begins: whoever was connected to the one before it is not. */
  disconnectAll(): Promise<void> {
    return this.database.transaction((tx) => this.access.disconnectAll(tx));
  }
}
