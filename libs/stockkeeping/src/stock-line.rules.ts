import { type InvalidField, InvalidInputError, type Message, isBlank } from '#libs/kernel';
import { RECEIPT_QUANTITY_MAX } from '#libs/inventory';

/** Units of one batch of a variant, as somebody names them. */
export interface StockLine {
  readonly variantId: string;
  readonly batchId: string;
  readonly quantity: number;
}

/** As many batches as one writes on a page and no more than a transaction takes at a time. */
export const STOCK_LINES_MAX = 100;
export const NOTE_MAX = 400;
export const KEY_PATTERN = /^[\w:.-]{1,80}$/;

/** What is worth so much, at what it is sold for, leaves the book with a second person's word only: 500 yuan. */
export const ALONE_MAX_FEN = 50_000n;

type Refuse = (path: string, zh: string, en: string) => void;

/** Collects faults, so that all are told at once. */
export function faults(): { readonly refuse: Refuse; readonly told: () => InvalidInputError | null } {
  const fields: InvalidField[] = [];
  return {
    refuse: (path, zh, en) => void fields.push({ path, message: { zh, en } satisfies Message }),
    told: () => (fields.length > 0 ? new InvalidInputError(fields) : null),
  };
}

export function refuseKey(key: string, refuse: Refuse, path = 'causeKey'): void {
  if (!KEY_PATTERN.test(key))
    refuse(
      path,
      '单号须为 1 到 80 个字母、数字或 -_.:',
      'The key has 1 to 80 letters, digits or any of -_.:',
    );
}

export function refuseNote(note: string, isRequired: boolean, refuse: Refuse, path = 'note'): void {
  if (isRequired && isBlank(note)) refuse(path, '须写明原因', 'Say why.');
  else if (note.trim().length > NOTE_MAX)
    refuse(path, `至多 ${NOTE_MAX} 字`, `It has at most ${NOTE_MAX} characters.`);
}

/** Each batch once, and some of it. */
export function refuseLines(lines: readonly StockLine[], refuse: Refuse): void {
  if (lines.length === 0 || lines.length > STOCK_LINES_MAX)
    refuse('lines', `须有 1 到 ${STOCK_LINES_MAX} 行`, `It has 1 to ${STOCK_LINES_MAX} lines.`);
  const seen = new Set<string>();
  for (const [index, { variantId, batchId, quantity }] of lines.slice(0, STOCK_LINES_MAX).entries()) {
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > RECEIPT_QUANTITY_MAX)
      refuse(
        `lines.${index}.quantity`,
        `数量须在 1 到 ${RECEIPT_QUANTITY_MAX} 之间`,
        `The quantity lies between 1 and ${RECEIPT_QUANTITY_MAX}.`,
      );
    const key = lineKey({ variantId, batchId });
    if (seen.has(key))
      refuse(`lines.${index}`, '同一批次只能写一行', 'This batch is named twice; add the two up.');
    seen.add(key);
  }
}

export function lineKey({ variantId, batchId }: Pick<StockLine, 'variantId' | 'batchId'>): string {
  return `${variantId}/${batchId}`;
}

/** What somebody has said, in whatever order. */
export function spelt(lines: readonly StockLine[]): string[] {
  return lines.map((line) => `${lineKey(line)}:${line.quantity}`).toSorted();
}
