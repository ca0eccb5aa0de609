import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { SqlValue, Tx } from '#platform/database';
import type { ProviderFee } from './journal.rules.js';
import type { FeePart } from './seller-fee.rules.js';

interface PaymentOfOrder {
  readonly orderId: string;
  readonly paymentId: string;
}

@Injectable()
export class SellerFeeRepository {
  insert(tx: Tx, { movementRef, orderId, paymentId, feeFen }: ProviderFee): Promise<void> {
    return tx.insert('split_fee', [{ movementRef, orderId, paymentId, feeFen }]);
  }

  /**
   * The lines that this payment was split into, and whose fee is not the platform's. A locking read: if the split is being written at this
   * moment, it is waited for, so that of a fee and its split one always sees the other.
   */
  async sellersLines(tx: Tx, { orderId, paymentId }: PaymentOfOrder): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ lineId: string }>(
      `SELECT line_id AS lineId FROM split_line WHERE order_id = ? AND payment_id = ? AND fee_bearer = 'SELLER' FOR UPDATE`,
      [orderId, paymentId],
    );
    return new Set(rows.map(({ lineId }) => lineId));
  }

  /** Fees that nobody has looked at yet; locked, so that each is passed on once. */
  async lockPending(
    tx: Tx,
    { orderId, paymentId }: PaymentOfOrder,
  ): Promise<{ readonly movementRef: string; readonly feeFen: Fen }[]> {
    const rows = await tx.query<{ movementRef: string; fee: FenText }>(
      `SELECT movement_ref AS movementRef, fee_fen AS fee FROM split_fee
       WHERE order_id = ? AND payment_id = ? AND borne_fen IS NULL ORDER BY movement_ref FOR UPDATE`,
      [orderId, paymentId],
    );
    return rows.map(({ movementRef, fee }) => ({ movementRef, feeFen: fen(fee) }));
  }

  async markBorne(tx: Tx, movementRef: string, borneFen: Fen): Promise<void> {
    await tx.write('UPDATE split_fee SET borne_fen = ? WHERE movement_ref = ?', [borneFen, movementRef]);
  }

  /** One statement for all shares of the order. */
  async addToShares(tx: Tx, orderId: string, parts: readonly FeePart[]): Promise<void> {
    const cases = parts.map(() => 'WHEN line_id = ? AND rank_no = ? THEN ?').join(' ');
    const values = parts.flatMap(({ share, feeFen }): SqlValue[] => [share.lineId, share.rankNo, feeFen]);
    const lineIds = [...new Set(parts.map(({ share }) => share.lineId))];
    await tx.write(
      `UPDATE split_share SET fee_fen = fee_fen + CASE ${cases} ELSE 0 END WHERE order_id = ? AND line_id IN (?)`,
      [...values, orderId, lineIds],
    );
  }
}
