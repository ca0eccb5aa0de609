import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import type { CabinetSlotRow } from '#libs/counter';
import type { PickUpState } from './pick-up.entity.js';

/** Three days, as long as people are used to from lockers; what perishes lies there for one. */
const KEPT_MS = 3 * DAY_MS;
const KEPT_PERISHABLE_MS = DAY_MS;
/** Whoever has let the door fall shut opens it once more; so long the cell is nobody else's. */
export const OPENED_AGAIN_WITHIN_MS = 10 * MINUTE_MS;
/** What was taken out to lie elsewhere is there by then, or its buyer has waited for long enough. */
export const PLACED_AGAIN_WITHIN_MS = 3 * DAY_MS;
/** A door is open within ten seconds; what has not been said a minute later is said when the line is back. */
export const CELL_ANSWER_WITHIN_MS = MINUTE_MS;

export function keptUntilOf(placedAt: Date, perishes: boolean): Date {
  return plus(placedAt, perishes ? KEPT_PERISHABLE_MS : KEPT_MS);
}

/** What has become known of a parcel in a cell. */
export type PickUpWord =
  /** Whoever may wants it opened. */
  | { readonly kind: 'ASKED' }
  /** The sensor of its door has seen it open for them; or it does not open; or nobody says. */
  | { readonly kind: 'SEEN_OPEN' | 'JAMMED' | 'SILENT' }
  /** The days are over; the while after it was opened is; the time to put it in again is. */
  | { readonly kind: 'DAYS_OVER' | 'LEFT_ALONE' | 'NOT_AGAIN' }
  /** Whoever runs the cabinet has taken it out, to put it in again or to give it back. */
  | { readonly kind: 'TAKEN_OUT'; readonly isAgain: boolean }
  /** It lies in another cell. */
  | { readonly kind: 'PLACED_AGAIN' };

/** OPEN: the cabinet is told. HAND_OVER: the parcel is its buyer's. LOCK: nothing is put into the cell until somebody has looked. REFUND: its money goes back. */
export type PickUpAct = 'OPEN' | 'HAND_OVER' | 'LOCK' | 'REFUND';

export interface PickUpTurn {
  readonly state: PickUpState;
  readonly act: PickUpAct | null;
}

const turn = (state: PickUpState, act: PickUpAct | null = null): PickUpTurn => ({ state, act });

/** In a cell, and not opened yet. */
function lies(state: PickUpState): boolean {
  return state === 'WAITING' || state === 'OPENING' || state === 'STUCK' || state === 'OVERDUE';
}

/**
 * What follows of a word; null where nothing does. Whatever is said twice, late or in another order: a parcel is handed over at most once, its money asked back at most once, and never both. What was opened
 * is handed over, however late we hear of it, unless somebody has taken it out meanwhile.
 */
export function turnOfPickUp(state: PickUpState, word: PickUpWord): PickUpTurn | null {
  switch (word.kind) {
    case 'ASKED':
      if (state === 'WAITING' || state === 'STUCK') return turn('OPENING', 'OPEN');
      return state === 'OPENED' ? turn('OPENED', 'OPEN') : null;
    case 'SEEN_OPEN':
      return lies(state) ? turn('OPENED', 'HAND_OVER') : null;
    case 'JAMMED':
      return state === 'OPENING' || state === 'WAITING' ? turn('STUCK', 'LOCK') : null;
    case 'SILENT':
      return state === 'OPENING' ? turn('WAITING') : null;
    case 'DAYS_OVER':
      return state === 'WAITING' || state === 'STUCK' ? turn('OVERDUE') : null;
    case 'LEFT_ALONE':
      return state === 'OPENED' ? turn('TAKEN') : null;
    case 'TAKEN_OUT':
      // Nobody takes it out while its buyer opens it, nor gives it back while they may still come.
      if (word.isAgain && lies(state) && state !== 'OPENING') return turn('TAKEN_BACK');
      if (state === 'TAKEN_BACK' && !word.isAgain) return turn('RETURNED', 'REFUND');
      return state === 'STUCK' || state === 'OVERDUE' ? turn('RETURNED', 'REFUND') : null;
    case 'PLACED_AGAIN':
      return state === 'TAKEN_BACK' ? turn('MOVED') : null;
    case 'NOT_AGAIN':
      return state === 'TAKEN_BACK' ? turn('RETURNED', 'REFUND') : null;
  }
}

