import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { withinScope } from '#libs/division';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  Pairing,
  PairingHousehold,
  type PairingId,
  PairingSlot,
  type PairingState,
} from './pairing.entity.js';

@Injectable()
export class PairingRepository {
  byKey(tx: Tx, merchantId: IdOf<'mer'>, idempotencyKey: string): Promise<Pairing | null> {
    return tx.manager.findOneBy(Pairing, { merchantId, idempotencyKey });
  }

  async insert(
    tx: Tx,
    pairing: Pairing,
    slotCodes: readonly string[],
    householdIds: readonly IdOf<'hhd'>[],
  ): Promise<void> {
    const pairingId = pairing.id;
    await tx.manager.insert(Pairing, pairing);
    await tx.manager.insert(
      PairingHousehold,
      householdIds.map((householdId) => ({ pairingId, householdId })),
    );
    // What others may hold is taken last, in one order for all.
    await tx.manager.insert(
      PairingSlot,
      slotCodes
        .toSorted()
        .map((slotCode) => ({ pairingId, slotCode, openKey: `${pairing.cabinetId}/${slotCode}` })),
    );
  }

  /** Whoever decides or ends it takes it first. */
  async lock(
    tx: Tx,
    id: string,
    scope: { readonly merchantIds: readonly string[] } | { readonly divisions: readonly string[] | 'ALL' },
  ): Promise<Pairing | null> {
    const within =
      'divisions' in scope
        ? withinScope('village_code', scope.divisions)
        : scope.merchantIds.length === 0
          ? { sql: 'FALSE', values: [] }
          : { sql: 'merchant_id IN (?)', values: [scope.merchantIds] };
    const [row] = await tx.query<{ id: PairingId }>(
      `SELECT id FROM pairing WHERE id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ? tx.manager.findOneBy(Pairing, { id: row.id }) : null;
  }

  /** By that agreement, waiting or going on; in the order of their ids, and locked. */
  lockOpenOf(tx: Tx, agreementId: string): Promise<Pairing[]> {
    const where = {
      agreementId: agreementId as Pairing['agreementId'],
      state: In<PairingState>(['PROPOSED', 'ACTIVE']),
    };
    return tx.manager.find(Pairing, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
  }

  async householdIds(tx: Tx, pairingId: PairingId): Promise<string[]> {
    const rows = await tx.query<{ householdId: string }>(
      'SELECT household_id AS householdId FROM pairing_household WHERE pairing_id = ? ORDER BY household_id',
      [pairingId],
    );
    return rows.map(({ householdId }) => householdId);
  }

  async update(tx: Tx, id: PairingId, changes: Partial<Pairing>): Promise<void> {
    await tx.manager.update(Pairing, { id }, changes);
  }

  /** Its slots are free for another. */
  async release(tx: Tx, pairingId: PairingId): Promise<void> {
    await tx.write('UPDATE pairing_slot SET open_key = NULL WHERE pairing_id = ?', [pairingId]);
  }
}
