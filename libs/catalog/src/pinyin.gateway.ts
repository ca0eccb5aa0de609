import { pinyin } from 'pinyin-pro';

/** Product words come again and again; a cache of so many texts takes some megabytes. */
const REMEMBERED_MAX = 20_000;

const remembered = new Map<string, readonly string[]>();

/**
 * How a text is spoken, a syllable per character; '' for what is not Chinese. The dictionary knows 重庆 from 重量, and is slow for that,
 * so what it has said is remembered.
 */
export function spell(text: string): readonly string[] {
  const known = remembered.get(text);
  if (known) return known;
  const all = pinyin(text, { toneType: 'none', type: 'all', v: true });
  const syllables = all.map(({ pinyin: syllable, isZh }) => (isZh ? syllable.toLowerCase() : ''));
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(text, syllables);
  return syllables;
}
