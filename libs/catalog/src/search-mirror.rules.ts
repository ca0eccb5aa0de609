import { assert } from '#libs/kernel';

/** One of these terms; a star stands for whatever follows. */
export type Choice = readonly string[];

/** What a product is found by, and what says whether it is shown and before which others. */
export interface MirrorDocument {
  readonly id: string;
  /** Parted by single blanks. */
  readonly terms: string;
  readonly isOnSale: boolean;
  readonly soldQuantity: number;
  /** When it was written, as text that sorts. */
  readonly stamp: string;
}

/** As many have a place; past that, the database is asked. */
export const DOCUMENTS_MAX = 2 ** 18;
/** Done in one go; longer, and whoever else is being served waits for it. */
const STEP = 200_000;
/** Terms are sorted among those that begin alike, so that no sorting takes long. */
const BUCKET_LETTERS = 5;
/** Larger than any number sold, whose column has 31 bits. */
const SOLD_BEYOND = 2 ** 31;

/** A text of its own: one that was cut out of another keeps all of that in memory. */
function copied(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Numbers one after the other, as many as come. */
class Numbers {
  private kept = new Uint32Array(1 << 10);
  size = 0;

  push(number: number): void {
    if (this.size === this.kept.length) {
      const larger = new Uint32Array(this.kept.length * 2);
      larger.set(this.kept);
      this.kept = larger;
    }
    this.kept[this.size] = number;
    this.size += 1;
  }

  at(index: number): number {
    return this.kept[index] ?? 0;
  }
}

/** Documents in the order of their ids, until `finish` makes a mirror of them. */
export class MirrorDraft {
  private readonly ids: string[] = [];
  private readonly stamps = new Map<string, string>();
  private readonly sold: number[] = [];
  /** What those on sale are sorted by: more sold before less, and then by id. */
  private readonly keys: number[] = [];
  private readonly numbers = new Map<string, number>();
  /** The numbers of the first document's terms, then of the second's …, and where each document's end. */
  private readonly held = new Numbers();
  private readonly ends = new Numbers();

  get size(): number {
    return this.ids.length;
  }

  add(documents: readonly MirrorDocument[]): void {
    for (const { id, terms, isOnSale, soldQuantity, stamp } of documents) {
      assert(this.size < DOCUMENTS_MAX, 'there is a place for each document');
      if (isOnSale) this.keys.push((SOLD_BEYOND - soldQuantity) * DOCUMENTS_MAX + this.size);
      this.ids.push(id);
      this.sold.push(soldQuantity);
      this.stamps.set(id, stamp);
      for (const term of isOnSale ? terms.split(' ') : []) this.held.push(this.numberOf(term));
      this.ends.push(this.held.size);
    }
  }

  /** Pauses between its steps. */
  async finish(pause: () => Promise<unknown>): Promise<SearchMirror> {
    const order = Float64Array.from(this.keys)
      .toSorted()
      .map((key) => key % DOCUMENTS_MAX);
    const terms = await this.sortedTerms(pause);
    const placeOf = new Uint32Array(terms.length);
    for (const [place, term] of terms.entries()) placeOf[this.numberOf(term)] = place;
    await pause();
    // First how many hold each term, so that the rows of all terms fill one array without a gap.
    const starts = new Uint32Array(terms.length + 1);
    for (let at = 0; at < this.held.size; at += 1) {
      const next = (placeOf[this.held.at(at)] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
      if (at % STEP === 0) await pause();
    }
    for (let place = 0; place < terms.length; place += 1)
      starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
    const filled = starts.slice();
    const holders = new Uint32Array(this.held.size);
    let sinceHeld = 0;
    for (const [rank, document] of order.entries()) {
      const end = this.ends.at(document);
      for (let at = document === 0 ? 0 : this.ends.at(document - 1); at < end; at += 1) {
        const place = placeOf[this.held.at(at)] ?? 0;
        const free = filled[place] ?? 0;
        holders[free] = rank;
        filled[place] = free + 1;
        sinceHeld += 1;
      }
      if (sinceHeld < STEP) continue;
      sinceHeld = 0;
      await pause();
    }
    const ids = Array.from(order, (document) => this.ids[document] ?? '');
    const sold = Int32Array.from(order, (document) => this.sold[document] ?? 0);
    return new SearchMirror({ ids, sold, stamps: this.stamps, terms, starts, holders });
  }

  private numberOf(term: string): number {
    const known = this.numbers.get(term);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(copied(term), number);
    return number;
  }

  private async sortedTerms(pause: () => Promise<unknown>): Promise<string[]> {
    const buckets = new Map<string, string[]>();
    for (const term of this.numbers.keys()) {
      const beginning = term.slice(0, BUCKET_LETTERS);
      const bucket = buckets.get(beginning);
      if (bucket) bucket.push(term);
      else buckets.set(beginning, [term]);
    }
    const sorted: string[] = [];
    for (const beginning of [...buckets.keys()].toSorted()) {
      for (const term of (buckets.get(beginning) ?? []).toSorted()) sorted.push(term);
      await pause();
    }
    return sorted;
  }
}

interface Kept {
  /** Of what was on sale, the best sold first. */
  readonly ids: readonly string[];
  readonly sold: Int32Array;
  /** Of all documents, by id. */
  readonly stamps: Map<string, string>;
  readonly terms: readonly string[];
  /** Where the row of each term begins in `holders`, and where the last ends. */
  readonly starts: Uint32Array;
  /** Who holds the first term, then who holds the second …: places in `ids`. */
  readonly holders: Uint32Array;
}

interface Changed {
  readonly id: string;
  /** With a blank before and after each term. */
  readonly text: string;
  readonly soldQuantity: number;
}

interface Finding {
  readonly id: string;
  /** How many of the choices. */
  readonly held: number;
  readonly soldQuantity: number;
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

/**
 * What every product on sale is found by, held in one process: the documents as they were when all of them were read, and beside these the ones that
 * have changed since, as text. Terms stand in order, so that what begins alike stands together; of each the products that hold it, the best sold
 * first: a question that thousands answer is answered by the first of them.
 */
export class SearchMirror {
  private readonly places: ReadonlyMap<string, number>;
  /** 1 where what was read at first is no longer so. */
  private readonly gone: Uint8Array;
  private readonly changed = new Map<string, Changed>();
  /** Of one question: how many choices each holds, and the last that was counted. Kept, because to make them anew takes longer than to ask. */
  private readonly counts: Uint8Array;
  private readonly counted: Uint8Array;

  constructor(private readonly kept: Kept) {
    const size = kept.ids.length;
    this.places = new Map(kept.ids.map((id, place) => [id, place]));
    [this.gone, this.counts, this.counted] = [
      new Uint8Array(size),
      new Uint8Array(size),
      new Uint8Array(size),
    ];
  }

  /** Of how many it is known that they have changed since all were read: each makes every question a little slower. */
  get changedCount(): number {
    return this.changed.size;
  }

  /** Whether it was this that was read of the document last, or something later. */
  knows({ id, stamp }: Pick<MirrorDocument, 'id' | 'stamp'>): boolean {
    return (this.kept.stamps.get(id) ?? '') >= stamp;
  }

  /** Whoever reads late changes nothing back. */
  change(documents: readonly MirrorDocument[]): void {
    for (const { id, terms, isOnSale, soldQuantity, stamp } of documents) {
      if (this.knows({ id, stamp })) continue;
      this.kept.stamps.set(id, stamp);
      const place = this.places.get(id);
      if (place !== undefined) this.gone[place] = 1;
      this.changed.set(id, { id, text: isOnSale ? ` ${terms} ` : '', soldQuantity });
    }
  }

  /** Who hold a term of so many of the choices, those that hold most first, and then the best sold. */
  find(choices: readonly Choice[], atLeast: number, limit: number): string[] {
    if (choices.length === 0) return [];
    const findings = [...this.findUnchanged(choices, atLeast, limit), ...this.findChanged(choices, atLeast)];
    return findings
      .toSorted((a, b) => b.held - a.held || b.soldQuantity - a.soldQuantity || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map(({ id }) => id);
  }

  private findUnchanged(choices: readonly Choice[], atLeast: number, limit: number): Finding[] {
    const { counts, gone, kept } = this;
    const rows = choices.map((choice) => choice.map((term) => this.rowsOf(term)));
    const sizes = rows.map((some) => some.reduce((sum, { from, to }) => sum + to - from, 0));
    if (sizes.filter((size) => size > 0).length < atLeast) return [];
    this.count(rows);
    // Of those that hold equally many, the first are the best sold.
    const byHeld = choices.map((): Finding[] => []);
    for (let place = 0; place < counts.length; place += 1) {
      const held = counts[place] ?? 0;
      if (held < atLeast || gone[place] === 1) continue;
      const equals = byHeld[held - 1];
      if (equals && equals.length < limit)
        equals.push({ id: kept.ids[place] ?? '', held, soldQuantity: kept.sold[place] ?? 0 });
    }
    return byHeld.flat();
  }

  /** A document that holds several terms of one choice holds one choice. */
  private count(choices: readonly (readonly Rows[])[]): void {
    const { counts, counted, kept } = this;
    counts.fill(0);
    counted.fill(0);
    for (const [index, rows] of choices.entries())
      for (const { from, to } of rows)
        for (let at = from; at < to; at += 1) {
          const place = kept.holders[at] ?? 0;
          if (counted[place] === index + 1) continue;
          counted[place] = index + 1;
          counts[place] = (counts[place] ?? 0) + 1;
        }
  }

  private findChanged(choices: readonly Choice[], atLeast: number): Finding[] {
    const patterns = choices.map((choice) =>
      choice.map((term) => (term.endsWith('*') ? ` ${term.slice(0, -1)}` : ` ${term} `)),
    );
    const findings: Finding[] = [];
    for (const { id, text, soldQuantity } of this.changed.values()) {
      const held = patterns.filter((choice) => choice.some((pattern) => text.includes(pattern))).length;
      if (held >= atLeast) findings.push({ id, held, soldQuantity });
    }
    return findings;
  }

  /** What begins alike stands together, so its rows are one. */
  private rowsOf(term: string): Rows {
    const { terms, starts } = this.kept;
    const text = term.endsWith('*') ? term.slice(0, -1) : term;
    const first = firstFrom(terms, text);
    // Terms are small letters and digits, which all come before this.
    const end = text === term ? first + Number(terms[first] === text) : firstFrom(terms, `${text}~`);
    return { from: starts[first] ?? 0, to: starts[end] ?? 0 };
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
