import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { Dispute, DisputeState } from './dispute.entity.js';

export type DisputeRow = Omit<Dispute, 'withdrawnAt' | 'updatedAt' | 'nextCheckAt'>;

/** After every id of a dispute, in the order of text. */
const BEHIND_ALL = 'dsp~';

interface Raw extends Omit<DisputeRow, 'amountFen' | 'feeFen'> {
  readonly amount: FenText;
  readonly fee: FenText | null;
}

function rowOf({ amount, fee, ...rest }: Raw): DisputeRow {
  return { ...rest, amountFen: fen(amount), feeFen: fee === null ? null : fen(fee) };
}

@Injectable()
export class DisputeReader {
  constructor(private readonly database: Database) {}

  /** In any order; what is not there is left out. */
  async byIds(ids: readonly string[]): Promise<DisputeRow[]> {
    return ids.length === 0 ? [] : this.read('WHERE id IN (?)', [ids]);
  }

  /** By the provider's names of them, in any order. */
  async byProviderRefs(providerRefs: readonly string[]): Promise<DisputeRow[]> {
    return providerRefs.length === 0 ? [] : this.read('WHERE provider_ref IN (?)', [providerRefs]);
  }

  /** Of these orders, whatever has become of them. */
  async ofOrders(orderIds: readonly string[]): Promise<DisputeRow[]> {
    return orderIds.length === 0 ? [] : this.read('WHERE order_id IN (?) ORDER BY id', [orderIds]);
  }

  /** That no bank has decided, opened before `before`; in the order of their ids. */
  async undecidedAfter(after: string, before: Date, limit: number): Promise<DisputeRow[]> {
    return this.read("WHERE state IN ('INQUIRY', 'OPEN') AND id > ? AND opened_at < ? ORDER BY id LIMIT ?", [
      after,
      before,
      limit,
    ]);
  }

  /** Newest first: ids sort by time. */
  async page(state: DisputeState | null, { first, after }: PageRequest): Promise<Page<DisputeRow>> {
    const [last = BEHIND_ALL] = after ?? [];
    const [filter, values]: [string, SqlValue[]] = state ? ['state = ? AND', [state]] : ['', []];
    const rows = await this.read(`WHERE ${filter} id < ? ORDER BY id DESC LIMIT ?`, [
      ...values,
      last,
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.id]);
  }

  private async read(where: string, values: readonly SqlValue[]): Promise<DisputeRow[]> {
    const rows = await this.database.query<Raw>(
      `SELECT id, payment_id AS paymentId, order_id AS orderId, provider_ref AS providerRef, state, reason, amount_fen AS amount,
              fee_fen AS fee, respond_by AS respondBy, opened_at AS openedAt, closed_at AS closedAt, refund_id AS refundId
       FROM payment_dispute ${where}`,
      values,
    );
    return rows.map(rowOf);
  }
}
