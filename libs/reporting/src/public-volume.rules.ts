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
}

export interface ShownCell extends Pick<PublicCell, 'code'> {
  /** Null where it is suppressed. */
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

/**
 * Small cells are suppressed; and because the total is shown, so are the smallest others, until at least two cells and five sellers
 * stand behind what is missing from the total.
 */
export function suppressed(cells: readonly PublicCell[]): ShownCell[] {
  const hidden = cells.filter((cell) => isTooSmall([cell]));
  const rest = cells.filter((cell) => !hidden.includes(cell)).toSorted((a, b) => compareCells(a, b));
  while (hidden.length > 0 && (hidden.length < 2 || isTooSmall(hidden))) {
    const next = rest.shift();
    if (!next) break;
    hidden.push(next);
  }
  return cells.map((cell) => {
    const { code, recognisedFen, certifiedFen } = cell;
    return hidden.includes(cell)
      ? { code, recognisedFen: null, certifiedFen: null }
      : { code, recognisedFen, certifiedFen };
  });
}

export const PUBLIC_MEASURES = ['RECOGNISED', 'CERTIFIED'] as const;
/** What the public sees of a month, and so what it is told was wrong. */
export type PublicMeasure = (typeof PUBLIC_MEASURES)[number];

export function isPublic(measure: string): measure is PublicMeasure {
  return (PUBLIC_MEASURES as readonly string[]).includes(measure);
}

/** True where a notice may name its amounts: every county that it speaks of is shown with its own, or the whole is. */
export function isErratumShown(
  divisionCode: string,
  cells: readonly ShownCell[],
  isTotalShown: boolean,
): boolean {
  if (divisionCode === '') return isTotalShown;
  const covered = cells.filter(({ code }) => isWithin(code, [divisionCode]));
  return covered.length > 0 && covered.every(({ recognisedFen }) => recognisedFen !== null);
}
