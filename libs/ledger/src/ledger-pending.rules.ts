import { assert, type Fen, refused } from '#libs/kernel';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type { PendingState } from './ledger-pending.entity.js';
import {
  AlreadyPostedError,
  AlreadyVoidedError,
  ExceedsPendingError,
  PendingExpiredError,
} from './ledger.errors.js';
import type { JournalDraft, JournalEntry, TransferDraft } from './ledger.rules.js';

/** A journal that sets aside what it says, until it is posted, voided, or expires. */
export interface PendingDraft extends JournalDraft {
  /** Null waits for ever. The first moment that was said counts. */
  readonly expiresAt: Date | null;
}

export interface Resolution {
  /** The idempotency key of the pending journal. */
  readonly pendingKey: string;
  /** POST moves, VOID releases, EXPIRE releases what is due. */
  readonly act: 'POST' | 'VOID' | 'EXPIRE';
  readonly idempotencyKey: string;
  /** Of POST, and the whole amount unless said; the rest is released at once. Part of it may be posted of a single transfer only. */
  readonly amountFen?: Fen;
  readonly at: Date;
  readonly eventId: string | null;
}

/** A pending journal whose state is locked. */
export interface LockedPending {
  readonly journalId: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly subject: string;
  readonly transfers: readonly TransferDraft[];
  readonly amountFen: Fen;
  readonly state: PendingState;
  readonly expiresAt: Date | null;
}

export type PendingRefusal =
  | AlreadyPostedError
  | AlreadyVoidedError
  | PendingExpiredError
  | ExceedsPendingError;

/** How a pending journal ends. */
export interface PendingEnd {
  readonly journalId: LedgerJournalId;
  readonly state: PendingState;
  readonly postedFen: Fen;
}

const STATE_AFTER = { POST: 'POSTED', VOID: 'VOIDED', EXPIRE: 'EXPIRED' } as const;

/** What the resolution says as a journal, whether or not it may still be said. */
export function entryOfResolution(pending: LockedPending, resolution: Resolution): JournalEntry {
  const { act, idempotencyKey, amountFen, at, eventId } = resolution;
  const { kind, subject, journalId, transfers: releases } = pending;
  const transfers = act === 'POST' ? postedLines(pending, amountFen ?? pending.amountFen) : [];
  const content = {
    kind,
    subject,
    transfers,
    phase: act,
    pendingJournalId: journalId,
    releases,
    reverses: null,
  };
  return { idempotencyKey, eventId, effectiveAt: at, ...content };
}

/** Part of several transfers would leave open which of them is meant. */
function postedLines(
  { transfers, amountFen, idempotencyKey }: LockedPending,
  postedFen: Fen,
): TransferDraft[] {
  if (postedFen === amountFen) return [...transfers];
  const [line] = transfers;
  assert(
    line && transfers.length === 1,
    `${idempotencyKey} has one transfer, so that part of it may be posted`,
  );
  assert(postedFen > 0n, `${idempotencyKey} is posted with a positive amount`);
  return [{ ...line, amountFen: postedFen }];
}

/** The answer is the same whether or not the clock has been round to expire what is due. */
function refuseResolve(
  pending: LockedPending,
  { act, amountFen }: Resolution,
  now: Date,
): PendingRefusal | null {
  const { idempotencyKey: key, expiresAt } = pending;
  const isDue = expiresAt !== null && expiresAt <= now;
  if (pending.state === 'POSTED') return new AlreadyPostedError(key);
  if (pending.state === 'VOIDED') return new AlreadyVoidedError(key);
  if (pending.state === 'EXPIRED' || (isDue && act !== 'EXPIRE')) return new PendingExpiredError(key);
  assert(isDue || act !== 'EXPIRE', `${key} is due`);
  if (act === 'POST' && (amountFen ?? 0n) > pending.amountFen)
    return new ExceedsPendingError(key, pending.amountFen);
  return null;
}

/** How these resolutions end what is pending; one after the other, because a batch may name a pending journal twice. */
export function endsOf(
  resolutions: readonly Resolution[],
  pendings: readonly LockedPending[],
  now: Date,
): PendingEnd[] | PendingRefusal {
  const byKey = new Map(pendings.map((pending) => [pending.idempotencyKey, pending]));
  const ends: PendingEnd[] = [];
  for (const resolution of resolutions) {
    const pending = byKey.get(resolution.pendingKey);
    assert(pending, `${resolution.pendingKey} has set something aside`);
    const refusal = refuseResolve(pending, resolution, now);
    if (refused(refusal)) return refusal;
    const state = STATE_AFTER[resolution.act];
    const postedFen = resolution.act === 'POST' ? (resolution.amountFen ?? pending.amountFen) : 0n;
    byKey.set(resolution.pendingKey, { ...pending, state });
    ends.push({ journalId: pending.journalId, state, postedFen });
  }
  return ends;
}
