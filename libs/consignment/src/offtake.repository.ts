import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { Offtake, type OfftakeId, type OfftakeState } from './offtake.entity.js';

@Injectable()
export class OfftakeRepository {
  /** Throws on the unique key when this person has used the key before. */
  async insert(tx: Tx, offtake: Offtake): Promise<void> {
    await tx.manager.insert(Offtake, offtake);
  }

  byKey(tx: Tx, toldBy: IdOf<'usr'>, idempotencyKey: string): Promise<Offtake | null> {
    return tx.manager.findOneBy(Offtake, { toldBy, idempotencyKey });
  }

  /** The lock by which answers take turns; null for what is of neither side. */
  async lock(tx: Tx, id: string, merchantIds: readonly string[]): Promise<Offtake | null> {
    if (merchantIds.length === 0) return null;
    const [found] = await tx.query<{ id: OfftakeId }>(
      'SELECT id FROM offtake WHERE id = ? AND (merchant_id IN (?) OR operator_id IN (?)) FOR UPDATE',
      [id, merchantIds, merchantIds],
    );
    return found ? tx.manager.findOneBy(Offtake, { id: found.id }) : null;
  }

  async decide(
    tx: Tx,
    id: OfftakeId,
    { state, decidedBy, reason }: { state: OfftakeState; decidedBy: string; reason: string },
    at: Date,
  ): Promise<void> {
    await tx.write('UPDATE offtake SET state = ?, decided_by = ?, decided_at = ?, reason = ? WHERE id = ?', [
      state,
      decidedBy,
      at,
      reason,
      id,
    ]);
  }
}
