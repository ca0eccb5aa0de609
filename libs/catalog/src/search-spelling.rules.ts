import { present } from '#libs/kernel';
import type { SpokenWord } from './search-text.rules.js';

/** zhuangshuang, the longest two syllables. */
const WORD_MAX = 12;
/** Shorter words are near everything. */
const FUZZY_MIN = 4;
/** As many near words are tried at once. */
const NEAR_MAX = 4;
/** A mistake is worse than some more words. */
const EDIT_COST = 10;
/** Two syllables that make no word are rather a word with a mistake in it: yan, lin is yanling. */
const SYLLABLE_COST = 6;

/** True if one letter added, left out, changed or two neighbours swapped make one of the other. */
export function isNear(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  const isChanged = short.slice(at + 1) === long.slice(at + 1);
  const isSwapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  return isChanged || isSwapped;
}

function shortened(word: string): string[] {
  return Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1));
}

interface Piece {
  readonly near: readonly string[];
  readonly isSyllable: boolean;
}

interface Way {
  readonly cost: number;
  readonly pieces: readonly Piece[];
}

/**
 * A syllable belongs to the word it stands beside: by itself it begins thousands of names and means none of them. huangtao, gan is looked for as
 * huangtaogan, and what is of syllables only as a whole.
 */
function withoutSyllables(pieces: readonly Piece[]): (readonly string[])[] {
  const words: (readonly string[])[] = [];
  let before = '';
  for (const { near, isSyllable } of pieces) {
    const joined = near.map((text) => before + text);
    before = isSyllable ? present(joined[0], 'a syllable') : '';
    if (!isSyllable) words.push(joined);
  }
  if (before === '') return words;
  const last = words.pop() ?? [''];
  return [...words, last.map((text) => text + before)];
}

/** The words that names hold, as written and as spoken, and what is one mistake away from them. */
export class Vocabulary {
  private readonly written = new Set<string>();
  /** Of one character. */
  private readonly syllables = new Set<string>();
  /** Of two. */
  private readonly spoken = new Set<string>();
  /** Spoken words by what is left of them without one letter: two words one mistake apart share one of these. */
  private readonly byRest = new Map<string, string[]>();

  constructor(words: readonly SpokenWord[] = []) {
    this.learn(words);
  }

  get size(): number {
    return this.written.size;
  }

  /** Words only come; one that no name holds any more corrects nobody into anything worse than an empty list. */
  learn(words: readonly SpokenWord[]): void {
    for (const { word, pinyin } of words) {
      if (this.written.has(word)) continue;
      this.written.add(word);
      if (Array.from(word).length === 1) this.syllables.add(pinyin);
      else this.learnSpoken(pinyin);
    }
  }

  holds(word: string): boolean {
    return this.written.has(word);
  }

  /** Cuts what was typed into words that names hold, with as few mistakes as that takes, at most one a word; null where it cannot be done. */
  correct(typed: string): (readonly string[])[] | null {
    const ways: (Way | null)[] = [{ cost: 0, pieces: [] }];
    for (let end = 1; end <= typed.length; end += 1) {
      let best: Way | null = null;
      for (let start = Math.max(0, end - WORD_MAX - 1); start < end; start += 1) {
        const before = ways[start];
        if (!before) continue;
        const step = this.stepOf(typed.slice(start, end));
        if (step && (!best || before.cost + step.cost < best.cost))
          best = { cost: before.cost + step.cost, pieces: [...before.pieces, step] };
      }
      ways.push(best);
    }
    const way = ways[typed.length];
    return way ? withoutSyllables(way.pieces) : null;
  }

  private stepOf(piece: string): (Piece & { readonly cost: number }) | null {
    if (this.spoken.has(piece)) return { cost: 1, near: [piece], isSyllable: false };
    if (this.syllables.has(piece)) return { cost: SYLLABLE_COST, near: [piece], isSyllable: true };
    const near = piece.length >= FUZZY_MIN ? this.near(piece) : [];
    return near.length > 0 ? { cost: 1 + EDIT_COST, near, isSyllable: false } : null;
  }

  /** Words one mistake away, those of the same length first: letters are swapped more often than forgotten. */
  near(piece: string): readonly string[] {
    const found = new Set<string>();
    for (const rest of [piece, ...shortened(piece)])
      for (const word of this.byRest.get(rest) ?? []) if (isNear(word, piece)) found.add(word);
    const far = (word: string) => Math.abs(word.length - piece.length);
    return [...found].toSorted((a, b) => far(a) - far(b) || (a < b ? -1 : 1)).slice(0, NEAR_MAX);
  }

  private learnSpoken(pinyin: string): void {
    if (this.spoken.has(pinyin)) return;
    this.spoken.add(pinyin);
    for (const rest of new Set([pinyin, ...shortened(pinyin)])) {
      const words = this.byRest.get(rest);
      if (words) words.push(pinyin);
      else this.byRest.set(rest, [pinyin]);
    }
  }
}
