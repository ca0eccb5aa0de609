import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import {
  Cabinet,
  CabinetCredential,
  type CabinetCredentialId,
  type CabinetId,
  CabinetLink,
} from './cabinet.entity.js';
import { type CabinetScope, cabinetsWithin } from './cabinet-scope.rules.js';
import type { SlotInput } from './cabinet.rules.js';

export type LockedCabinet = Pick<Cabinet, 'id' | 'model' | 'state' | 'countyCode' | 'slotRevision'>;

@Injectable()
export class CabinetRepository {
  /** Throws on a unique key where the point has a cabinet already, or the serial number is known. */
  async insert(tx: Tx, cabinet: Cabinet): Promise<void> {
    await tx.manager.insert(Cabinet, cabinet);
    await tx.manager.insert(CabinetLink, { cabinetId: cabinet.id, bootBase: 0 });
  }

  /** The lock by which what a cabinet is and what it signs in with are changed one after the other; null outside the scope. */
  async lock(tx: Tx, id: string, scope: CabinetScope): Promise<LockedCabinet | null> {
    const within = cabinetsWithin(scope);
    const [row] = await tx.query<LockedCabinet>(
      `SELECT c.id, c.model, c.state, c.county_code AS countyCode, c.slot_revision AS slotRevision FROM cabinet c
       WHERE c.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ?? null;
  }

  async replaceSlots(tx: Tx, cabinetId: CabinetId, slots: readonly SlotInput[]): Promise<void> {
    await tx.write('DELETE FROM cabinet_slot WHERE cabinet_id = ?', [cabinetId]);
    await tx.insert(
      'cabinet_slot',
      slots.map(({ code, capacity, maxItemG, innerL = null }, position) => ({
        cabinetId,
        code,
        position,
        capacity,
        maxItemG,
        innerL,
      })),
    );
  }

  async setSlotRevision(tx: Tx, cabinetId: CabinetId, revision: number): Promise<void> {
    await tx.write('UPDATE cabinet SET slot_revision = ? WHERE id = ?', [revision, cabinetId]);
  }

  async retire(tx: Tx, cabinetId: CabinetId, at: Date): Promise<void> {
    await tx.write(
      "UPDATE cabinet SET state = 'RETIRED', active_point_id = NULL, retired_at = ? WHERE id = ?",
      [at, cabinetId],
    );
  }

  async insertCredential(tx: Tx, credential: CabinetCredential): Promise<void> {
    await tx.manager.insert(CabinetCredential, credential);
  }

  async countCredentialsInForce(tx: Tx, cabinetId: CabinetId, now: Date): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM cabinet_credential
       WHERE cabinet_id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)`,
      [cabinetId, now],
    );
    return Number(row?.n ?? 0);
  }

  /** Those in force end at an instant, or before. */
  async endCredentials(tx: Tx, cabinetId: CabinetId, at: Date): Promise<void> {
    await tx.write(
      `UPDATE cabinet_credential SET expires_at = LEAST(COALESCE(expires_at, ?), ?)
       WHERE cabinet_id = ? AND revoked_at IS NULL`,
      [at, at, cabinetId],
    );
  }

  /** False if it is not that cabinet's. Revoked twice is revoked at the first time. */
  async revokeCredential(
    tx: Tx,
    cabinetId: CabinetId,
    credentialId: CabinetCredentialId,
    at: Date,
  ): Promise<boolean> {
    const matched = await tx.write(
      'UPDATE cabinet_credential SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ? AND cabinet_id = ?',
      [at, credentialId, cabinetId],
    );
    return matched === 1;
  }

  async revokeAll(tx: Tx, cabinetId: CabinetId, at: Date): Promise<void> {
    await tx.write(
      'UPDATE cabinet_credential SET revoked_at = ? WHERE cabinet_id = ? AND revoked_at IS NULL',
      [at, cabinetId],
    );
  }
}
