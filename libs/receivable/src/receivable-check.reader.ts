import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { LedgerReader, buyerReceivableAccount } from '#libs/ledger';
import { Database } from '#platform/database';

/** What is kept of a unit or an order, and what it should be. */
export interface Disagreement {
  /** LEDGER: of a unit, against its account. PARTS, ENTRIES: of an order, against its merchants' parts and its history. */
  readonly about: 'LEDGER' | 'PARTS' | 'ENTRIES';
  /** The unit or the order. */
  readonly subject: string;
  readonly keptFen: Fen;
  readonly foundFen: Fen;
}

/** The most that one check names. */
const DISAGREEMENTS_MAX = 100;
const ACCOUNTS_AT_ONCE = 500;
const PREFIX = buyerReceivableAccount('');

/** Whether what is kept of receivables is what the books and their own history say; for reconciliation. */
@Injectable()
export class ReceivableCheckReader {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerReader,
  ) {}

  /** Nothing, unless somebody has altered something by hand or there is a fault of ours. True between facts as well: both change together. */
  async disagreements(): Promise<Disagreement[]> {
    const found = [...(await this.withLedger()), ...(await this.withParts()), ...(await this.withEntries())];
    return found.slice(0, DISAGREEMENTS_MAX);
  }

  private async withLedger(): Promise<Disagreement[]> {
    const rows = await this.database.query<{ unitId: string; open: FenText }>(
      'SELECT unit_id AS unitId, SUM(open_fen) AS open FROM receivable GROUP BY unit_id ORDER BY unit_id',
    );
    const kept = new Map(rows.map(({ unitId, open }) => [unitId, fen(open)]));
    const booked = new Map<string, Fen>();
    for (let after: readonly string[] | null = null; ;) {
      const page = await this.ledger.accountsHolding(PREFIX, { first: ACCOUNTS_AT_ONCE, after });
      for (const { code, balanceFen } of page.nodes) booked.set(code.slice(PREFIX.length), balanceFen);
      const last = page.nodes.at(-1);
      if (!page.pageInfo.hasNextPage || !last) break;
      after = [last.code];
    }
    return [...new Set([...kept.keys(), ...booked.keys()])]
      .map((subject) => ({
        about: 'LEDGER' as const,
        subject,
        keptFen: kept.get(subject) ?? 0n,
        foundFen: booked.get(subject) ?? 0n,
      }))
      .filter(({ keptFen, foundFen }) => keptFen !== foundFen);
  }

  private withParts(): Promise<Disagreement[]> {
    return this.compare(
      'PARTS',
      `SELECT r.order_id AS subject, r.open_fen AS kept, COALESCE(p.open, 0) AS found FROM receivable r
       LEFT JOIN (SELECT order_id, SUM(open_fen) AS open FROM receivable_part GROUP BY order_id) AS p ON p.order_id = r.order_id
       WHERE COALESCE(p.open, 0) <> r.open_fen ORDER BY r.order_id LIMIT ?`,
    );
  }

  private withEntries(): Promise<Disagreement[]> {
    return this.compare(
      'ENTRIES',
      `SELECT r.order_id AS subject, r.open_fen AS kept, COALESCE(e.open, 0) AS found FROM receivable r
       LEFT JOIN (SELECT order_id, SUM(CASE WHEN kind IN ('OPENED', 'REOPENED') THEN amount_fen ELSE -amount_fen END) AS open
                  FROM receivable_entry GROUP BY order_id) AS e ON e.order_id = r.order_id
       WHERE COALESCE(e.open, 0) <> r.open_fen ORDER BY r.order_id LIMIT ?`,
    );
  }

  private async compare(about: 'PARTS' | 'ENTRIES', sql: string): Promise<Disagreement[]> {
    const rows = await this.database.query<{ subject: string; kept: FenText; found: FenText }>(sql, [
      DISAGREEMENTS_MAX,
    ]);
    return rows.map(({ subject, kept, found }) => ({
      about,
      subject,
      keptFen: fen(kept),
      foundFen: fen(found),
    }));
  }
}
