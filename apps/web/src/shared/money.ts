/** Amounts come as whole fen, as text, and stay so: a price is never a floating number. */
export function yuan(fen: string): string {
  const amount = BigInt(fen);
  const size = amount < 0n ? -amount : amount;
  const whole = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = (size % 100n).toString().padStart(2, '0').replace(/0$/, '');
  return `${amount < 0n ? '−' : ''}${whole}${rest === '0' || rest === '' ? '' : `.${rest.padEnd(2, '0')}`}`;
}

/** Always with two places: in columns, and where something is paid. */
export function yuanExact(fen: string): string {
  const text = yuan(fen);
  return text.includes('.') ? text : `${text}.00`;
}

/** In a column of a bill: −¥35.00. */
export const amountOf = (fen: string): string =>
  fen.startsWith('-') ? `−¥${yuanExact(fen.slice(1))}` : `¥${yuanExact(fen)}`;

/** What somebody types, never by way of a floating number; null while it is no amount above zero. */
export function fenOf(yuan: string): string | null {
  const [, whole = '', rest = ''] = /^(\d{1,9})(?:\.(\d{0,2}))?$/.exec(yuan.trim()) ?? [];
  if (whole === '') return null;
  const fen = BigInt(whole) * 100n + BigInt(rest.padEnd(2, '0'));
  return fen === 0n ? null : fen.toString();
}

/** As somebody would type it: 88, 88.50. */
export function yuanOf(fen: string): string {
  const [whole, rest] = [BigInt(fen) / 100n, BigInt(fen) % 100n];
  return rest === 0n ? whole.toString() : `${whole}.${rest.toString().padStart(2, '0')}`;
}
