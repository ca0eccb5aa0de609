import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Refund, type RefundId, RefundLine } from './refund.entity.js';

@Injectable()
export class RefundRepository {
  lock(tx: Tx, id: string): Promise<Refund | null> {
    return tx.manager.findOne(Refund, { where: { id: id as RefundId }, lock: { mode: 'pessimistic_write' } });
  }

  lockByProviderRef(tx: Tx, providerRef: string): Promise<Refund | null> {
    return tx.manager.findOne(Refund, { where: { providerRef }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, refund: Refund, lines: readonly RefundLine[]): Promise<void> {
    await tx.manager.insert(Refund, refund);
    await tx.manager.insert(RefundLine, [...lines]);
  }

  async update(tx: Tx, id: RefundId, changes: Partial<Refund>): Promise<void> {
    await tx.manager.update(Refund, { id }, changes);
  }

  /** As for payments: taken, put off, and shared between janitors by SKIP LOCKED. */
  async claimDue(tx: Tx, now: Date, until: Date, limit: number): Promise<RefundId[]> {
    const rows = await tx.query<{ id: RefundId }>(
      'SELECT id FROM refund WHERE next_check_at <= ? ORDER BY next_check_at LIMIT ? FOR UPDATE SKIP LOCKED',
      [now, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await tx.write('UPDATE refund SET next_check_at = ? WHERE id IN (?)', [until, ids]);
    return ids;
  }
}
