import { type InvalidField, InvalidInputError } from '#libs/kernel';
import {
  type Field,
  RUNS_MAX,
  type Run,
  SEARCH_TEXT_MAX,
  type Spell,
  bigramsOf,
  runsOf,
} from './search-text.rules.js';
import type { Vocabulary } from './search-spelling.rules.js';

/** One condition: characters as written, letters typed, or how something is spoken (any of them). */
export type Want =
  | { readonly kind: 'HAN'; readonly text: string }
  | { readonly kind: 'LATIN'; readonly text: string }
  | { readonly kind: 'SOUND'; readonly texts: readonly string[] };

/** One question to the index. */
export interface SearchPlan {
  readonly wants: readonly Want[];
  /** Only in names, also in what stands about products, or in their sellers' names as well. */
  readonly within: Field;
  /** SOME for what nothing holds altogether. */
  readonly mode: 'ALL' | 'SOME';
}

/** What people say around what they look for. Longer ones first: 有没有 is not 有. */
const FILLERS =
  /我想买|我要买|有没有|哪里有|哪里买|多少钱|便宜的|好吃的|正宗的|新鲜的|特产|专卖|正宗|的|吗|呢/g;

export function refuseSearchText(text: string): InvalidInputError | null {
  if (Array.from(text).length <= SEARCH_TEXT_MAX) return null;
  const fields: InvalidField[] = [
    {
      path: 'query',
      message: {
        zh: `搜索词最多 ${SEARCH_TEXT_MAX} 个字`,
        en: `A search has at most ${SEARCH_TEXT_MAX} characters.`,
      },
    },
  ];
  return new InvalidInputError(fields);
}

/** What somebody means by what they have typed. Fillers go unless nothing else is there. */
export function wantsOf(text: string): Run[] {
  const bare = runsOf(text.replace(FILLERS, ' '));
  return (bare.length > 0 ? bare : runsOf(text)).slice(0, RUNS_MAX);
}

/**
 * 炎陵桃干 → 炎陵, 桃干: a pair that no name holds joins two words, and is left out where its characters are in words that names do hold.
 * Null where that makes nothing else of the question, or leaves a character out.
 */
export function partsOf(runs: readonly Run[], vocabulary: Vocabulary): Want[] | null {
  let isOther = false;
  const wants: Want[] = [];
  for (const run of runs) {
    const pairs = run.kind === 'HAN' ? bigramsOf(run.text) : [];
    const known = pairs.map((pair) => vocabulary.holds(pair));
    if (run.kind === 'LATIN' || known.every(Boolean)) {
      wants.push(run);
      continue;
    }
    // A character stands in the pair that it ends and in the one it begins; one of them has to be known.
    const isCovered = Array.from(run.text).every(
      (_, index) => known[index - 1] === true || known[index] === true,
    );
    if (!isCovered) return null;
    isOther = true;
    for (const [index, pair] of pairs.entries()) if (known[index]) wants.push({ kind: 'HAN', text: pair });
  }
  return isOther ? wants : null;
}

/** 桃酱 → 桃, 酱: no name holds the pair, and some hold both, as 黄桃果酱 does. Null where it is no pair, or a character that no name holds. */
export function charactersOf(runs: readonly Run[], vocabulary: Vocabulary): Want[] | null {
  const [run, ...more] = runs;
  const characters = run?.kind === 'HAN' && more.length === 0 ? Array.from(run.text) : [];
  if (characters.length !== 2 || !characters.every((character) => vocabulary.holds(character))) return null;
  return characters.map((text) => ({ kind: 'HAN', text }));
}

/** huang tao → huangtao: whoever types pinyin parts it as they like. Null where no letters stand side by side. */
export function joinedOf(runs: readonly Run[]): Run[] | null {
  const joined: Run[] = [];
  for (const run of runs) {
    const before = joined.at(-1);
    if (before?.kind === 'LATIN' && run.kind === 'LATIN')
      joined.splice(-1, 1, { kind: 'LATIN', text: before.text + run.text });
    else joined.push(run);
  }
  return joined.length < runs.length ? joined : null;
}

/** By ear: 皇桃 is 黄桃 to whoever hears it. Null where something cannot be said. */
export function soundsOf(runs: readonly Run[], spell: Spell): Want[] | null {
  const texts = runs.map((run) => spokenText(run, spell));
  return texts.includes('') ? null : texts.map((text) => ({ kind: 'SOUND', texts: [text] }));
}

/** The nearest that names hold, word by word; null where something is near nothing. */
export function correctedOf(runs: readonly Run[], spell: Spell, vocabulary: Vocabulary): Want[] | null {
  const wants: Want[] = [];
  for (const run of runs) {
    const words = vocabulary.correct(spokenText(run, spell));
    if (!words || words.length === 0) return null;
    wants.push(...words.map((texts) => ({ kind: 'SOUND' as const, texts })));
  }
  return wants;
}

function spokenText(run: Run, spell: Spell): string {
  return run.kind === 'LATIN' ? run.text : spell(run.text).join('');
}

/** The pairs of what was typed that names do hold: where the whole finds nothing, a part of it may. */
export function knownPartsOf(runs: readonly Run[], vocabulary: Vocabulary): string[] {
  const pairs = runs.flatMap(({ kind, text }) => (kind === 'HAN' ? bigramsOf(text) : []));
  return [...new Set(pairs.filter((pair) => vocabulary.holds(pair)))];
}
