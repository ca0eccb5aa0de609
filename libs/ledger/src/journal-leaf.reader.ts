import { Injectable } from '@nestjs/common';
import { DAY_MS, plus } from '#libs/kernel';
import { SealedStream, type SealedRecord, instantText } from '#libs/seal';
import { Database } from '#platform/database';
import { type JournalLine, type JournalRecord, journalLeaf } from './journal-leaf.rules.js';

/** Accounts by their ids first, then by their codes: the same object, because there are millions of them. */
interface RawTransfer extends JournalLine {
  readonly journalId: string;
  debit: string;
  credit: string;
}

/** Journals with their transfers, as they are sealed. */
@Injectable()
export class JournalLeafReader extends SealedStream {
  readonly stream = 'JOURNAL';

  constructor(private readonly database: Database) {
    super();
  }

  async records(ids: readonly string[]): Promise<ReadonlyMap<string, SealedRecord>> {
    if (ids.length === 0) return new Map();
    const [journals, transfers] = await Promise.all([
      // Instants as text, because JavaScript's end at the millisecond.
      this.database.query<JournalRecord>(
        `SELECT id, idempotency_key AS idempotencyKey, request_hash AS requestHash, kind, subject, event_id AS eventId,
                CAST(effective_at AS CHAR) AS effectiveAt, CAST(recorded_at AS CHAR) AS recordedAt, phase,
                pending_journal_id AS pendingJournalId, reverses_journal_id AS reversesJournalId
         FROM ledger_journal WHERE id IN (?)`,
        [ids],
      ),
      this.database.query<RawTransfer>(
        `SELECT journal_id AS journalId, line_no AS lineNo, debit_account_id AS debit, credit_account_id AS credit,
                amount_fen AS amountFen, debit_version AS debitVersion, credit_version AS creditVersion, is_pending AS isPending,
                reverses_line_no AS reversesLineNo
         FROM ledger_transfer WHERE journal_id IN (?) ORDER BY journal_id, line_no`,
        [ids],
      ),
    ]);
    const codes = await this.codes(transfers);
    const lines = new Map<string, JournalLine[]>(journals.map(({ id }) => [id, []]));
    for (const transfer of transfers) {
      // An account that is gone leaves its id, which is no code: the leaf differs, and the audit says so.
      transfer.debit = codes.get(transfer.debit) ?? transfer.debit;
      transfer.credit = codes.get(transfer.credit) ?? transfer.credit;
      lines.get(transfer.journalId)?.push(transfer);
    }
    return new Map(
      journals.map((journal) => [
        journal.id,
        {
          leaf: journalLeaf(journal, lines.get(journal.id) ?? []),
          recordedAt: instantText(journal.recordedAt),
        },
      ]),
    );
  }

  async idsAfter(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM ledger_journal WHERE id > ? ORDER BY id LIMIT ?',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Ids of what took effect on these business days, both included, page by page in the order of effect. */
  async *idsOfDays(from: string, to: string, limit: number): AsyncGenerator<string[]> {
    const end = plus(new Date(`${to}T00:00:00+08:00`), DAY_MS);
    let after = { effectiveAt: new Date(`${from}T00:00:00+08:00`), id: '' };
    for (;;) {
      const rows = await this.database.query<typeof after>(
        `SELECT id, effective_at AS effectiveAt FROM ledger_journal
         WHERE effective_at >= ? AND effective_at < ? AND (effective_at > ? OR id > ?) ORDER BY effective_at, id LIMIT ?`,
        [after.effectiveAt, end, after.effectiveAt, after.id, limit],
      );
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ id }) => id);
      after = last;
    }
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      'SELECT COUNT(*) AS count FROM ledger_journal',
    );
    return Number(row?.count ?? 0);
  }

  /** Asked anew each time: a code remembered would hide a code altered. */
  private async codes(transfers: readonly RawTransfer[]): Promise<ReadonlyMap<string, string>> {
    const ids = new Set(transfers.flatMap(({ debit, credit }) => [debit, credit]));
    if (ids.size === 0) return new Map();
    const rows = await this.database.query<{ id: string; code: string }>(
      'SELECT id, code FROM ledger_account WHERE id IN (?)',
      [[...ids]],
    );
    return new Map(rows.map(({ id, code }) => [id, code]));
  }
}
