import type { FenText } from '#libs/kernel';
import { type Leaf, instantText } from '#libs/seal';
import type { LedgerPhase } from './ledger-journal.entity.js';

/** A journal as its row says it: whole numbers and instants as SQL's text. */
export interface JournalRecord {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
  readonly kind: string;
  readonly subject: string;
  readonly eventId: string | null;
  readonly effectiveAt: string;
  readonly recordedAt: string;
  readonly phase: LedgerPhase;
  readonly pendingJournalId: string | null;
  readonly reversesJournalId: string | null;
}

export interface JournalLine {
  readonly lineNo: number;
  readonly debit: string;
  readonly credit: string;
  readonly amountFen: FenText;
  readonly debitVersion: string | null;
  readonly creditVersion: string | null;
  readonly isPending: number;
  readonly reversesLineNo: number | null;
}

/**
 * What is sealed of a journal: every column, and accounts by their codes, which name nobody. Members are in the order of their names
 * here already, so that the leaf is written in one go; what a column holds unless something is said is
 * left out, so that a column added later changes no old leaf. FROZEN: see `leafText` of the seals.
 */
export function journalLeaf(journal: JournalRecord, lines: readonly JournalLine[]): Leaf {
  return {
    effectiveAt: instantText(journal.effectiveAt),
    eventId: journal.eventId ?? undefined,
    id: journal.id,
    idempotencyKey: journal.idempotencyKey,
    kind: journal.kind,
    lines: lines.map(
      ({ amountFen, credit, creditVersion, debit, debitVersion, isPending, lineNo, reversesLineNo }) => ({
        amountFen,
        credit,
        creditVersion: creditVersion ?? undefined,
        debit,
        debitVersion: debitVersion ?? undefined,
        isPending: isPending === 0 ? undefined : String(isPending),
        lineNo: String(lineNo),
        reversesLineNo: reversesLineNo === null ? undefined : String(reversesLineNo),
      }),
    ),
    pendingJournalId: journal.pendingJournalId ?? undefined,
    phase: journal.phase,
    recordedAt: instantText(journal.recordedAt),
    requestHash: journal.requestHash.toString('hex'),
    reversesJournalId: journal.reversesJournalId ?? undefined,
    subject: journal.subject,
    type: 'taoyuan.journal.v1',
  };
}
