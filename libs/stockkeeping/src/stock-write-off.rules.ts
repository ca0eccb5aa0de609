import { contentHashOf } from '#libs/approval';
import type { Fen, InvalidInputError } from '#libs/kernel';
import {
  ALONE_MAX_FEN,
  type StockLine,
  faults,
  refuseKey,
  refuseLines,
  refuseNote,
  spelt,
} from './stock-line.rules.js';
import type { WriteOffCause } from './stock-write-off.entity.js';

export interface StockWriteOffWish {
  readonly merchantId: string;
  /** Null of the warehouse, and of goods on their way. */
  readonly channelPointId: string | null;
  /** Of goods that did not arrive. */
  readonly transferId: string | null;
  readonly why: WriteOffCause;
  readonly note: string;
  readonly lines: readonly StockLine[];
  readonly causeKey: string;
}

/** Malformed wishes, all faults at once. What is spoiled needs no more words; what is lost or given away does. */
export function refuseStockWriteOff(wish: StockWriteOffWish): InvalidInputError | null {
  const { refuse, told } = faults();
  refuseKey(wish.causeKey, refuse);
  refuseLines(wish.lines, refuse);
  refuseNote(wish.note, wish.why !== 'SPOILED' && wish.why !== 'DAMAGED', refuse);
  if (wish.transferId !== null && wish.channelPointId !== null)
    refuse(
      'channelPointId',
      '在途的货不在任何一处，请只填调拨单',
      'What is on its way lies in no place; name the transfer alone.',
    );
  return told();
}

/** What a second person agrees to. */
export function stockWriteOffHash(wish: Omit<StockWriteOffWish, 'causeKey'>): string {
  const { merchantId, channelPointId, transferId, why, note, lines } = wish;
  return contentHashOf({
    merchantId,
    channelPointId,
    transferId,
    why,
    note: note.trim(),
    lines: spelt(lines),
  });
}

/**
 * Whether somebody else has to agree: what one writes off within a day counts together, so that nobody cuts it into small pieces. Whoever works alone has nobody to ask; that they did
 * so alone is in the audit log.
 */
export function needsAnother({
  valueFen,
  todayFen,
  others,
}: {
  readonly valueFen: Fen;
  /** Booked by the same person today without anybody else. */
  readonly todayFen: Fen;
  readonly others: number;
}): boolean {
  return others > 0 && valueFen + todayFen > ALONE_MAX_FEN;
}
