/**
 * Pages are written in Chinese: the text that stands in the source is the key, and costs nothing. English is a table from those texts,
 * loaded only by whoever reads it; a spec holds that every text has its line.
 */
type Table = Readonly<Record<string, string>>;

const KEY = 'locale';

let table: Table | null = null;

export const isEnglish = (): boolean => table !== null;

/** `t('还有 {n} 件', { n: 3 })` */
export function t(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  const said = table?.[text] ?? text;
  return said.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** What a name is in the reader's language, where both are given. */
export const named = ({ nameZh, nameEn }: { nameZh: string; nameEn: string }): string =>
  isEnglish() ? nameEn : nameZh;

function wantsEnglish(): boolean {
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'en' || asked === 'zh') localStorage.setItem(KEY, asked);
  return localStorage.getItem(KEY) === 'en';
}

/** Before anything is shown. */
export async function readLocale(english: () => Promise<{ default: Table }>): Promise<void> {
  if (!wantsEnglish()) return;
  table = (await english()).default;
  document.documentElement.lang = 'en';
}

/** What is said where few come, for whoever reads English. */
export async function moreEnglish(english: () => Promise<{ default: Table }>): Promise<void> {
  if (table === null) return;
  const { default: more } = await english();
  // Another table may have come meanwhile.
  table = { ...table, ...more };
}

/** The page begins anew: what the server said was said in the other language. */
export function setLocale(locale: 'zh' | 'en'): void {
  localStorage.setItem(KEY, locale);
  const url = new URL(location.href);
  url.searchParams.delete('lang');
  // The same address with something behind its `#` would only be scrolled to.
  if (url.href === location.href) location.reload();
  else location.replace(url.href);
}
