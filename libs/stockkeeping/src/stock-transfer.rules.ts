import { contentHashOf } from '#libs/approval';
import type { InvalidInputError } from '#libs/kernel';
import { type StockLine, faults, refuseKey, refuseLines, refuseNote, spelt } from './stock-line.rules.js';

export interface StockTransferWish {
  readonly merchantId: string;
  /** Null of the warehouse. */
  readonly fromPointId: string | null;
  readonly toPointId: string | null;
  readonly note: string;
  readonly lines: readonly StockLine[];
  readonly causeKey: string;
}

/** Malformed wishes, all faults at once. */
export function refuseTransfer(wish: StockTransferWish): InvalidInputError | null {
  const { refuse, told } = faults();
  refuseKey(wish.causeKey, refuse);
  refuseLines(wish.lines, refuse);
  refuseNote(wish.note, false, refuse);
  if (wish.fromPointId === wish.toPointId)
    refuse('toPointId', '调出与调入须为两处', 'It goes from one place to another.');
  return told();
}

export function refuseArrival(causeKey: string, lines: readonly StockLine[]): InvalidInputError | null {
  const { refuse, told } = faults();
  refuseKey(causeKey, refuse);
  refuseLines(lines, refuse);
  return told();
}

export function transferHash({ merchantId, fromPointId, toPointId, note, lines }: StockTransferWish): string {
  return contentHashOf({ merchantId, fromPointId, toPointId, note: note.trim(), lines: spelt(lines) });
}

export interface TravelledLine {
  readonly quantity: number;
  readonly receivedUnits: number;
  readonly lostUnits: number;
  readonly returnedUnits: number;
}

/** What nobody has said anything of. */
export function onItsWay({ quantity, receivedUnits, lostUnits, returnedUnits }: TravelledLine): number {
  return quantity - receivedUnits - lostUnits - returnedUnits;
}

/** How a transfer of which all of this is told stands; null while some of it is on its way. What nobody received was called off. */
export function endOf(lines: readonly TravelledLine[]): 'RECEIVED' | 'CANCELLED' | null {
  if (lines.some((line) => onItsWay(line) > 0)) return null;
  return lines.some(({ receivedUnits, lostUnits }) => receivedUnits + lostUnits > 0)
    ? 'RECEIVED'
    : 'CANCELLED';
}
