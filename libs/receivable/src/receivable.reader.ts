import { Injectable } from '@nestjs/common';
import { prefixOf, withinScope } from '#libs/division';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { ReceivableEntry, ReceivableState } from './receivable.entity.js';
import type { ReceivableRow } from './receivable.rules.js';

export type Scope = readonly string[] | 'ALL';

export interface ReceivableView extends Omit<
  ReceivableRow,
  'holdRef' | 'buyerId' | 'updatedAt' | 'paidOnTimeFen'
> {}

/** What is owed to one merchant for their part of one order. */
export interface PartView {
  readonly orderId: string;
  readonly unitId: string;
  readonly signedOn: string;
  readonly dueOn: string;
  readonly amountFen: Fen;
  readonly openFen: Fen;
}

export interface ReceivableFilter {
  readonly unitId?: string | null;
  readonly divisionCode?: string | null;
  readonly state?: ReceivableState | null;
  /** Only what is owed for and was due before this day. */
  readonly overdueOn?: string | null;
}

export type EntryView = Pick<
  ReceivableEntry,
  'orderId' | 'kind' | 'amountFen' | 'sourceRef' | 'effectiveOn' | 'at'
>;

/** Columns in a page's sort key, for `pageRequest`. */
export const RECEIVABLE_KEY_PARTS = 2;

/** One order is paid in a few parts; past this somebody else has a question. */
const ENTRIES_MAX = 200;

interface Raw extends Omit<
  ReceivableView,
  'amountFen' | 'paidFen' | 'creditedFen' | 'writtenOffFen' | 'openFen'
> {
  readonly amount: FenText;
  readonly paid: FenText;
  readonly credited: FenText;
  readonly writtenOff: FenText;
  readonly open: FenText;
}

const SELECT = `SELECT order_id AS orderId, unit_id AS unitId, division_code AS divisionCode, signed_on AS signedOn,
  due_on AS dueOn, amount_fen AS amount, paid_fen AS paid, credited_fen AS credited, written_off_fen AS writtenOff,
  open_fen AS open, state FROM receivable`;

function viewOf({ amount, paid, credited, writtenOff, open, ...rest }: Raw): ReceivableView {
  return {
    ...rest,
    amountFen: fen(amount),
    paidFen: fen(paid),
    creditedFen: fen(credited),
    writtenOffFen: fen(writtenOff),
    openFen: fen(open),
  };
}

@Injectable()
export class ReceivableReader {
  constructor(private readonly database: Database) {}

  /** Consumers hand on their transaction: a second connection from the same pool could be waited for for ever. */
  async openFenOf(orderId: string, on: Pick<Tx, 'query'>): Promise<Fen> {
    const [row] = await on.query<{ open: FenText }>(
      'SELECT open_fen AS open FROM receivable WHERE order_id = ?',
      [orderId],
    );
    return fen(present(row, `what is owed for ${orderId}`).open);
  }

  /** In any order; orders that nobody owes for are left out. */
  async byOrders(orderIds: readonly string[]): Promise<ReceivableView[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<Raw>(`${SELECT} WHERE order_id IN (?)`, [orderIds]);
    return rows.map(viewOf);
  }

  /** Within somebody's divisions, what is due first in front. */
  async page(
    { unitId, divisionCode, state, overdueOn }: ReceivableFilter,
    scope: Scope,
    { first, after }: PageRequest,
  ): Promise<Page<ReceivableView>> {
    const { sql, values } = withinScope('division_code', scope);
    const where = [sql];
    const all: SqlValue[] = [...values];
    const narrow = (clause: string, ...more: readonly SqlValue[]) => {
      where.push(clause);
      all.push(...more);
    };
    if (unitId) narrow('unit_id = ?', unitId);
    if (divisionCode) narrow('division_code LIKE ?', `${prefixOf(divisionCode)}%`);
    if (state) narrow('state = ?', state);
    if (overdueOn) narrow('open_fen > 0 AND due_on < ?', overdueOn);
    if (after) {
      const [dueOn, orderId] = [present(after[0], 'a day'), present(after[1], 'an id')];
      narrow('(due_on > ? OR (due_on = ? AND order_id > ?))', dueOn, dueOn, orderId);
    }
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY due_on, order_id LIMIT ?`,
      [...all, first + 1],
    );
    return pageOf(rows.map(viewOf), first, ({ dueOn, orderId }) => [dueOn, orderId]);
  }

  /** What is still owed for a merchant's parts, what is due first in front. */
  async pageOfMerchant(merchantId: string, { first, after }: PageRequest): Promise<Page<PartView>> {
    const values: SqlValue[] = [merchantId];
    let beyond = '';
    if (after) {
      const [dueOn, orderId] = [present(after[0], 'a day'), present(after[1], 'an id')];
      beyond = ' AND (r.due_on > ? OR (r.due_on = ? AND r.order_id > ?))';
      values.push(dueOn, dueOn, orderId);
    }
    const rows = await this.database.query<
      Omit<PartView, 'amountFen' | 'openFen'> & { amount: FenText; open: FenText }
    >(
      `SELECT r.order_id AS orderId, r.unit_id AS unitId, r.signed_on AS signedOn, r.due_on AS dueOn,
              p.amount_fen AS amount, p.open_fen AS open
       FROM receivable_part p JOIN receivable r ON r.order_id = p.order_id
       WHERE p.merchant_id = ? AND p.open_fen > 0${beyond} ORDER BY r.due_on, r.order_id LIMIT ?`,
      [...values, first + 1],
    );
    const parts = rows.map(({ amount, open, ...rest }) => ({
      ...rest,
      amountFen: fen(amount),
      openFen: fen(open),
    }));
    return pageOf(parts, first, ({ dueOn, orderId }) => [dueOn, orderId]);
  }

  /** What has happened to them, one after the other. */
  async entriesOf(orderIds: readonly string[]): Promise<EntryView[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<Omit<EntryView, 'amountFen'> & { amount: FenText }>(
      `SELECT order_id AS orderId, kind, amount_fen AS amount, source_ref AS sourceRef, effective_on AS effectiveOn, at
       FROM receivable_entry WHERE order_id IN (?) ORDER BY at, id LIMIT ?`,
      [orderIds, ENTRIES_MAX * orderIds.length],
    );
    return rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
  }
}
