import { type Fen, HOUR_MS, type InvalidField, InvalidInputError, MINUTE_MS } from '#libs/kernel';
import type { DoorOpeningState, DoorReviewReason } from './door-opening.entity.js';
import type { TrayGood } from './tray-weight.rules.js';

/** Whoever has scanned chooses and has their bank asked for as long as a visit lasts. */
export const READY_WITHIN_MS = 10 * MINUTE_MS;
/** Longer than anybody stands at an open door, and than a phone network is away at a time. */
export const SILENT_AFTER_MS = HOUR_MS;
/** Before the bank lets go, by a good deal. */
export const DECIDED_WITHIN_MS = 72 * HOUR_MS;
/** A bill that could not be placed, for a crowd or because we died, is placed again. */
export const BILLED_AGAIN_MS = MINUTE_MS;

const NOTE_LENGTH_MAX = 200;
const QUANTITY_MAX = 40;

/** What has become known of an opening. */
export type OpeningWord =
  /** The bank keeps the money ready, or does not and will not. */
  | { readonly kind: 'HELD' | 'HOLD_GONE' }
  /** Nobody wants to open any more: the buyer has said so, or their time is over. */
  | { readonly kind: 'GIVEN_UP' }
  | { readonly kind: 'ASKED' | 'OPENED' | 'REFUSED' }
  | { readonly kind: 'WEIGHED'; readonly takenUnits: number; readonly isDoubtful: boolean }
  | { readonly kind: 'SILENT' }
  /** A person has said what was taken, or that nothing is asked for. */
  | { readonly kind: 'DECIDED'; readonly takenUnits: number }
  | { readonly kind: 'WAIVED' }
  /** There is an order; whether the bank's money covers it. */
  | { readonly kind: 'ORDERED'; readonly isCovered: boolean }
  | { readonly kind: 'NOT_SOLD' }
  | { readonly kind: 'PAID' }
  /** The bank had let go before anything was captured. */
  | { readonly kind: 'CAPTURE_GONE' }
  /** Its order was called off before it was paid. */
  | { readonly kind: 'CALLED_OFF' };

/** TELL: the cabinet is told to open. RELEASE: the bank may let go. BILL: an order is placed. */
export type OpeningAct = 'TELL' | 'RELEASE' | 'BILL';

export interface OpeningStanding {
  readonly state: DoorOpeningState;
  readonly reviewReason: DoorReviewReason | null;
}

export interface OpeningTurn extends OpeningStanding {
  readonly act: OpeningAct | null;
}

function turn(
  state: DoorOpeningState,
  act: OpeningAct | null = null,
  reviewReason: DoorReviewReason | null = null,
): OpeningTurn {
  return { state, act, reviewReason };
}

function afterWeights({ takenUnits, isDoubtful }: OpeningWord & { readonly kind: 'WEIGHED' }): OpeningTurn {
  if (isDoubtful) return turn('REVIEW', null, 'WEIGHTS');
  return takenUnits === 0 ? turn('NOTHING_TAKEN', 'RELEASE') : turn('BILLING', 'BILL');
}

/**
 * What follows of a word; null where nothing does, because it was said before, comes too late, or makes no sense here. The first weights settle what was taken, as long as no person has:
 * whatever is said twice, late or in another order, somebody is billed once, and the bank is told once what becomes of its money.
 */
export function turnOf({ state, reviewReason }: OpeningStanding, word: OpeningWord): OpeningTurn | null {
  const next = turnIn(state, reviewReason, word);
  return next && { ...next, reviewReason: next.reviewReason ?? reviewReason };
}

function turnIn(
  state: DoorOpeningState,
  reviewReason: DoorReviewReason | null,
  word: OpeningWord,
): OpeningTurn | null {
  switch (state) {
    case 'AWAITING_HOLD':
    case 'READY':
      if (word.kind === 'HELD' && state === 'AWAITING_HOLD') return turn('READY');
      if (word.kind === 'HOLD_GONE') return turn('NOT_OPENED');
      if (word.kind === 'GIVEN_UP') return turn('NOT_OPENED', 'RELEASE');
      return word.kind === 'ASKED' && state === 'READY' ? turn('OPENING', 'TELL') : null;
    case 'OPENING':
    case 'OPEN':
      if (word.kind === 'OPENED' && state === 'OPENING') return turn('OPEN');
      // What has said that it is open has opened.
      if (word.kind === 'REFUSED' && state === 'OPENING') return turn('NOT_OPENED', 'RELEASE');
      if (word.kind === 'WEIGHED') return afterWeights(word);
      return word.kind === 'SILENT' ? turn('REVIEW', null, 'NO_WORD') : null;
    case 'NOT_OPENED':
      // It did open, and we have let go of the money.
      return word.kind === 'WEIGHED' && (word.isDoubtful || word.takenUnits > 0)
        ? turn('REVIEW', null, 'LATE_WORD')
        : null;
    case 'REVIEW':
      if (word.kind === 'WEIGHED') return reviewReason === 'NO_WORD' ? afterWeights(word) : null;
      if (word.kind === 'WAIVED') return turn('WAIVED', 'RELEASE');
      if (word.kind !== 'DECIDED') return null;
      return word.takenUnits === 0 ? turn('NOTHING_TAKEN', 'RELEASE') : turn('BILLING', 'BILL');
    case 'BILLING':
      if (word.kind === 'ORDERED') return turn(word.isCovered ? 'BILLED' : 'DEBT');
      return word.kind === 'NOT_SOLD' ? turn('REVIEW', null, 'NOT_SOLD') : null;
    case 'BILLED':
    case 'DEBT':
      if (word.kind === 'PAID') return turn('PAID');
      if (word.kind === 'CAPTURE_GONE' && state === 'BILLED') return turn('DEBT');
      if (word.kind === 'CALLED_OFF') return turn('WAIVED', 'RELEASE');
      return word.kind === 'WAIVED' && state === 'DEBT' ? turn('WAIVED') : null;
    default:
      return null;
  }
}

