import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantReader } from '#libs/merchant';
import { Database } from '#platform/database';
import {
  type Amounts,
  NOTHING,
  accountsOf,
  amountsOf,
  codesOf,
  differenceOf,
  instantsOf,
} from './statement.rules.js';
import {
  type Quarter,
  type TaxAmounts,
  type TaxRow,
  dayBefore,
  daysOfQuarter,
  monthsOf,
  movedWithin,
} from './tax-projection.rules.js';

type Sums = { readonly [K in 'gross' | 'refunds' | 'platformFee' | 'providerFee']: FenText };

const TAKEN_BACK = "('REFUND', 'REFUND_FAILED', 'DISPUTE')";

/** Of a quarter, what each seller took in, as their statements show it; beside it, whether the books say the same. */
@Injectable()
export class TaxProjectionReader {
  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantReader,
    private readonly ledger: LedgerReader,
  ) {}

  /** True once every account has been looked at for the quarter's last month, and every statement of its months has been checked. */
  async isComplete(quarter: Quarter): Promise<boolean> {
    const months = monthsOf(quarter);
    const [row] = await this.database.query<{ finished: string; open: string }>(
      `SELECT (SELECT COUNT(*) FROM statement_run WHERE month = ? AND finished_at IS NOT NULL) AS finished,
              (SELECT COUNT(*) FROM statement s LEFT JOIN statement_balance b ON b.statement_id = s.id
               WHERE s.month IN (?) AND s.payee_kind = 'MERCHANT' AND b.statement_id IS NULL) AS open`,
      [months[2], months],
    );
    return row?.finished === '1' && row.open === '0';
  }

  /** By the order of sellers; those who have a statement of one of its months. */
  async page(quarter: Quarter, { first, after }: PageRequest): Promise<Page<TaxRow>> {
    const ids = await this.sellers(quarter, after?.[0] ?? '', first + 1);
    const page = pageOf(ids, first, (id) => [id]);
    return { ...page, nodes: await this.rows(quarter, page.nodes) };
  }

  private async sellers(quarter: Quarter, after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ payeeId: string }>(
      `SELECT DISTINCT payee_id AS payeeId FROM statement
       WHERE payee_id > ? AND payee_kind = 'MERCHANT' AND month IN (?) ORDER BY payee_id LIMIT ?`,
      [after, monthsOf(quarter), limit],
    );
    return rows.map(({ payeeId }) => payeeId);
  }

  private async rows(quarter: Quarter, ids: readonly string[]): Promise<TaxRow[]> {
    if (ids.length === 0) return [];
    const [amounts, shown, moved, merchants, codes] = await Promise.all([
      this.amountsOf(quarter, ids),
      this.shownOf(quarter, ids),
      this.movedOf(quarter, ids),
      this.merchants.byIds(ids),
      this.merchants.creditCodesOf(ids),
    ]);
    const names = new Map<string, string>(merchants.map(({ id, name }) => [id, name]));
    return ids.map((payeeId) => ({
      payeeId,
      name: names.get(payeeId) ?? payeeId,
      creditCode: codes.get(payeeId) ?? '',
      ...(amounts.get(payeeId) ?? NO_SALES),
      difference: differenceOf(
        accountsOf({ kind: 'MERCHANT', id: payeeId }),
        shown.get(payeeId) ?? NOTHING,
        moved.get(payeeId) ?? NOTHING,
      ),
    }));
  }

  /** By the statements of its months: what is late counts for the quarter whose statement it stands in, so a quarter never changes. */
  private async amountsOf(
    quarter: Quarter,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, TaxAmounts>> {
    const rows = await this.database.query<Sums & { readonly payeeId: string; readonly count: string }>(
      `SELECT s.payee_id AS payeeId,
              COALESCE(SUM(CASE WHEN l.kind = 'SALE' THEN l.gross_fen ELSE 0 END), 0) AS gross,
              COALESCE(SUM(CASE WHEN l.kind IN ${TAKEN_BACK} THEN 0 - l.gross_fen ELSE 0 END), 0) AS refunds,
              COUNT(DISTINCT CASE WHEN l.kind = 'SALE' THEN l.order_id END) AS count,
              COALESCE(SUM(l.fee_fen), 0) AS platformFee,
              COALESCE(SUM(CASE WHEN l.kind IN ('FEE', 'FEE_RETURNED') THEN l.owed_fen - l.held_fen - l.available_fen ELSE 0 END), 0)
                AS providerFee
       FROM statement s JOIN statement_line l ON l.statement_id = s.id
       WHERE s.payee_id IN (?) AND s.month IN (?) GROUP BY s.payee_id`,
      [ids, monthsOf(quarter)],
    );
    return new Map(
      rows.map(({ payeeId, gross, refunds, count, platformFee, providerFee }) => [
        payeeId,
        {
          grossFen: fen(gross),
          refundsFen: fen(refunds),
          count: Number(count),
          platformFeeFen: fen(platformFee),
          providerFeeFen: fen(providerFee),
        },
      ]),
    );
  }

  /** What any statement shows of what took effect in the quarter, late lines of later ones included: all of it, or something is missing. */
  private async shownOf(quarter: Quarter, ids: readonly string[]): Promise<ReadonlyMap<string, Amounts>> {
    const { from, before } = instantsOf(daysOfQuarter(quarter));
    const rows = await this.database.query<{
      payeeId: string;
      held: FenText;
      available: FenText;
      owed: FenText;
    }>(
      `SELECT s.payee_id AS payeeId, SUM(l.held_fen) AS held, SUM(l.available_fen) AS available, SUM(l.owed_fen) AS owed
       FROM statement s JOIN statement_line l ON l.statement_id = s.id AND l.effective_at >= ? AND l.effective_at < ?
       WHERE s.payee_id IN (?) AND s.month >= ? GROUP BY s.payee_id`,
      [from, before, ids, monthsOf(quarter)[0]],
    );
    return new Map(
      rows.map(({ payeeId, held, available, owed }) => [
        payeeId,
        { heldFen: fen(held), availableFen: fen(available), owedFen: fen(owed) },
      ]),
    );
  }

  private async movedOf(quarter: Quarter, ids: readonly string[]): Promise<ReadonlyMap<string, Amounts>> {
    const days = daysOfQuarter(quarter);
    const accounts = new Map(ids.map((id) => [id, accountsOf({ kind: 'MERCHANT', id })]));
    const codes = [...accounts.values()].flatMap(codesOf);
    const [before, after] = await Promise.all([
      this.ledger.balancesAsOf(codes, dayBefore(days)),
      this.ledger.balancesAsOf(codes, days.toOn),
    ]);
    return new Map(
      [...accounts].map(([id, own]) => [id, movedWithin(amountsOf(own, before), amountsOf(own, after))]),
    );
  }
}

const NO_SALES: TaxAmounts = {
  grossFen: 0n,
  refundsFen: 0n,
  count: 0,
  platformFeeFen: 0n,
  providerFeeFen: 0n,
};
