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

/** How a column says its figures: all in one unit, which stands in its heading. */
export interface InColumn<Value> {
  readonly unit: string;
  readonly text: (value: Value) => string;
  /** False where something is cut off, and can be had to the last fen or gram. */
  readonly isExact: boolean;
}

const smallest = (sizes: readonly bigint[]): bigint => {
  const [first = 0n, ...others] = sizes.map((size) => (size < 0n ? -size : size)).filter((size) => size > 0n);
  return others.reduce((least, size) => (size < least ? size : least), first);
};

/** In the largest unit of which even the smallest figure has a whole one: what is there never looks like nothing. */
export function moneyColumn(fens: readonly string[], wantsExact = false): InColumn<string> {
  const least = smallest(fens.map(BigInt));
  const inWhole = (unit: bigint) => (fen: string) => inUnits(BigInt(fen), unit);
  if (wantsExact || least < WAN_FEN) return { unit: t('元'), text: yuanExact, isExact: true };
  if (least < YI_FEN) return { unit: t('万元'), text: inWhole(WAN_FEN), isExact: false };
  return { unit: t('亿元'), text: inWhole(YI_FEN), isExact: false };
}

/** What an axis counts in: what is written beside it comes from whole fen. */
export function drawnIn(fens: readonly string[]): { readonly name: string; readonly fen: number } {
  const highest = Math.max(0, ...fens.map((fen) => Math.abs(Number(fen))));
  if (highest >= Number(YI_FEN)) return { name: t('亿元'), fen: Number(YI_FEN) };
  return highest >= Number(WAN_FEN) ? { name: t('万元'), fen: Number(WAN_FEN) } : { name: t('元'), fen: 100 };
}

const KILOGRAM_G = 1_000;
const TONNE_G = 1_000_000;

/** With two places unless more are wanted, cut off like money, and with its minus. */
function massIn(grams: number, unit: number, digits = 2): string {
  const parts = 10 ** digits;
  const cut = Math.trunc(grams / (unit / parts));
  const places = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${cut < 0 ? '−' : ''}${(Math.abs(cut) / parts).toLocaleString('en', places)}`;
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

/** The same of weights: kilograms to the gram, or tonnes. */
export function massColumn(grams: readonly number[], wantsExact = false): InColumn<number> {
  const least = smallest(grams.map((each) => BigInt(Math.trunc(each))));
  const isExact = wantsExact || least < BigInt(TONNE_G);
  if (!isExact) return { unit: t('吨'), text: (each) => massIn(each, TONNE_G), isExact };
  const places = grams.some((each) => each % (KILOGRAM_G / 100) !== 0) ? 3 : 2;
  return { unit: t('公斤'), text: (each) => massIn(each, KILOGRAM_G, places), isExact };
}

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
