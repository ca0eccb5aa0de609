import type { Want } from './search-plan.rules.js';
import { type Spell, bigramsOf, normalise } from './search-text.rules.js';

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly soldQuantity: number;
}

/** Where in a name something was found; characters. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** What a match in the name is worth by how it was made: as written, by sound, by initials, in part. */
const WRITTEN = 40;
const SPOKEN = 30;
const ABBREVIATED = 22;
const PARTLY = 16;
/** Found by what stands about the product only. */
const ABOUT = 6;
/** Whole syllables: cha is 茶, and only begins chang. */
const WHOLE_SYLLABLES = 6;
/** 黄桃 at the end of 炎陵黄桃 says what it is; at the beginning it often says where from. */
const IS_HEAD = 14;
const ONLY_BEGINS = -10;
const IS_NAME = 20;
/** Ten times as much sold is worth so much, up to four times ten. */
const PER_TENFOLD = 1.5;
const TENFOLDS_MAX = 4;
/** What letters stand for weighs more than which of it: a new orchard's 黄桃 before another's 红糖. */
const MEANT = 4;
/** Enough of a question that nothing answers altogether. */
export const COVERAGE_MIN = 0.5;

/** 炎陵黄桃（鑫山） → 炎陵黄桃: what stands in brackets tells apart, and says nothing of what it is. */
export function titleOf(name: string): string {
  const title = name.replace(/[（(【[].*$/u, '').trim();
  return title === '' ? name : title;
}

function placeOfText(title: readonly string[], text: string): Place | null {
  const wanted = Array.from(text);
  for (let start = 0; start + wanted.length <= title.length; start += 1) {
    if (wanted.every((character, index) => title[start + index] === character))
      return { start, end: start + wanted.length, score: WRITTEN };
  }
  return null;
}

/** The first characters that are spoken like this, or begin to be. */
function placeOfSound(syllables: readonly string[], text: string): Place | null {
  for (let start = 0; start < syllables.length; start += 1) {
    let spoken = '';
    for (let end = start; end < syllables.length && syllables[end] !== ''; end += 1) {
      spoken += syllables[end] ?? '';
      if (spoken === text) return { start, end: end + 1, score: SPOKEN + WHOLE_SYLLABLES };
      if (spoken.length > text.length) {
        if (spoken.startsWith(text)) return { start, end: end + 1, score: SPOKEN };
        break;
      }
      if (!text.startsWith(spoken)) break;
    }
  }
  return null;
}

function placeOfInitials(syllables: readonly string[], text: string): Place | null {
  const initials = syllables.map((syllable) => syllable.slice(0, 1) || ' ').join('');
  const start = initials.indexOf(text);
  return start < 0 ? null : { start, end: start + text.length, score: ABBREVIATED };
}

function placeOf(want: Want, title: readonly string[], syllables: readonly string[]): Place | null {
  if (want.kind === 'HAN') return placeOfText(title, want.text);
  if (want.kind === 'SOUND')
    return want.texts.map((text) => placeOfSound(syllables, text)).find((place) => place !== null) ?? null;
  return (
    placeOfText(title, want.text) ??
    placeOfSound(syllables, want.text) ??
    placeOfInitials(syllables, want.text)
  );
}

function charactersOf(name: string): { readonly title: string[]; readonly whole: string[] } {
  return { title: Array.from(normalise(titleOf(name))), whole: Array.from(normalise(name)) };
}

/** How a name is spoken, where that is asked: a dictionary says it, and takes longer than all the rest. */
function syllablesOf(whole: readonly string[], wants: readonly Want[], spell: Spell): readonly string[] {
  return wants.some(({ kind }) => kind !== 'HAN') ? spell(whole.join('')) : [];
}

/** Where the first of the wants stands in the name: for what is suggested, and for what is called the right spelling. */
export function foundIn(name: string, wants: readonly Want[], spell: Spell): Place | null {
  const { whole } = charactersOf(name);
  const syllables = syllablesOf(whole, wants, spell);
  const places = wants.flatMap((want) => placeOf(want, whole, syllables) ?? []);
  if (places.length === 0) return null;
  return {
    start: Math.min(...places.map(({ start }) => start)),
    end: Math.max(...places.map(({ end }) => end)),
    score: places.reduce((sum, { score }) => sum + score, 0),
  };
}

/** How much of what was written stands in the name, 0 to 1. */
function coverageOf(name: string, wants: readonly Want[]): number {
  const pairs = wants.flatMap((want) => (want.kind === 'HAN' ? bigramsOf(want.text) : []));
  if (pairs.length === 0) return 0;
  const plain = normalise(name);
  return pairs.filter((pair) => plain.includes(pair)).length / pairs.length;
}

function tenfoldsOf(soldQuantity: number): number {
  return Math.min(TENFOLDS_MAX, Math.log10(1 + Math.max(0, soldQuantity)));
}

/** How well a name answers, leaving aside what has been bought. */
export function scoreOf(name: string, wants: readonly Want[], spell: Spell): number {
  const { title, whole } = charactersOf(name);
  const syllables = syllablesOf(whole, wants, spell);
  let score = 0;
  for (const want of wants) {
    const place = placeOf(want, whole, syllables);
    if (!place) {
      const coverage = coverageOf(name, [want]);
      score += ABOUT + (PARTLY - ABOUT) * coverage;
      continue;
    }
    score += place.score;
    if (place.end === title.length) score += IS_HEAD;
    else if (place.start === 0 && place.end === 1) score += ONLY_BEGINS;
    if (place.start === 0 && place.end === title.length) score += IS_NAME;
  }
  return score / Math.max(1, wants.length) - whole.length / 20;
}

export interface Hit {
  readonly id: string;
  readonly name: string;
  /** Whole, and higher is better. */
  readonly score: number;
}

/**
 * Best first; those alike in the order of their ids, so that pages neither skip nor repeat. Letters may stand for many words: ht is 黄桃 and
 * 红糖, and what they stand for in what people buy comes first.
 */
export function ranked(candidates: readonly Candidate[], wants: readonly Want[], spell: Spell): Hit[] {
  const isLettered = wants.some(({ kind }) => kind !== 'HAN');
  const meant = candidates.map(({ name }) => {
    const place = isLettered ? foundIn(name, wants, spell) : null;
    return place ? Array.from(name).slice(place.start, place.end).join('') : '';
  });
  const soldOf = new Map<string, number>();
  for (const [index, { soldQuantity }] of candidates.entries()) {
    const word = meant[index] ?? '';
    if (word !== '') soldOf.set(word, (soldOf.get(word) ?? 0) + soldQuantity);
  }
  return candidates
    .map(({ id, name, soldQuantity }, index) => {
      const tenfolds = tenfoldsOf(soldQuantity) + tenfoldsOf(soldOf.get(meant[index] ?? '') ?? 0) * MEANT;
      return { id, name, score: Math.round((scoreOf(name, wants, spell) + tenfolds * PER_TENFOLD) * 1_000) };
    })
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Of what holds only some of what was written, that which holds enough. */
export function coveringEnough(candidates: readonly Candidate[], wants: readonly Want[]): Candidate[] {
  return candidates.filter(({ name }) => coverageOf(name, wants) >= COVERAGE_MIN);
}
