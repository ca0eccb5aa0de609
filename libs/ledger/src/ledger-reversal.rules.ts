import { createHash } from 'node:crypto';
import { type Fen, assert } from '#libs/kernel';
import type { LedgerJournalId, LedgerPhase } from './ledger-journal.entity.js';
import { ExceedsOriginalError } from './ledger.errors.js';
import type { JournalEntry, TransferDraft } from './ledger.rules.js';

/** How much of one transfer is taken back. */
export interface ReversalPart {
  readonly lineNo: number;
  readonly amountFen: Fen;
}

export interface ReversalDraft {
  /** The idempotency key of the journal that is taken back. */
  readonly reversesKey: string;
  readonly idempotencyKey: string;
  readonly kind: string;
  /** Whatever is left of every transfer, unless said. */
  readonly parts?: readonly ReversalPart[];
  readonly at: Date;
  readonly eventId: string | null;
}

/** A journal as it was posted, with what has been taken back of each transfer; behind a lock. */
export interface Original {
  readonly journalId: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly subject: string;
  readonly phase: LedgerPhase;
  readonly isReversal: boolean;
  readonly lines: readonly OriginalLine[];
}

export interface OriginalLine extends TransferDraft {
  readonly lineNo: number;
  readonly reversedFen: Fen;
}

/** Throws for what has moved nothing, and for what is a reversal itself: what was taken back wrongly is posted anew. */
export function assertReversible({ idempotencyKey, phase, isReversal }: Original): void {
  assert(phase === 'POSTED' || phase === 'POST', `${idempotencyKey} has moved something`);
  assert(!isReversal, `${idempotencyKey} is no reversal itself`);
}

/**
 * SHA-256 over what is asked for, and not over what it comes to: "whatever is left" is the same thing told twice when nothing
 * is left any more.
 */
export function hashOfReversal({ journalId }: Original, { kind, parts }: ReversalDraft): Buffer {
  const asked = parts?.map(({ lineNo, amountFen }) => [lineNo, amountFen.toString()]) ?? 'ALL';
  return createHash('sha256')
    .update(JSON.stringify([kind, 'REVERSAL', journalId, asked]))
    .digest();
}

/** The transfers the other way round. Never more than is left of any of them. */
export function reversalOf(original: Original, draft: ReversalDraft): JournalEntry | ExceedsOriginalError {
  const { journalId, idempotencyKey: originalKey, subject, lines } = original;
  const parts = draft.parts ?? lines.map(leftOf).filter(({ amountFen }) => amountFen > 0n);
  assert(
    new Set(parts.map(({ lineNo }) => lineNo)).size === parts.length,
    'each transfer is taken back once',
  );
  if (parts.length === 0) return new ExceedsOriginalError(originalKey, 0n);
  const transfers: TransferDraft[] = [];
  for (const { lineNo, amountFen } of parts) {
    const line = lines.find((each) => each.lineNo === lineNo);
    assert(
      line && amountFen > 0n,
      `${originalKey} has a transfer ${lineNo}, of which something is taken back`,
    );
    const left = leftOf(line).amountFen;
    if (amountFen > left) return new ExceedsOriginalError(originalKey, left);
    transfers.push({ debit: line.credit, credit: line.debit, amountFen });
  }
  const { idempotencyKey, kind, eventId, at: effectiveAt } = draft;
  const said = { idempotencyKey, kind, subject, eventId, effectiveAt, transfers };
  const reverses = { journalId, lineNos: parts.map(({ lineNo }) => lineNo) };
  return { ...said, phase: 'POSTED', pendingJournalId: null, releases: [], reverses };
}

function leftOf({ lineNo, amountFen, reversedFen }: OriginalLine): ReversalPart {
  return { lineNo, amountFen: amountFen - reversedFen };
}

/** As it stands once the reversal has been posted. */
export function reversedBy(original: Original, entry: JournalEntry): Original {
  const taken = new Map(entry.reverses?.lineNos.map((lineNo, n) => [lineNo, entry.transfers[n]?.amountFen]));
  const lines = original.lines.map((line) => ({
    ...line,
    reversedFen: line.reversedFen + (taken.get(line.lineNo) ?? 0n),
  }));
  return { ...original, lines };
}
