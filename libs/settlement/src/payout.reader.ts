import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { PaidKind, PayoutMethod } from './payee-account.entity.js';
import type {
  Payout,
  PayoutItem,
  PayoutRun,
  PayoutSkip,
  PayoutSkipReason,
  PayoutState,
} from './payout.entity.js';

export type PayoutView = Omit<Payout, 'nextCheckAt' | 'tries' | 'keyNo' | 'keyTriedAt'>;
export type PayoutRunView = Omit<PayoutRun, 'fencing' | 'leasedUntil' | 'reachedCode'>;
export type PayoutItemView = Omit<PayoutItem, 'payeeId' | 'covers' | 'payoutId' | 'side'>;

export interface PayoutFilter {
  readonly state?: PayoutState | null;
  readonly method?: PayoutMethod | null;
  readonly payeeKind?: PaidKind | null;
  readonly payeeId?: string | null;
  readonly runId?: string | null;
  readonly batchId?: string | null;
}

const SELECT_PAYOUTS = `SELECT id, run_id AS runId, payee_kind AS payeeKind, payee_id AS payeeId, account_id AS accountId, method,
  amount_fen AS amount, state, batch_id AS batchId, line_no AS lineNo, planned_at AS plannedAt, sent_at AS sentAt,
  resolve_by AS resolveBy, settled_at AS settledAt, returned_at AS returnedAt, provider_ref AS providerRef,
  failure_code AS failureCode, failure_note AS failureNote FROM payout`;

const SELECT_RUNS = `SELECT id, day, origin, started_by AS startedBy, covers_before AS coversBefore, state, payout_count AS payoutCount,
  total_fen AS total, skip_count AS skipCount, started_at AS startedAt, planned_at AS plannedAt FROM payout_run`;

/** What somebody may ask for, and the column it is in. */
const COLUMN_OF: Readonly<Record<keyof PayoutFilter, string>> = {
  state: 'state',
  method: 'method',
  payeeKind: 'payee_kind',
  payeeId: 'payee_id',
  runId: 'run_id',
  batchId: 'batch_id',
};

@Injectable()
export class PayoutReader {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<PayoutView | null> {
    const [payout] = await this.read('WHERE id = ?', [id]);
    return payout ?? null;
  }

  /** In any order; what is not there is left out. */
  async byIds(ids: readonly string[]): Promise<PayoutView[]> {
    return ids.length === 0 ? [] : this.read('WHERE id IN (?)', [ids]);
  }

  /** Newest first; none below `fromId`, '' for all. */
  async page(filter: PayoutFilter, { first, after }: PageRequest, fromId = ''): Promise<Page<PayoutView>> {
    const wanted = (Object.keys(COLUMN_OF) as (keyof PayoutFilter)[]).flatMap((name) => {
      const value = filter[name];
      return value === null || value === undefined ? [] : [[`${COLUMN_OF[name]} = ?`, value] as const];
    });
    const where = ['id < ? AND id >= ?', ...wanted.map(([condition]) => condition)];
    const values: SqlValue[] = [after?.[0] ?? '~', fromId, ...wanted.map(([, value]) => value), first + 1];
    const rows = await this.read(`WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`, values);
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** What it is made of, in the order of the books; nothing of journals below `fromJournalId`, '' for all. */
  async items(
    payoutId: string,
    { first, after }: PageRequest,
    fromJournalId = '',
  ): Promise<Page<PayoutItemView>> {
    const rows = await this.database.query<Omit<PayoutItemView, 'amountFen'> & { readonly amount: FenText }>(
      `SELECT journal_id AS journalId, line_no AS lineNo, kind, subject, amount_fen AS amount, effective_at AS effectiveAt
       FROM payout_item WHERE payout_id = ? AND journal_id >= ? AND (journal_id > ? OR (journal_id = ? AND line_no > ?))
       ORDER BY journal_id, line_no LIMIT ?`,
      [payoutId, fromJournalId, after?.[0] ?? '', after?.[0] ?? '', Number(after?.[1] ?? 0), first + 1],
    );
    const items = rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
    return pageOf(items, first, (item) => [item.journalId, String(item.lineNo)]);
  }

  /** Sent, and their last day for an answer lies before `day`: the longest waiting first. */
  async unresolvedSince(day: string, { first, after }: PageRequest): Promise<Page<PayoutView>> {
    const [on = '', id = ''] = after ?? [];
    const rows = await this.read(
      `WHERE state = 'SENT' AND resolve_by < ? AND (resolve_by > ? OR (resolve_by = ? AND id > ?))
       ORDER BY resolve_by, id LIMIT ?`,
      [day, on || '1970-01-01', on || '1970-01-01', id, first + 1],
    );
    return pageOf(rows, first, (row) => [row.resolveBy ?? '', row.id]);
  }

  async run(id: string): Promise<PayoutRunView | null> {
    const [run] = await this.readRuns('WHERE id = ?', [id]);
    return run ?? null;
  }

  /** The latest first. */
  async runs({ first, after }: PageRequest): Promise<Page<PayoutRunView>> {
    const rows = await this.readRuns('WHERE day < ? ORDER BY day DESC LIMIT ?', [
      after?.[0] ?? '9999-12-31',
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.day]);
  }

  /** Who was not paid in a run, by payee. */
  async skips(
    runId: string,
    reason: PayoutSkipReason | null,
    { first, after }: PageRequest,
  ): Promise<Page<PayoutSkip>> {
    const values: SqlValue[] = [runId, after?.[0] ?? ''];
    if (reason) values.push(reason);
    const rows = await this.database.query<Omit<PayoutSkip, 'amountFen'> & { readonly amount: FenText }>(
      `SELECT run_id AS runId, payee_id AS payeeId, payee_kind AS payeeKind, reason, amount_fen AS amount FROM payout_skip
       WHERE run_id = ? AND payee_id > ? ${reason ? 'AND reason = ?' : ''} ORDER BY payee_id LIMIT ?`,
      [...values, first + 1],
    );
    const skips = rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
    return pageOf(skips, first, (skip) => [skip.payeeId]);
  }

  /** What is set aside for a payee and not known to have arrived. */
  async onTheWayFen(payeeId: string): Promise<Fen> {
    const [row] = await this.database.query<{ amount: FenText }>(
      "SELECT COALESCE(SUM(amount_fen), 0) AS amount FROM payout WHERE payee_id = ? AND state IN ('PLANNED', 'BATCHED', 'SENT')",
      [payeeId],
    );
    return fen(row?.amount ?? '0');
  }

  private async read(where: string, values: readonly SqlValue[]): Promise<PayoutView[]> {
    const rows = await this.database.query<Omit<PayoutView, 'amountFen'> & { readonly amount: FenText }>(
      `${SELECT_PAYOUTS} ${where}`,
      values,
    );
    return rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
  }

  private async readRuns(where: string, values: readonly SqlValue[]): Promise<PayoutRunView[]> {
    const rows = await this.database.query<Omit<PayoutRunView, 'totalFen'> & { readonly total: FenText }>(
      `${SELECT_RUNS} ${where}`,
      values,
    );
    return rows.map(({ total, ...rest }) => ({ ...rest, totalFen: fen(total) }));
  }
}
