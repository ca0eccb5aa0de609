import { DAY_MS, type Fen, sumFen } from '#libs/kernel';
import type { JournalEffect } from '#libs/ledger';
import type { DisputeRow, MovementKind, ProviderMovement, Refund } from '#libs/payment';
import { type BankMovement, bankMovementKey } from '#libs/settlement';
import type { ProviderDayRow } from './provider-movement.entity.js';
import type { Finding } from './reconciliation.rules.js';

export interface MovementRow extends ProviderMovement {
  /** In Shanghai. */
  readonly day: string;
}

/** What one day's movements add up to, by kind. */
export interface DaySum {
  readonly kind: MovementKind;
  readonly grossFen: Fen;
  readonly feeFen: Fen;
}

/** A movement that the books have, and the journals that stand for it; none where it was taken back before the books heard of it. */
export interface MatchedMovement {
  readonly movement: MovementRow;
  readonly journals: readonly JournalEffect[];
  readonly bookedFen: Fen;
}

/** What of trade movements are about. */
export interface MovementSubjects {
  /** By our id and by the provider's name. */
  readonly refunds: ReadonlyMap<string, Pick<Refund, 'id' | 'state'>>;
  /** By the provider's name. */
  readonly disputes: ReadonlyMap<string, Pick<DisputeRow, 'id'>>;
}

/** Where the books have a movement, if they have it. */
export interface MovementPlace {
  /** Keys of journals, all of which must be there. */
  readonly keys: readonly string[];
  /** The books hear of it only once it is final, which may take days. */
  readonly isWaiting: boolean;
  /** It was taken back: together with its other half it is nothing, and the books never have it. */
  readonly isUndone: boolean;
}

const NOWHERE: MovementPlace = { keys: [], isWaiting: false, isUndone: false };

/** The books' own keys (the README of settlement has them all). */
export function placeOf(
  { ref, kind, subjectRef, feeFen }: MovementRow,
  { refunds, disputes }: MovementSubjects,
): MovementPlace {
  const at = (...keys: readonly string[]): MovementPlace => ({ ...NOWHERE, keys });
  switch (kind) {
    case 'CAPTURE':
      return at(`pay:stripe:${subjectRef}`, ...(feeFen === 0n ? [] : [`fee:${ref}`]));
    case 'REFUND':
    case 'REFUND_FAILED': {
      const refund = refunds.get(subjectRef);
      if (refund?.state === 'FAILED') return { ...NOWHERE, isUndone: true };
      if (!refund || kind === 'REFUND_FAILED') return NOWHERE;
      return {
        keys: [`refund:${refund.id}:settle`],
        isWaiting: refund.state !== 'SUCCEEDED',
        isUndone: false,
      };
    }
    case 'DISPUTE':
    case 'DISPUTE_WON': {
      const dispute = disputes.get(subjectRef);
      return dispute ? at(`dispute:${dispute.id}:${kind === 'DISPUTE' ? 'opened' : 'won'}`) : NOWHERE;
    }
    case 'TRANSFER':
      return at(`payout:${subjectRef}:post`);
    case 'TRANSFER_BACK':
      return at(`payout:${subjectRef}:return:1`);
    case 'BANK_PAYOUT':
    case 'TOP_UP':
      return at(bankMovementKey(ref));
    case 'OTHER':
      // Nobody has told us what it is: a correction of the books stands for it.
      return NOWHERE;
  }
}

/** What no fact of ours causes and the provider's list alone tells: money between it and our bank. Of nothing there is nothing to book. */
export function bankMovementOf({ ref, kind, grossFen, feeFen }: MovementRow): BankMovement | null {
  if (kind !== 'BANK_PAYOUT' && kind !== 'TOP_UP') return null;
  return grossFen === 0n && feeFen === 0n ? null : { movementRef: ref, kind, grossFen, feeFen };
}

export function netOf({ grossFen, feeFen }: Pick<MovementRow, 'grossFen' | 'feeFen'>): Fen {
  return grossFen - feeFen;
}

/** Both sides may take a day: fees are booked late, and facts may have to be tried again. */
export const UNMATCHED_AFTER_MS = DAY_MS;

export type Verdict = MatchedMovement | Finding | 'NOT_YET';