/** While its door may be open nobody else opens it. */
export function mayBeOpen(state: DoorOpeningState): boolean {
  return state === 'OPENING' || state === 'OPEN';
}

/** Until it is shut nobody opens another. */
export function isUnderWay(state: DoorOpeningState): boolean {
  return state === 'AWAITING_HOLD' || state === 'READY' || mayBeOpen(state);
}

/** When time alone makes a difference; null where it makes none. */
export function checkAfterMs(state: DoorOpeningState): number | null {
  switch (state) {
    case 'AWAITING_HOLD':
    case 'READY':
      return READY_WITHIN_MS;
    case 'OPENING':
    case 'OPEN':
      return SILENT_AFTER_MS;
    case 'BILLING':
      return BILLED_AGAIN_MS;
    case 'REVIEW':
      return DECIDED_WITHIN_MS;
    default:
      return null;
  }
}

/** When the door was shut, by the cabinet's telling: not before it was asked to open, whatever its clock shows, and not in the future. */
export function shutAt(toldAt: Date, askedAt: Date | null, now: Date): Date {
  const soonestMs = Math.max(toldAt.getTime(), askedAt?.getTime() ?? 0);
  return new Date(Math.min(now.getTime(), soonestMs));
}

/** When what was taken was gone: when the door was shut, or, where the cabinet never said, when it was opened; never the day on which somebody decides about it. */
export function goneAt(
  {
    closedAt,
    openedAt,
    askedAt,
  }: { readonly closedAt: Date | null; readonly openedAt: Date | null; readonly askedAt: Date | null },
  now: Date,
): Date {
  return closedAt ?? openedAt ?? askedAt ?? now;
}

/** Why somebody may not waive what is owed for an opening. */
export const DOOR_WAIVE_OBSTACLES = ['OWN_DEBT', 'GOODS_OF_OTHERS', 'TOO_MUCH'] as const;
export type DoorWaiveObstacle = (typeof DOOR_WAIVE_OBSTACLES)[number];

/**
 * Nobody waives what they owe themselves. Whoever runs the cabinet gives up their own money only, and no more than `limitFen` at a time: the rest is for an official to decide.
 */
export function obstacleToWaiving(
  {
    operatorId,
    sellerIds,
    billedFen,
  }: { readonly operatorId: string; readonly sellerIds: readonly string[]; readonly billedFen: Fen },
  {
    isBuyer,
    isOfficial,
    limitFen,
  }: { readonly isBuyer: boolean; readonly isOfficial: boolean; readonly limitFen: Fen },
): DoorWaiveObstacle | null {
  if (isBuyer) return 'OWN_DEBT';
  if (isOfficial) return null;
  if (sellerIds.some((sellerId) => sellerId !== operatorId)) return 'GOODS_OF_OTHERS';
  return billedFen > limitFen ? 'TOO_MUCH' : null;
}

export interface DecidedUnits {
  readonly slotCode: string;
  readonly variantId: string;
  readonly quantity: number;
}

/** Only of what stood there when it was opened, at its price then. */
export function refuseDecision(
  items: readonly DecidedUnits[],
  goods: readonly (Pick<TrayGood, 'variantId'> & { readonly slotCode: string })[],
  note: string,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const seen = new Set<string>();
  for (const [index, { slotCode, variantId, quantity }] of items.slice(0, goods.length + 1).entries()) {
    const refuse = (field: string, zh: string, en: string) =>
      faults.push({ path: `items.${index}.${field}`, message: { zh, en } });
    if (!goods.some((good) => good.slotCode === slotCode && good.variantId === variantId))
      refuse('variantId', '开门时该托盘上没有此商品', 'This did not stand on that tray when it was opened.');
    else if (seen.has(`${slotCode}/${variantId}`)) refuse('variantId', '商品重复', 'It stands here once.');
    seen.add(`${slotCode}/${variantId}`);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX)
      refuse('quantity', `数量须为 1 到 ${QUANTITY_MAX}`, `A quantity lies between 1 and ${QUANTITY_MAX}.`);
  }
  return faults.length > 0 ? new InvalidInputError(faults) : refuseNote(note);
}

export function refuseNote(note: string, path = 'note'): InvalidInputError | null {
  const length = note.trim().length;
  if (length >= 2 && length <= NOTE_LENGTH_MAX) return null;
  const message = {
    zh: `请说明理由（2 到 ${NOTE_LENGTH_MAX} 字）`,
    en: `Say why in 2 to ${NOTE_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path, message }]);
}
