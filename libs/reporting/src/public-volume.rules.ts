import { isWithin } from '#libs/division';
import type { Fen } from '#libs/kernel';

/** What fewer than so many sold is nobody else's business. */
export const SELLERS_MIN = 5;

/** What the public sees of a month along one dimension. */
export interface PublicCell {
  readonly code: string;
  readonly recognisedFen: Fen;
  readonly certifiedFen: Fen;
  /** Who sold it; never shown. */
  readonly sellers: ReadonlySet<string>;
  /** Whose certified goods are in it, and whose others. */
  readonly certified: ReadonlySet<string>;
  readonly uncertified: ReadonlySet<string>;
}

export interface ShownCell extends Pick<PublicCell, 'code'> {
  /** Null where it is suppressed; what is certified may be suppressed by itself. */
  readonly recognisedFen: Fen | null;
  readonly certifiedFen: Fen | null;
}

function sellersOf(cells: readonly PublicCell[]): number {
  return new Set(cells.flatMap(({ sellers }) => [...sellers])).size;
}

function compareCells(a: PublicCell, b: PublicCell): number {
  if (a.recognisedFen !== b.recognisedFen) return a.recognisedFen < b.recognisedFen ? -1 : 1;
  return a.code < b.code ? -1 : 1;
}

/** True where even the sum of all would tell of too few. */
export function isTooSmall(cells: readonly PublicCell[]): boolean {
  return sellersOf(cells) < SELLERS_MIN;
}

function isFew(parts: readonly ReadonlySet<string>[]): boolean {
  const { size } = new Set(parts.flatMap((part) => [...part]));
  return size > 0 && size < SELLERS_MIN;
}

/** True where what is certified, or the rest of it, tells of too few: both are told at once. Nobody is behind nothing. */
export function isSplitTooSmall(cells: readonly PublicCell[]): boolean {
  return isFew(cells.map(({ certified }) => certified)) || isFew(cells.map(({ uncertified }) => uncertified));
}

/**
 * Small cells are suppressed; and because the total is shown, so are the smallest others, until at least two cells and five sellers
 * stand behind what is missing from the total.
 */
export function suppressed(cells: readonly PublicCell[]): ShownCell[] {
  const hidden = withOthers(
    cells,
    cells.filter((cell) => isTooSmall([cell])),
    isTooSmall,
  );
  // What is certified is shown of fewer cells: neither it nor the rest of a cell may tell of too few, nor what is missing from the totals.
  const unsplit = withOthers(
    cells,
    cells.filter((cell) => hidden.has(cell) || isSplitTooSmall([cell])),
    isSplitTooSmall,
  );
  return cells.map((cell) => ({
    code: cell.code,
    recognisedFen: hidden.has(cell) ? null : cell.recognisedFen,
    certifiedFen: unsplit.has(cell) ? null : cell.certifiedFen,
  }));
}

/** Those, and the smallest others, until there are two at least that together are not too small. */
function withOthers(
  cells: readonly PublicCell[],
  those: readonly PublicCell[],
  areTooSmall: (cells: readonly PublicCell[]) => boolean,
): ReadonlySet<PublicCell> {
  const all = [...those];
  const rest = cells.filter((cell) => !those.includes(cell)).toSorted((a, b) => compareCells(a, b));
  while (all.length > 0 && (all.length < 2 || areTooSmall(all))) {
    const next = rest.shift();
    if (!next) break;
    all.push(next);
  }
  return new Set(all);
}

export const PUBLIC_MEASURES = ['RECOGNISED', 'CERTIFIED'] as const;
/** What the public sees of a month, and so what it is told was wrong. */
export type PublicMeasure = (typeof PUBLIC_MEASURES)[number];

export function isPublic(measure: string): measure is PublicMeasure {
  return (PUBLIC_MEASURES as readonly string[]).includes(measure);
}

/** True where a notice may name its amounts: every county that it speaks of is shown with its own, or the whole is. */
export function isErratumShown(
  measure: PublicMeasure,
  divisionCode: string,
  cells: readonly ShownCell[],
  isTotalShown: boolean,
): boolean {
  if (divisionCode === '') return isTotalShown;
  const covered = cells.filter(({ code }) => isWithin(code, [divisionCode]));
  const shownOf = (cell: ShownCell) => (measure === 'CERTIFIED' ? cell.certifiedFen : cell.recognisedFen);
  return covered.length > 0 && covered.every((cell) => shownOf(cell) !== null);
}
