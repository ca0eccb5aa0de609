import { type Candidate, foundIn, titleOf } from './search-rank.rules.js';
import type { Want } from './search-plan.rules.js';
import type { Spell } from './search-text.rules.js';

/** So many products are looked through for words. */
export const SUGGESTED_FROM = 80;
/** As many as a phone shows above its keyboard. */
export const SUGGESTIONS_MAX = 8;

export interface SearchSuggestion {
  readonly text: string;
  /** Of the products looked through, those that it says. */
  readonly productCount: number;
}

/**
 * From where it was found to the end of the title: who types 黄 or ht is offered 黄桃, 黄桃干 and 黄桃罐头, whatever county stands before it.
 * What most products say comes first, then what sold most.
 */
export function suggestionsOf(
  candidates: readonly Candidate[],
  wants: readonly Want[],
  spell: Spell,
): SearchSuggestion[] {
  const counts = new Map<string, { productCount: number; soldQuantity: number; isWhole: boolean }>();
  for (const { name, soldQuantity } of candidates) {
    const title = titleOf(name);
    const place = foundIn(title, wants, spell);
    if (!place) continue;
    const text = Array.from(title).slice(place.start).join('').trim();
    const known = counts.get(text) ?? { productCount: 0, soldQuantity: 0, isWhole: false };
    counts.set(text, {
      productCount: known.productCount + 1,
      soldQuantity: known.soldQuantity + soldQuantity,
      isWhole: known.isWhole || place.end === Array.from(title).length,
    });
  }
  return [...counts]
    .toSorted(
      ([a, x], [b, y]) =>
        Number(y.isWhole) - Number(x.isWhole) ||
        y.productCount - x.productCount ||
        y.soldQuantity - x.soldQuantity ||
        (a < b ? -1 : 1),
    )
    .slice(0, SUGGESTIONS_MAX)
    .map(([text, { productCount }]) => ({ text, productCount }));
}
