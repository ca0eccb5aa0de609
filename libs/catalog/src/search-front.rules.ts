/** A product that is bought much, and what it is found by. */
export interface FrontDocument {
  readonly id: string;
  readonly terms: string;
}

/** One of these terms; a star stands for whatever follows. */
export type Choice = readonly string[];

/**
 * What stands in front: the best sold, and who of them holds which term. A wide question (桃, 零食, cha) answers with thousands of products, of
 * which only the best sold are looked at; to read all of them for these takes longer than anything else, and these stand in front. It also says
 * which of several terms is the rarer.
 */
export class SearchFront {
  private readonly ids: string[] = [];
  private readonly holders = new Map<string, number[]>();
  private sorted: readonly string[] | null = null;

  /** Best sold first, some at a time. */
  add(documents: readonly FrontDocument[]): void {
    this.sorted = null;
    for (const { id, terms } of documents) {
      const place = this.ids.push(id) - 1;
      for (const term of terms.split(' ')) {
        const places = this.holders.get(term);
        if (places) places.push(place);
        else this.holders.set(term, [place]);
      }
    }
  }

  /** The best sold that hold a term of each choice; null where fewer of them stand in front, so that all have to be asked. */
  first(choices: readonly Choice[], count: number): string[] | null {
    const held = choices.map((choice) => this.placesOf(choice));
    const ids = this.ids.filter((_, place) => held.every((places) => places.has(place)));
    return ids.length < count ? null : ids.slice(0, count);
  }

  rarestFirst(choices: readonly Choice[]): Choice[] {
    return choices
      .map((choice) => ({ choice, size: this.placesOf(choice).size }))
      .toSorted((a, b) => a.size - b.size)
      .map(({ choice }) => choice);
  }

  private placesOf(choice: Choice): ReadonlySet<number> {
    return new Set(
      choice.flatMap((term) =>
        term.endsWith('*') ? this.placesOfBeginning(term.slice(0, -1)) : (this.holders.get(term) ?? []),
      ),
    );
  }

  private placesOfBeginning(text: string): number[] {
    this.sorted ??= [...this.holders.keys()].toSorted();
    const { sorted, holders } = this;
    const places: number[] = [];
    for (let at = firstFrom(sorted, text); sorted[at]?.startsWith(text) === true; at += 1)
      places.push(...(holders.get(sorted[at] ?? '') ?? []));
    return places;
  }
}

/** Where the first stands that is not before it. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? '') < text) from = middle + 1;
    else to = middle;
  }
  return from;
}
