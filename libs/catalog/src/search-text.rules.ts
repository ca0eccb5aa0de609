/** Syllables of a text, one per character, without tones, ü as v; '' for what is not Chinese. A dictionary knows them, so it is handed in. */
export type Spell = (text: string) => readonly string[];

/** What somebody looks for or a text consists of: characters, or letters and digits, without a gap. */
export interface Run {
  readonly kind: 'HAN' | 'LATIN';
  readonly text: string;
}

/** Nobody types more before looking; longer texts are mistakes or attacks, and are refused. */
export const SEARCH_TEXT_MAX = 60;
/** Runs of one question; each is a condition, and the ninth narrows nothing any more. */
export const RUNS_MAX = 8;

/** Syllables that one pinyin term holds: four characters are a word, six a name. Terms stay below the 84 characters FULLTEXT keeps. */
const SYLLABLES_MAX = 6;
const LETTERS_MAX = 60;

const HAN = /\p{Script=Han}/u;
const RUNS = /\p{Script=Han}+|[a-z0-9]+/gu;

/** Half and full width, upper and lower case, accents and tone marks are the same; an apostrophe within pinyin is nothing. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/u\u0308/g, 'v') // ü, with or without a tone mark on it.
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .replace(/(?<=[a-z])['’](?=[a-z])/g, '');
}

/** Everything else (punctuation, emoji, operators of any engine) parts runs and is forgotten. */
export function runsOf(text: string): Run[] {
  return [...normalise(text).matchAll(RUNS)].map(([run]) => ({
    kind: HAN.test(run) ? 'HAN' : 'LATIN',
    text: run,
  }));
}

/** 炎陵黄桃 → 炎陵, 陵黄, 黄桃. A single character is what it is. */
export function bigramsOf(text: string): string[] {
  const characters = Array.from(text);
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

/**
 * Where in a document a term stands: in the name, in what else it is called and where it belongs, or in its seller's name, which often says
 * what else the seller grows.
 */
export type Field = 'NAME' | 'ABOUT' | 'SELLER';

type TermKind = 'HAN' | 'PINYIN' | 'INITIALS' | 'LATIN';

/** Two letters, so that the shortest term has three: servers forget shorter ones unless they are told otherwise. */
const PREFIXES: Readonly<Record<Field, Readonly<Record<TermKind, string>>>> = {
  NAME: { HAN: 'hn', PINYIN: 'pn', INITIALS: 'jn', LATIN: 'ln' },
  ABOUT: { HAN: 'ha', PINYIN: 'pa', INITIALS: 'ja', LATIN: 'la' },
  SELLER: { HAN: 'hs', PINYIN: 'ps', INITIALS: 'js', LATIN: 'ls' },
};

/**
 * How a term is written for the index: small letters and digits only, whatever it stands for. So no character set, collation or stop word of
 * a server has a say in what is found, and no operator can be smuggled in.
 */
export function termOf(field: Field, kind: TermKind, text: string): string {
  const prefix = PREFIXES[field][kind];
  if (kind !== 'HAN') return prefix + text;
  return (
    prefix +
    Array.from(text)
      .map((character) => (character.codePointAt(0) ?? 0).toString(16).padStart(5, '0'))
      .join('')
  );
}

/** From each character on, what is spoken and what it begins with: 黄桃 → huangtao, tao; ht, t. */
function soundsFrom(syllables: readonly string[]): { pinyin: string; initials: string }[] {
  return syllables.map((_, index) => {
    const spoken = syllables.slice(index, index + SYLLABLES_MAX);
    return {
      pinyin: spoken.join('').slice(0, LETTERS_MAX),
      initials: spoken.map((syllable) => syllable.slice(0, 1)).join(''),
    };
  });
}

function termsOfRun(field: Field, { kind, text }: Run, spell: Spell): string[] {
  if (kind === 'LATIN') return [termOf(field, 'LATIN', text.slice(0, LETTERS_MAX))];
  const last = Array.from(text).at(-1) ?? '';
  const sounds = soundsFrom(spell(text).filter((syllable) => syllable !== ''));
  return [
    ...bigramsOf(text).map((bigram) => termOf(field, 'HAN', bigram)),
    termOf(field, 'HAN', last), // Begun with by nothing else, so a question of one character finds it here.
    ...sounds.map(({ pinyin }) => termOf(field, 'PINYIN', pinyin)),
    // What stands about a product is not abbreviated by anybody.
    ...(field === 'NAME' ? sounds.map(({ initials }) => termOf(field, 'INITIALS', initials)) : []),
  ];
}

export interface SearchText {
  readonly name: string;
  /** What else it may be found by: its category, county, other names. */
  readonly about: readonly string[];
  readonly seller: string;
}

/** Everything a document is found by, each term once. */
export function termsOf({ name, about, seller }: SearchText, spell: Spell): string[] {
  const texts: readonly (readonly [Field, string])[] = [
    ['NAME', name],
    ...about.map((text) => ['ABOUT', text] as const),
    ['SELLER', seller],
  ];
  const terms = texts.flatMap(([field, text]) =>
    runsOf(text).flatMap((run) => termsOfRun(field, run, spell)),
  );
  return [...new Set(terms)];
}

/** A word that names hold, and how it is spoken. */
export interface SpokenWord {
  readonly word: string;
  readonly pinyin: string;
}

/** Single characters and pairs of them: what spelling is corrected towards. */
export function wordsOf(name: string, spell: Spell): SpokenWord[] {
  const words = new Map<string, string>();
  for (const { kind, text } of runsOf(name)) {
    if (kind === 'LATIN') continue;
    const [characters, syllables] = [Array.from(text), spell(text)];
    for (const [index, character] of characters.entries()) {
      words.set(character, syllables[index] ?? '');
      const next = characters[index + 1];
      if (next !== undefined)
        words.set(character + next, `${syllables[index] ?? ''}${syllables[index + 1] ?? ''}`);
    }
  }
  return [...words].map(([word, pinyin]) => ({ word, pinyin })).filter(({ pinyin }) => pinyin !== '');
}
