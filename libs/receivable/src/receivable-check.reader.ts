import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { LedgerReader, buyerReceivableAccount } from '#libs/ledger';
import { Database } from '#platform/database';
import { type KeptAndFound, differing, spanOf } from './receivable-check.rules.js';

/** What is kept of a unit or an order, and what it should be. */
export interface Disagreement extends KeptAndFound {
  /** LEDGER: of a unit, against its account. PARTS, ENTRIES: of an order, against its merchants' parts and its history. */
  readonly about: 'LEDGER' | 'PARTS' | 'ENTRIES';
}

/** A bounded piece of the comparison. */
export interface CheckedPage {
  readonly found: readonly Disagreement[];
  readonly examined: number;
  /** Where to go on; null at the end. */
  readonly next: string | null;
}

const PREFIX = buyerReceivableAccount('');

/** Whether what is kept of receivables is what the books and their own history say; for reconciliation, piece by piece. */
@Injectable()
export class ReceivableCheckReader {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerReader,
  ) {}

  /** Units after one, in order, beside their accounts. Nothing is found, unless somebody has altered something by hand or there is a fault of ours. */
  async unitsAfter(unitId: string, limit: number): Promise<CheckedPage> {
    const seen = await this.unitsBeside(unitId, limit);
    // Kept and booked change together but are read one after the other: what somebody has moved in between is not seen twice.
    const again = seen.found.length === 0 ? seen : await this.unitsBeside(unitId, limit);
    const found = seen.found.filter((one) =>
      again.found.some(
        (two) => one.subject === two.subject && one.keptFen - one.foundFen === two.keptFen - two.foundFen,
      ),
    );
    return { ...seen, found: found.map((each) => ({ about: 'LEDGER', ...each })) };
  }

  /** Orders after one, in order, beside their merchants' parts and their history, all of one moment. */
  async ordersAfter(orderId: string, limit: number): Promise<CheckedPage> {
    const rows = await this.database.query<
      { subject: string } & Record<'kept' | 'parts' | 'entries', FenText>
    >(
      `SELECT r.order_id AS subject, r.open_fen AS kept,
              (SELECT COALESCE(SUM(p.open_fen), 0) FROM receivable_part p WHERE p.order_id = r.order_id) AS parts,
              (SELECT COALESCE(SUM(CASE WHEN e.kind IN ('OPENED', 'REOPENED') THEN e.amount_fen ELSE 0 - e.amount_fen END), 0)
               FROM receivable_entry e WHERE e.order_id = r.order_id) AS entries
       FROM receivable r WHERE r.order_id > ? ORDER BY r.order_id LIMIT ?`,
      [orderId, limit],
    );
    const found = rows.flatMap(({ subject, kept, parts, entries }): Disagreement[] => [
      ...differing([{ subject, keptFen: fen(kept), foundFen: fen(parts) }]).map((each) => ({
        about: 'PARTS' as const,
        ...each,
      })),
      ...differing([{ subject, keptFen: fen(kept), foundFen: fen(entries) }]).map((each) => ({
        about: 'ENTRIES' as const,
        ...each,
      })),
    ]);
    const last = rows.length < limit ? undefined : rows.at(-1);
    return { found, examined: rows.length, next: last?.subject ?? null };
  }

  private async unitsBeside(
    unitId: string,
    limit: number,
  ): Promise<{ readonly found: KeptAndFound[]; readonly examined: number; readonly next: string | null }> {
    const rows = await this.database.query<{ unitId: string; open: FenText }>(
      `SELECT unit_id AS unitId, SUM(open_fen) AS open FROM receivable WHERE unit_id > ?
       GROUP BY unit_id ORDER BY unit_id LIMIT ?`,
      [unitId, limit],
    );
    const { nodes, pageInfo } = await this.ledger.accountsHolding(PREFIX, {
      first: limit,
      after: [`${PREFIX}${unitId}`],
    });
    const kept = new Map<string, Fen>(rows.map((row) => [row.unitId, fen(row.open)]));
    const booked = new Map<string, Fen>(
      nodes.map(({ code, balanceFen }) => [code.slice(PREFIX.length), balanceFen]),
    );
    const { subjects, next } = spanOf(
      { ids: [...kept.keys()], isLast: rows.length < limit },
      { ids: [...booked.keys()], isLast: !pageInfo.hasNextPage },
    );
    const found = differing(
      subjects.map((subject) => ({
        subject,
        keptFen: kept.get(subject) ?? 0n,
        foundFen: booked.get(subject) ?? 0n,
      })),
    );
    return { found, examined: subjects.length, next };
  }
}
