import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { PayeeKind, ReversalSource } from './split-share.entity.js';
import type { LineDraft, ReversalDraft, ShareDraft, ShareRow } from './split.rules.js';

interface RawShare extends Omit<
  ShareRow,
  'shareFen' | 'reversedFen' | 'releasedFen' | 'assignedFen' | 'feeFen'
> {
  readonly payeeKind: PayeeKind;
  readonly share: FenText;
  readonly reversed: FenText;
  readonly released: FenText;
  readonly assigned: FenText;
  readonly fee: FenText;
}

const SELECT_SHARES = `SELECT line_id AS lineId, rank_no AS rankNo, merchant_order_id AS merchantOrderId, payee_kind AS payeeKind,
  payee_id AS payeeId, rule_id AS ruleId, share_fen AS share, reversed_fen AS reversed, released_fen AS released,
  assigned_fen AS assigned, fee_fen AS fee, released_at AS releasedAt
  FROM split_share`;

function shareOf({ share, reversed, released, assigned, fee, ...rest }: RawShare): ShareRow {
  return {
    ...rest,
    shareFen: fen(share),
    reversedFen: fen(reversed),
    releasedFen: fen(released),
    assignedFen: fen(assigned),
    feeFen: fen(fee),
  };
}

export interface ReversalRow {
  readonly lineId: string;
  readonly rankNo: number;
  readonly amountFen: bigint;
  readonly takenFrom: ReversalSource;
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

  /** Everything of the merchant order that is not released yet, except pools, which wait for their households. */
  async markReleased(tx: Tx, merchantOrderId: string, at: Date): Promise<void> {
    await tx.write(
      `UPDATE split_share SET released_fen = share_fen - reversed_fen - assigned_fen - fee_fen, released_at = ?
       WHERE merchant_order_id = ? AND released_at IS NULL AND payee_kind <> 'HOUSEHOLD_POOL'`,
      [at, merchantOrderId],
    );
  }

  async isReserved(tx: Tx, refundId: string): Promise<boolean> {
    return (
      (await tx.query('SELECT 1 FROM split_reversal WHERE refund_id = ? LIMIT 1', [refundId])).length > 0
    );
  }

  async insertReversals(tx: Tx, refundId: string, reversals: readonly ReversalDraft[]): Promise<void> {
    await tx.insert(
      'split_reversal',
      reversals.map(({ share, amountFen, takenFrom }) => ({
        refundId,
        lineId: share.lineId,
        rankNo: share.rankNo,
        amountFen,
        takenFrom,
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
    const rows = await tx.query<Omit<ReversalRow, 'amountFen'> & { readonly amount: FenText }>(
      `SELECT line_id AS lineId, rank_no AS rankNo, amount_fen AS amount, taken_from AS takenFrom
       FROM split_reversal WHERE refund_id = ? AND undone_at IS NULL ORDER BY line_id, rank_no FOR UPDATE`,
      [refundId],
    );
    return rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
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
