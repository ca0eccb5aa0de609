import type { Locale } from '#libs/kernel';

/** As they are kept, and named in the schema. */
export const LOCALE_WORDS = ['ZH_CN', 'EN'] as const;
export type LocaleWord = (typeof LOCALE_WORDS)[number];

const LOCALE_OF: Readonly<Record<LocaleWord, Locale>> = { ZH_CN: 'zh-CN', EN: 'en' };

/** What messages are said in; undefined where nobody has chosen. */
export function localeOf(word: LocaleWord | null): Locale | undefined {
  return word === null ? undefined : LOCALE_OF[word];
}

type Pattern = readonly [name: string, pattern: RegExp];

/** The first that fits: what is built upon another names it as well. */
const APPS: readonly Pattern[] = [
  ['微信', /MicroMessenger/],
  ['支付宝', /AlipayClient/],
  ['Edge', /Edg/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
];
const DEVICES: readonly Pattern[] = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['Mac', /Macintosh|Mac OS X/],
  ['Linux', /Linux/],
];

const firstOf = (patterns: readonly Pattern[], text: string) =>
  patterns.find(([, pattern]) => pattern.test(text))?.[0];

/** How somebody knows their device again in a list: 微信 · iPhone. Null where it says nothing that people know. */
export function deviceNameOf(userAgent: string | null): string | null {
  const text = userAgent ?? '';
  const names = [firstOf(APPS, text), firstOf(DEVICES, text)].filter((name) => name !== undefined);
  return names.length > 0 ? names.join(' · ') : null;
}