/** What the books have of one movement. `taken` says which movement each journal stands for already. */
export function judge(
  movement: MovementRow,
  place: MovementPlace,
  found: readonly JournalEffect[],
  taken: ReadonlyMap<string, string>,
  now: Date,
): Verdict {
  const netFen = netOf(movement);
  const bookedFen = sumFen(found.map(({ effectFen }) => effectFen));
  const finding = (breakClass: Finding['breakClass'], expectedFen: Fen | null = netFen): Finding => ({
    breakClass,
    subject: movement.ref,
    expectedFen,
    actualFen: bookedFen,
    detail: {
      kind: movement.kind,
      providerType: movement.providerType,
      about: movement.subjectRef,
      day: movement.day,
      grossFen: String(movement.grossFen),
      feeFen: String(movement.feeFen),
    },
    happenedAt: movement.createdAt,
  });
  const isElsewhere = found.some(({ journalId }) => (taken.get(journalId) ?? movement.ref) !== movement.ref);
  if (isElsewhere) return finding('DUPLICATE', 0n);
  if (place.keys.length > 0 && found.length === place.keys.length)
    return bookedFen === netFen ? { movement, journals: found, bookedFen } : finding('AMOUNT');
  if (movement.kind === 'OTHER') return finding('UNKNOWN_TYPE');
  if (now.getTime() - movement.createdAt.getTime() < UNMATCHED_AFTER_MS) return 'NOT_YET';
  return finding(place.isWaiting ? 'TIMING' : 'MISSING_INTERNAL');
}

/** Refunds that failed: what left has come back, and both halves are here. */
export function undoneOf(movements: readonly MovementRow[]): MatchedMovement[] {
  const sums = new Map<string, Fen>();
  for (const movement of movements)
    sums.set(movement.subjectRef, (sums.get(movement.subjectRef) ?? 0n) + netOf(movement));
  return movements
    .filter(({ subjectRef }) => sums.get(subjectRef) === 0n)
    .map((movement) => ({ movement, journals: [], bookedFen: 0n }));
}

/** Money in the books' account of the provider that the provider does not know. */
export function findingOfJournal(
  { journalId, kind, subject, idempotencyKey, effectFen, effectiveAt }: JournalEffect,
  now: Date,
): Finding[] {
  if (now.getTime() - effectiveAt.getTime() < UNMATCHED_AFTER_MS) return [];
  return [
    {
      breakClass: 'MISSING_EXTERNAL',
      subject: journalId,
      expectedFen: 0n,
      actualFen: effectFen,
      detail: { kind, about: subject, key: idempotencyKey },
      happenedAt: effectiveAt,
    },
  ];
}

/** 4.7: a day at the provider from its opening to its closing, beside what the books say of it. */
export function dayFrom(
  day: string,
  openingFen: Fen,
  sums: readonly DaySum[],
  books: { readonly bookedFen: Fen; readonly timingFen: Fen },
  computedAt: Date,
): ProviderDayRow {
  const grossOf = (...kinds: readonly DaySum['kind'][]) =>
    sumFen(sums.filter(({ kind }) => kinds.includes(kind)).map(({ grossFen }) => grossFen));
  const feeFen = 0n - sumFen(sums.map((sum) => sum.feeFen));
  const figures = {
    capturedFen: grossOf('CAPTURE'),
    refundedFen: grossOf('REFUND', 'REFUND_FAILED'),
    disputedFen: grossOf('DISPUTE', 'DISPUTE_WON'),
    transferredFen: grossOf('TRANSFER', 'TRANSFER_BACK'),
    bankFen: grossOf('BANK_PAYOUT', 'TOP_UP'),
    otherFen: grossOf('OTHER'),
    feeFen,
  };
  const closingFen = openingFen + sumFen(Object.values(figures));
  return { day, openingFen, ...figures, closingFen, ...books, computedAt };
}

/** What neither the books nor the days on which they have it explain; zero once everything of the day is matched. */
export function differenceOf({ openingFen, closingFen, bookedFen, timingFen }: ProviderDayRow): Fen {
  return closingFen - openingFen - bookedFen - timingFen;
}

/** The single movements are breaks of their own; the day closes itself with the last of them. */
export function findingOfDay(row: ProviderDayRow, now: Date): Finding[] {
  const { day, openingFen, closingFen, bookedFen, timingFen } = row;
  const isDue = now >= dueAt(day, 2);
  if (!isDue || differenceOf(row) === 0n) return [];
  return [
    {
      breakClass: 'TIMING',
      subject: `STRIPE ${day}`,
      expectedFen: closingFen - openingFen,
      actualFen: bookedFen + timingFen,
      detail: { day, openingFen: String(openingFen), closingFen: String(closingFen) },
      happenedAt: new Date(`${day}T12:00:00+08:00`),
    },
  ];
}

/** Six in the morning so many days later, in Shanghai. */
export function dueAt(day: string, days: number): Date {
  return new Date(Date.parse(`${day}T06:00:00+08:00`) + days * DAY_MS);
}
