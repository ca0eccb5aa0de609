/** Money: an integer count of fen (1 yuan = 100 fen), CNY only. `bigint`, so it never rounds and never mixes with a number. */
export type Fen = bigint & { readonly __unit?: 'fen' };

/** BIGINT columns of a raw row arrive from mysql2 as decimal text; `fen()` turns them into money. */
export type FenText = string;

/** Accepts what money arrives as: decimal text (SQL, GraphQL), a bigint, or an integer literal in tests and tables. */
export function fen(value: bigint | string | number): Fen {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`${value} is not whole fen`);
  if (typeof value === 'string' && !/^-?\d+$/.test(value))
    throw new RangeError(`"${value}" is not whole fen`);
  return BigInt(value);
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** What a person reads: `12345n` is `¥123.45`. Formatting only; never parsed back. */
export function yuanText(amount: Fen): string {
  const sign = amount < 0n ? '-' : '';
  const absolute = amount < 0n ? 0n - amount : amount;
  return `${sign}¥${absolute / 100n}.${String(absolute % 100n).padStart(2, '0')}`;
}

/** Ten thousand yuan, and a hundred million: what official figures are told in. */
const BIG_UNITS = { WAN: { fen: 1_000_000n, zh: '万元' }, YI: { fen: 10_000_000_000n, zh: '亿元' } } as const;
export type BigUnit = keyof typeof BIG_UNITS;

/** Whole division that never rounds up, below zero neither: "exceeded" has to be true. */
export function floorDiv(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

/** `12.03 亿元`: two decimals, cut off and never rounded up. For people and the press; fen stay inside. */
export function bigText(amount: Fen, unit: BigUnit): string {
  const { fen: whole, zh } = BIG_UNITS[unit];
  const hundredths = floorDiv(amount, whole / 100n);
  const absolute = hundredths < 0n ? 0n - hundredths : hundredths;
  const digits = `${absolute / 100n}.${String(absolute % 100n).padStart(2, '0')}`;
  return `${hundredths < 0n ? '-' : ''}${digits} ${zh}`;
}
