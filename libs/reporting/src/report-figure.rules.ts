import { type Locale, type Message, floorDiv } from '#libs/kernel';
import type { TermKey } from '#libs/terminology';
import type { MeasureUnit } from './report-measure.rules.js';

const WAN_FEN = 1_000_000n; // 10,000 yuan.
const YI_FEN = 10_000_000_000n; // 100 million yuan.

/** In the language asked for. */
export function say({ zh, en }: Message, locale: Locale): string {
  return locale === 'en' ? en : zh;
}

/** Words of the field that titles and columns hold in braces: what they are called changes with the years. */
export const REPORT_TERMS = ['CAMPAIGN', 'GOODS'] as const satisfies readonly TermKey[];
export type ReportTerms = ReadonlyMap<string, Message>;

/** In the language asked for and in the words of an era. */
export function sayOf(message: Message, terms: ReportTerms, locale: Locale): string {
  return say(message, locale).replaceAll(/\{([A-Z]+)\}/g, (braced, key: string) => {
    const term = terms.get(key);
    return term ? say(term, locale) : braced;
  });
}

/** A whole number of ten-to-the-minus-`places`, as decimals. */
export function decimal(value: bigint, places: number): string {
  const sign = value < 0n ? '-' : '';
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
  if (places === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Two decimals of a larger unit, rounded down: "exceeded 1.2 bn" must be true. */
function inLarger(fen: bigint, unitFen: bigint): string {
  return decimal(floorDiv(fen * 100n, unitFen), 2);
}

/** Yuan up to ten thousand, then 万元, then 亿元; rounded down. */
export function displayFen(fen: bigint, locale: Locale): string {
  const size = fen < 0n ? -fen : fen;
  if (size >= YI_FEN)
    return locale === 'en' ? `${inLarger(fen, YI_FEN)} × 100m yuan` : `${inLarger(fen, YI_FEN)}亿元`;
  if (size >= WAN_FEN)
    return locale === 'en' ? `${inLarger(fen, WAN_FEN)} × 10k yuan` : `${inLarger(fen, WAN_FEN)}万元`;
  return locale === 'en' ? `${decimal(fen, 2)} yuan` : `${decimal(fen, 2)}元`;
}

/** A value as people read it; exactly the value, but for large sums of money. */
export function displayOf(unit: MeasureUnit, value: bigint, locale: Locale): string {
  if (unit === 'FEN' || unit === 'FEN_PER_DAY' || unit === 'FEN_PER_500_GRAM')
    return displayFen(value, locale);
  if (unit === 'RATE') return `${decimal(value, 2)}%`;
  if (unit === 'INDEX') return decimal(value, 2);
  if (unit === 'HOUR') return locale === 'en' ? `${decimal(value, 2)} h` : `${decimal(value, 2)}小时`;
  if (unit === 'GRAM') return `${decimal(floorDiv(value, 10n), 2)} kg`;
  return String(value);
}

/** A value exactly, as decimals of what a spreadsheet adds up: yuan, parts of one, grams and counts. */
export function exactOf(unit: MeasureUnit, value: bigint): string {
  if (unit === 'FEN' || unit === 'FEN_PER_DAY' || unit === 'FEN_PER_500_GRAM') return decimal(value, 2);
  if (unit === 'RATE') return decimal(value, 4);
  if (unit === 'INDEX' || unit === 'HOUR') return decimal(value, 2);
  return String(value);
}
