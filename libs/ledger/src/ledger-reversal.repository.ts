import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { AccountCode } from './chart-of-accounts.rules.js';
import type { LedgerJournalId, LedgerPhase } from './ledger-journal.entity.js';
import type { Original, OriginalLine } from './ledger-reversal.rules.js';

interface RawLine {
  readonly journalId: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly subject: string;
  readonly phase: LedgerPhase;
  readonly reversesJournalId: LedgerJournalId | null;
  readonly lineNo: number;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amount: FenText;
}

interface RawReversed {
  readonly journalId: LedgerJournalId;
  readonly lineNo: number;
  readonly reversed: FenText;
}

@Injectable()
export class LedgerReversalRepository {
  /** Journals cannot be locked, because they cannot be changed; what counts how much of them is taken back can. */
  async lockOriginals(tx: Tx, keys: readonly string[]): Promise<Original[]> {
    const lines = await tx.query<RawLine>(
      `SELECT j.id AS journalId, j.idempotency_key AS idempotencyKey, j.subject, j.phase,
              j.reverses_journal_id AS reversesJournalId, t.line_no AS lineNo, d.code AS debit, c.code AS credit,
              t.amount_fen AS amount
       FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id
       JOIN ledger_account d ON d.id = t.debit_account_id JOIN ledger_account c ON c.id = t.credit_account_id
       WHERE j.idempotency_key IN (?) ORDER BY j.id, t.line_no`,
      [keys],
    );
    if (lines.length === 0) return [];
    // In the order of ids, and harmless where a reversal has been before: its row stays as it is, and is locked.
    await tx.write(
      `INSERT INTO ledger_reversed (journal_id, line_no, amount_fen, reversed_fen) VALUES ?
       ON DUPLICATE KEY UPDATE amount_fen = ledger_reversed.amount_fen`,
      [lines.map(({ journalId, lineNo, amount }) => [journalId, lineNo, amount, 0])],
    );
    const reversed = await tx.query<RawReversed>(
      `SELECT journal_id AS journalId, line_no AS lineNo, reversed_fen AS reversed
       FROM ledger_reversed WHERE journal_id IN (?) ORDER BY journal_id, line_no FOR UPDATE`,
      [lines.map(({ journalId }) => journalId)],
    );
    return originalsOf(lines, reversed);
  }

  async save(tx: Tx, originals: readonly Original[]): Promise<void> {
    const rows = originals.flatMap(({ journalId, lines }) =>
      lines.map(({ lineNo, amountFen, reversedFen }) => [journalId, lineNo, amountFen, reversedFen]),
    );
    if (rows.length === 0) return;
    await tx.write(
      `INSERT INTO ledger_reversed (journal_id, line_no, amount_fen, reversed_fen) VALUES ?
       ON DUPLICATE KEY UPDATE reversed_fen = VALUES(reversed_fen)`,
      [rows],
    );
  }
}

function originalsOf(lines: readonly RawLine[], reversed: readonly RawReversed[]): Original[] {
  const reversedAt = new Map(reversed.map((row) => [`${row.journalId} ${row.lineNo}`, fen(row.reversed)]));
  const originals = new Map<LedgerJournalId, Original & { lines: OriginalLine[] }>();
  for (const { journalId, idempotencyKey, subject, phase, reversesJournalId, ...line } of lines) {
    const isReversal = reversesJournalId !== null;
    const said = { journalId, idempotencyKey, subject, phase, isReversal };
    const original = originals.get(journalId) ?? { ...said, lines: [] };
    const { lineNo, debit, credit } = line;
    const reversedFen = reversedAt.get(`${journalId} ${lineNo}`) ?? 0n;
    original.lines.push({ lineNo, debit, credit, amountFen: fen(line.amount), reversedFen });
    originals.set(journalId, original);
  }
  return [...originals.values()];
}
