import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Dispute, type DisputeId } from './dispute.entity.js';
import type { PaymentId } from './payment.entity.js';

@Injectable()
export class DisputeRepository {
  /** After the payment's lock, which makes everything about one payment take turns. */
  lockByProviderRef(tx: Tx, providerRef: string): Promise<Dispute | null> {
    return tx.manager.findOne(Dispute, { where: { providerRef }, lock: { mode: 'pessimistic_write' } });
  }

  /** The one that is not decided yet; exact only under the payment's lock. */
  async openOf(on: Pick<Tx, 'query'>, paymentId: PaymentId): Promise<DisputeId | null> {
    const [row] = await on.query<{ id: DisputeId }>(
      'SELECT id FROM payment_dispute WHERE payment_id = ? AND closed_at IS NULL LIMIT 1',
      [paymentId],
    );
    return row?.id ?? null;
  }

  async insert(tx: Tx, dispute: Dispute): Promise<void> {
    await tx.manager.insert(Dispute, dispute);
  }

  async update(tx: Tx, id: DisputeId, changes: Partial<Dispute>): Promise<void> {
    await tx.manager.update(Dispute, { id }, changes);
  }

  /** As for payments: taken, put off, and shared between janitors by SKIP LOCKED. */
  async claimDue(tx: Tx, now: Date, until: Date, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: DisputeId; providerRef: string }>(
      `SELECT id, provider_ref AS providerRef FROM payment_dispute
       WHERE next_check_at <= ? ORDER BY next_check_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0)
      await tx.write('UPDATE payment_dispute SET next_check_at = ? WHERE id IN (?)', [until, ids]);
    return rows.map(({ providerRef }) => providerRef);
  }
}
