import { contentHashOf } from '#libs/approval';
import { RECEIPT_QUANTITY_MAX } from '#libs/inventory';
import type { Fen, InvalidInputError } from '#libs/kernel';
import { STOCK_LINES_MAX, faults, lineKey, refuseNote } from './stock-line.rules.js';

/** What somebody has just counted of one batch, or some time ago where there was no network. */
export interface StockCountEntry {
  readonly variantId: string;
  readonly batchId: string;
  readonly units: number;
  /** By how much it is past: a phone's clock may be wrong, what has passed on it is not. */
  readonly secondsAgo: number;
}

/** Batches in one count: as many as one table brings, and more than lie in one warehouse. */
export const COUNT_LINES_MAX = 10_000;
/** A phone that was without a network for longer is looked at by somebody who counts again. */
const AGO_MAX_S = 7 * 86_400;

export function refuseEntries(entries: readonly StockCountEntry[]): InvalidInputError | null {
  const { refuse, told } = faults();
  if (entries.length === 0 || entries.length > STOCK_LINES_MAX)
    refuse('entries', `须有 1 到 ${STOCK_LINES_MAX} 行`, `It has 1 to ${STOCK_LINES_MAX} lines.`);
  const seen = new Set<string>();
  for (const [index, entry] of entries.slice(0, STOCK_LINES_MAX).entries()) {
    const { units, secondsAgo } = entry;
    if (!Number.isInteger(units) || units < 0 || units > RECEIPT_QUANTITY_MAX)
      refuse(
        `entries.${index}.units`,
        `数量须在 0 到 ${RECEIPT_QUANTITY_MAX} 之间`,
        `It is 0 to ${RECEIPT_QUANTITY_MAX}.`,
      );
    if (!Number.isInteger(secondsAgo) || secondsAgo < 0 || secondsAgo > AGO_MAX_S)
      refuse(
        `entries.${index}.secondsAgo`,
        '须在七天之内，请重新清点',
        'It is at most seven days ago; count it again.',
      );
    if (seen.has(lineKey(entry)))
      refuse(`entries.${index}`, '同一批次只能写一行', 'This batch is named twice.');
    seen.add(lineKey(entry));
  }
  return told();
}

export function refuseCountNote(note: string, differs: boolean): InvalidInputError | null {
  const { refuse, told } = faults();
  refuseNote(note, differs, refuse);
  return told();
}

/** When it was counted: not before the count began, which looked at nothing earlier. */
export function countedAt(now: Date, secondsAgo: number, openedAt: Date): Date {
  return new Date(Math.max(now.getTime() - secondsAgo * 1_000, openedAt.getTime()));
}

export interface CountedBatch {
  readonly countedUnits: number;
  /** As the book has it now. */
  readonly onHand: number;
  readonly reserved: number;
  /** Signed: what has moved since it was counted. */
  readonly since: number;
}

/** From the book as it stood at the moment of counting, so that what was sold or came in since is no difference. */
export function differenceOf({ countedUnits, onHand, since }: Omit<CountedBatch, 'reserved'>): number {
  return countedUnits - (onHand - since);
}

/** Of a difference, what can be booked: what is promised to orders stays in the book until those are shipped or called off. */
export function bookable(
  difference: number,
  { onHand, reserved }: Pick<CountedBatch, 'onHand' | 'reserved'>,
): number {
  return Math.max(difference, reserved - onHand);
}

export interface DifferingBatch {
  readonly variantId: string;
  readonly batchId: string;
  readonly countedUnits: number;
  readonly countedAt: Date;
  readonly difference: number;
}

/** What too many are worth counts as much as what is missing: either may hide the other. */
export function valueOf(lines: readonly { readonly difference: number; readonly priceFen: Fen }[]): Fen {
  return lines.reduce((sum, { difference, priceFen }) => sum + BigInt(Math.abs(difference)) * priceFen, 0n);
}

/** What a second person agrees to. */
export function countHash(countId: string, note: string, lines: readonly DifferingBatch[]): string {
  const told = lines.map(
    (line) => `${lineKey(line)}:${line.countedUnits}@${line.countedAt.toISOString()}=${line.difference}`,
  );
  return contentHashOf({ countId, note: note.trim(), lines: told.toSorted() });
}
