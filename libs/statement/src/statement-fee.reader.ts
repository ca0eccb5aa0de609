import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { StatementId } from './statement.entity.js';

export interface CheckedMonth {
  readonly id: StatementId;
  readonly month: string;
}

export interface OrderFee {
  readonly orderId: string;
  readonly month: string;
  /** What came less what went back, as the month's statement shows it. */
  readonly feeFen: Fen;
}

/** The platform's part of what a payee's statements show, for whoever bills it. */
@Injectable()
export class StatementFeeReader {
  /** Of the payee's chain, what agrees with the books, after a month, in order. */
  monthsAfter(tx: Pick<Tx, 'query'>, payeeId: string, month: string, limit: number): Promise<CheckedMonth[]> {
    return tx.query<CheckedMonth>(
      `SELECT s.id, s.month FROM statement s JOIN statement_balance b ON b.statement_id = s.id
       WHERE s.payee_id = ? AND s.kind = 'MONTHLY' AND s.month > ? ORDER BY s.month LIMIT ?`,
      [payeeId, month, limit],
    );
  }

  async totalOf(tx: Pick<Tx, 'query'>, statementId: string): Promise<Fen> {
    const [row] = await tx.query<{ sum: FenText }>(
      'SELECT COALESCE(SUM(fee_fen), 0) AS sum FROM statement_line WHERE statement_id = ?',
      [statementId],
    );
    return fen(row?.sum ?? '0');
  }

  /** Orders of which more went back in the month than came, after an order, in order. */
  async ordersTakenBack(
    tx: Pick<Tx, 'query'>,
    statementId: string,
    afterOrderId: string,
    limit: number,
  ): Promise<string[]> {
    const rows = await tx.query<{ orderId: string }>(
      `SELECT order_id AS orderId FROM statement_line WHERE statement_id = ? AND order_id > ? AND fee_fen IS NOT NULL
       GROUP BY order_id HAVING SUM(fee_fen) < 0 ORDER BY order_id LIMIT ?`,
      [statementId, afterOrderId, limit],
    );
    return rows.map(({ orderId }) => orderId);
  }

  /** What each month of the payee's chain up to one says of these orders, month by month. */
  async ofOrders(
    tx: Pick<Tx, 'query'>,
    payeeId: string,
    orderIds: readonly string[],
    upTo: string,
  ): Promise<OrderFee[]> {
    if (orderIds.length === 0) return [];
    const rows = await tx.query<Omit<OrderFee, 'feeFen'> & { readonly fee: FenText }>(
      `SELECT l.order_id AS orderId, s.month, SUM(l.fee_fen) AS fee
       FROM statement_line l JOIN statement s ON s.id = l.statement_id AND s.month <= ?
       WHERE l.chained_payee_id = ? AND l.order_id IN (?) AND l.fee_fen IS NOT NULL
       GROUP BY l.order_id, s.month ORDER BY l.order_id, s.month`,
      [upTo, payeeId, orderIds],
    );
    return rows.map(({ fee, ...rest }) => ({ ...rest, feeFen: fen(fee) }));
  }
}
