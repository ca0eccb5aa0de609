import { isEnglish, t } from '../shared/i18n.js';
import { yuanExact } from '../shared/money.js';

/** A figure and what it is counted in, which is never left out. */
export interface Told {
  readonly value: string;
  readonly unit: string;
}

/** Fen in a yuan, and in what officials count in: 万元 and 亿元. */
const WAN_FEN = 1_000_000n;
const YI_FEN = 10_000_000_000n;

/** With two places, rounded down as reports do: what is not there is not claimed. */
function inUnits(fen: bigint, unit: bigint): string {
  const hundredths = (fen < 0n ? -fen : fen) / (unit / 100n);
  return yuanExact(String(fen < 0n ? -hundredths : hundredths));
}

/** An amount of whole fen, as officials say it. */
export function money(fen: string): Told {
  const amount = BigInt(fen);
  const size = amount < 0n ? -amount : amount;
  if (size >= YI_FEN) return { value: inUnits(amount, YI_FEN), unit: t('亿元') };
  if (size >= WAN_FEN) return { value: inUnits(amount, WAN_FEN), unit: t('万元') };
  return { value: yuanExact(fen), unit: t('元') };
}

export const moneyText = (fen: string): string => {
  const { value, unit } = money(fen);
  return `${value} ${unit}`;
};

/** Always in 万元: in columns, where figures are compared. */
export const wanText = (fen: string): string => inUnits(BigInt(fen), WAN_FEN);

/** For drawing alone; what is written comes from whole fen. */
export const wanNumber = (fen: string): number => Number(fen) / Number(WAN_FEN);

const KILOGRAM_G = 1_000;
const TONNE_G = 1_000_000;

/** With two places, cut off like money, and with its minus. */
function massIn(grams: number, unit: number): string {
  const hundredths = Math.trunc(grams / (unit / 100));
  const places = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${hundredths < 0 ? '−' : ''}${(Math.abs(hundredths) / 100).toLocaleString('en', places)}`;
}

/** Grams, as they are weighed at a desk. */
export function weight(grams: number): Told {
  if (Math.abs(grams) >= TONNE_G) return { value: massIn(grams, TONNE_G), unit: t('吨') };
  return { value: massIn(grams, KILOGRAM_G), unit: t('公斤') };
}

export const weightText = (grams: number): string => {
  const { value, unit } = weight(grams);
  return `${value} ${unit}`;
};

/** Always in tonnes, or in kilograms where each sale has its row, for columns. */
export const tonnesText = (grams: number): string => massIn(grams, TONNE_G);
export const kilogramsText = (grams: number): string => massIn(grams, KILOGRAM_G);

/** Of two amounts, in tenths of a percent, cut off; null where there is nothing to divide by: that is no data, not zero. */
export function perMille(part: string, whole: string): number | null {
  const base = BigInt(whole);
  return base <= 0n ? null : Number((BigInt(part) * 1_000n) / base);
}

export const percentText = (tenths: number | null): string =>
  tenths === null ? '—' : `${(tenths / 10).toFixed(1)}%`;

/** Against what was before, with its direction in a sign and not in a colour alone. */
export function changeText(now: string, before: string): string {
  const tenths = perMille(String(BigInt(now) - BigInt(before)), before);
  if (tenths === null) return '—';
  return `${tenths > 0 ? '▲' : tenths < 0 ? '▼' : '＝'} ${(Math.abs(tenths) / 10).toFixed(1)}%`;
}

export const countText = (count: number): string => count.toLocaleString('en');

/** Hundredths of a percent. */
export const bpsText = (bps: number | null): string => (bps === null ? '—' : `${(bps / 100).toFixed(2)}%`);

/** Several short things, one after the other. */
export const listed = (words: readonly string[]): string => words.join(isEnglish() ? ', ' : '\u3001');

/** Who has sold most first. */
export const byFen = <Row extends { readonly recognisedFen: string }>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => {
    const [first, second] = [BigInt(a.recognisedFen), BigInt(b.recognisedFen)];
    return first === second ? 0 : second > first ? 1 : -1;
  });
