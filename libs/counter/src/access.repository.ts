import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { CabinetCredentialId, CabinetId } from './cabinet.entity.js';

export interface HeldCredential {
  readonly id: CabinetCredentialId;
  readonly cabinetId: CabinetId;
  readonly secretHash: string;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Each method is one statement for however many come at once: a thousand do, when a broker has come up again. */
@Injectable()
export class AccessRepository {
  /** Of cabinets that stand. */
  async credentials(on: Pick<Tx, 'query'>, credentialIds: readonly string[]): Promise<HeldCredential[]> {
    return on.query<HeldCredential>(
      `SELECT k.id, k.cabinet_id AS cabinetId, k.secret_hash AS secretHash, k.expires_at AS expiresAt, k.revoked_at AS revokedAt
       FROM cabinet_credential k JOIN cabinet c ON c.id = k.cabinet_id
       WHERE k.id IN (?) AND c.state = 'ACTIVE'`,
      [credentialIds],
    );
  }

  async noteUse(
    on: Pick<Tx, 'write'>,
    credentialIds: readonly CabinetCredentialId[],
    at: Date,
  ): Promise<void> {
    await on.write('UPDATE cabinet_credential SET last_used_at = ? WHERE id IN (?)', [at, credentialIds]);
  }

  /** Of these, those that are in force. */
  async inForce(tx: Tx, credentialIds: readonly string[], now: Date): Promise<string[]> {
    if (credentialIds.length === 0) return [];
    const rows = await tx.query<{ id: string }>(
      `SELECT k.id FROM cabinet_credential k JOIN cabinet c ON c.id = k.cabinet_id WHERE k.id IN (?) AND c.state = 'ACTIVE'
       AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)`,
      [credentialIds, now],
    );
    return rows.map(({ id }) => id);
  }

  async setConnected(on: Pick<Tx, 'write'>, cabinetIds: readonly string[], at: Date | null): Promise<void> {
    await on.write('UPDATE cabinet_link SET connected_at = ? WHERE cabinet_id IN (?)', [at, cabinetIds]);
  }

  async disconnectAll(tx: Tx): Promise<void> {
    await tx.write('UPDATE cabinet_link SET connected_at = NULL WHERE connected_at IS NOT NULL');
  }
}