/** A cell as far as it matters for what is put into it. */
export type Cell = Pick<CabinetSlotRow, 'code' | 'maxItemG' | 'innerL'>;

/** Of the cells of a locker, those that are free, not locked and bear so much: the smallest first, so that large ones stay for what is large. What was not measured comes last. */
export function fittingCells(
  cells: readonly Cell[],
  weightG: number,
  { taken, locked }: { readonly taken: ReadonlySet<string>; readonly locked: ReadonlySet<string> },
): string[] {
  const litres = ({ innerL }: Cell) => innerL ?? Number.MAX_SAFE_INTEGER;
  return cells
    .filter(({ code, maxItemG }) => maxItemG >= weightG && !taken.has(code) && !locked.has(code))
    .toSorted((one, other) => litres(one) - litres(other) || one.maxItemG - other.maxItemG)
    .map(({ code }) => code);
}

/** The cell is not free. */
export function isOccupied(state: PickUpState): boolean {
  return lies(state) || state === 'OPENED';
}

/** Whoever may can have it opened, and so has a code. */
export function mayBeOpened(state: PickUpState): boolean {
  return isOccupied(state) && state !== 'OVERDUE';
}

/** When time alone makes a difference; null where it makes none. Of what is being opened it is when its command ends. */
export function checkPickUpAt(
  state: PickUpState,
  {
    keptUntil,
    takenAt,
    now,
  }: { readonly keptUntil: Date; readonly takenAt: Date | null; readonly now: Date },
): Date | null {
  switch (state) {
    case 'WAITING':
    case 'STUCK':
      return keptUntil;
    case 'OPENED':
      return plus(takenAt ?? now, OPENED_AGAIN_WITHIN_MS);
    case 'TAKEN_BACK':
      return plus(now, PLACED_AGAIN_WITHIN_MS);
    default:
      return null;
  }
}

/** When it was handed over: by the cabinet's telling, not before it was put in and not in the future. */
export function takenAtOf(toldAt: Date, placedAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime(), Math.max(placedAt.getTime(), toldAt.getTime())));
}

/** Every unit of a parcel is paid back, or on its way back; an amount without units takes none of them away. */
export function isAllPaidBack(
  lines: readonly { readonly id: string; readonly quantity: number }[],
  gone: readonly { readonly orderLineId: string; readonly quantity: number }[],
): boolean {
  return lines.every(({ id, quantity }) => {
    const units = gone.filter(({ orderLineId }) => orderLineId === id);
    return units.reduce((sum, each) => sum + each.quantity, 0) >= quantity;
  });
}

/** Eight digits: one types them, and of two hundred cells nobody guesses one in as many tries as there are (see below). Nothing is kept of them. */
export function codeOf(secret: string, pickUpId: string, codeNo: number): string {
  const digest = createHmac('sha256', secret).update(`pick-up:${pickUpId}:${codeNo}`).digest();
  return (digest.readUIntBE(0, 6) % 100_000_000).toString().padStart(8, '0');
}

export function isCode(said: string, code: string): boolean {
  const [one, other] = [Buffer.from(said), Buffer.from(code)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** As people type and scan them. */
export function codeSaid(said: string): string {
  return said.replaceAll(/[\s-]/g, '');
}

export interface Guard {
  readonly wrongCount: number;
  readonly lastWrongAt: Date | null;
  readonly pausedUntil: Date | null;
}

/** Whoever mistypes has some tries; whoever guesses has some thirty a day at a cabinet, where at most two hundred of a hundred million codes fit. */
const WRONG_FREE = 4;
const PAUSE_MS_MAX = HOUR_MS;
const FORGOTTEN_AFTER_MS = DAY_MS;

/** After a wrong code: from the fifth on nobody's code is heard for a minute, then for twice as long each time, up to an hour. A day without one begins anew. */
export function afterWrong({ wrongCount, lastWrongAt }: Guard, now: Date): Guard {
  const isForgotten = lastWrongAt === null || now.getTime() - lastWrongAt.getTime() > FORGOTTEN_AFTER_MS;
  const count = (isForgotten ? 0 : wrongCount) + 1;
  const over = count - WRONG_FREE - 1;
  const pausedUntil =
    over < 0 ? null : plus(now, Math.min(PAUSE_MS_MAX, MINUTE_MS * 2 ** Math.min(over, 10)));
  return { wrongCount: count, lastWrongAt: now, pausedUntil };
}
