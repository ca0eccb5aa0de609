import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { Taking } from './clawback.rules.js';
import { type RawShare, SELECT_SHARES, shareOf } from './share.reader.js';
import type { ReversalSource } from './split-share.entity.js';
import type { LineDraft, ShareDraft, ShareRow } from './split.rules.js';

export interface ReversalRow {
  readonly lineId: string;
  readonly rankNo: number;
  readonly amountFen: Fen;
  readonly takenFrom: ReversalSource;
  readonly clawbackFen: Fen;
  readonly absorbedFen: Fen;
}

interface RawReversal extends Pick<ReversalRow, 'lineId' | 'rankNo' | 'takenFrom'> {
  readonly amount: FenText;
  readonly clawback: FenText;
  readonly absorbed: FenText;
}

@Injectable()
export class SplitRepository {
  async insertShares(
    tx: Tx,
    { orderId, paymentId }: { readonly orderId: string; readonly paymentId: string },
    lines: readonly LineDraft[],
    shares: readonly ShareDraft[],
  ): Promise<void> {
    await tx.insert(
      'split_line',
      lines.map((line) => ({ ...line, orderId, paymentId })),
    );
    await tx.insert(
      'split_share',
      shares.map((share) => ({ ...share, orderId })),
    );
  }

  /** Locks and returns an order's shares, in the order of lines and ranks: refunds and releases of one order go one after the other. */
  async lockOfOrder(tx: Tx, orderId: string): Promise<ShareRow[]> {
    const rows = await tx.query<RawShare>(
      `${SELECT_SHARES} WHERE order_id = ? ORDER BY line_id, rank_no FOR UPDATE`,
      [orderId],
    );
    return rows.map(shareOf);
  }

  /** Everything of these lines that is not released yet, except pools, which wait for their households. */
  async markReleased(tx: Tx, lineIds: readonly string[], at: Date): Promise<void> {
    await tx.write(
      `UPDATE split_share SET released_fen = share_fen - reversed_fen - assigned_fen - fee_fen, released_at = ?
       WHERE line_id IN (?) AND released_at IS NULL AND payee_kind <> 'HOUSEHOLD_POOL'`,
      [at, lineIds],
    );
  }

  /** They would be released now, but for a case. */
  async markDue(tx: Tx, lineIds: readonly string[], at: Date): Promise<void> {
    await tx.write('UPDATE split_share SET due_at = ? WHERE line_id IN (?) AND due_at IS NULL', [
      at,
      lineIds,
    ]);
  }

  async isReserved(tx: Tx, refundId: string): Promise<boolean> {
    return (
      (await tx.query('SELECT 1 FROM split_reversal WHERE refund_id = ? LIMIT 1', [refundId])).length > 0
    );
  }

  async insertReversals(tx: Tx, refundId: string, takings: readonly Taking[]): Promise<void> {
    await tx.insert(
      'split_reversal',
      takings.map(({ share, amountFen, takenFrom, clawbackFen, absorbedFen }) => ({
        refundId,
        lineId: share.lineId,
        rankNo: share.rankNo,
        amountFen,
        takenFrom,
        clawbackFen,
        absorbedFen,
      })),
    );
    await tx.write(
      `UPDATE split_share s JOIN split_reversal r ON r.line_id = s.line_id AND r.rank_no = s.rank_no
       SET s.reversed_fen = s.reversed_fen + r.amount_fen WHERE r.refund_id = ?`,
      [refundId],
    );
  }

  /** What the refund took and has not given back; locked. */
  async lockReversals(tx: Tx, refundId: string): Promise<ReversalRow[]> {
    const rows = await tx.query<RawReversal>(
      `SELECT line_id AS lineId, rank_no AS rankNo, amount_fen AS amount, taken_from AS takenFrom,
              clawback_fen AS clawback, absorbed_fen AS absorbed
       FROM split_reversal WHERE refund_id = ? AND undone_at IS NULL ORDER BY line_id, rank_no FOR UPDATE`,
      [refundId],
    );
    return rows.map(({ amount, clawback, absorbed, ...rest }) => ({
      ...rest,
      amountFen: fen(amount),
      clawbackFen: fen(clawback),
      absorbedFen: fen(absorbed),
    }));
  }

  /** Gives the shares back what the refund took; a share that was released meanwhile has that released as well. */
  async undoReversals(tx: Tx, refundId: string, at: Date): Promise<void> {
    await tx.write(
      `UPDATE split_share s JOIN split_reversal r ON r.line_id = s.line_id AND r.rank_no = s.rank_no
       SET s.reversed_fen = s.reversed_fen - r.amount_fen,
           s.released_fen = s.released_fen + CASE WHEN s.released_at IS NOT NULL AND r.taken_from = 'HELD' THEN r.amount_fen ELSE 0 END
       WHERE r.refund_id = ? AND r.undone_at IS NULL`,
      [refundId],
    );
    await tx.write('UPDATE split_reversal SET undone_at = ? WHERE refund_id = ? AND undone_at IS NULL', [
      at,
      refundId,
    ]);
  }
}
