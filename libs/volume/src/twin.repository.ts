import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { TwinFact } from './twin.rules.js';

type Raw = Omit<TwinFact, 'amountFen'> & { readonly amountFen: FenText };

@Injectable()
export class TwinRepository {
  /**
   * Locks the fingerprints, in their order, until the end of the transaction: whoever is about to count the same sale waits, and then
   * sees this one. A row that is there is locked by the same statement that would make it.
   */
  async lock(tx: Tx, fingerprints: readonly string[]): Promise<void> {
    await tx.write(
      'INSERT INTO sale_fingerprint (fingerprint) VALUES ? ON DUPLICATE KEY UPDATE fingerprint = VALUES(fingerprint)',
      [fingerprints.map((fingerprint) => [fingerprint])],
    );
  }

  /** What has been paid or declared by these buyers of these products in these days, whoever told of it. A claim that was reversed tells of nothing. */
  async facts(
    tx: Tx,
    buyerKeys: readonly string[],
    productIds: readonly string[],
    from: string,
    to: string,
  ): Promise<TwinFact[]> {
    const rows = await tx.query<Raw>(
      `SELECT f.id, f.source, f.source_system AS sourceSystem, f.source_order_no AS sourceOrderNo, f.buyer_key AS buyerKey,
         f.product_id AS productId, f.paid_fen + f.declared_fen AS amountFen, f.origin_day AS day
       FROM volume_fact f
       WHERE f.buyer_key IN (?) AND f.origin_day BETWEEN ? AND ? AND f.product_id IN (?) AND (f.paid_fen > 0 OR f.declared_fen > 0)
         AND NOT EXISTS (SELECT 1 FROM volume_fact u WHERE u.fact_key = CONCAT('undeclared:', f.source_line_no))`,
      [buyerKeys, from, to, productIds],
    );
    return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
  }
}
