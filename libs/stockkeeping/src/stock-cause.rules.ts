/** What lies behind a movement. */
export const STOCK_CAUSES = [
  'RECEIPT',
  'ORDER',
  'WRITE_OFF',
  'COUNT',
  'TRANSFER',
  'VAN',
  'CABINET',
  'TILL',
] as const;
export type StockCause = (typeof STOCK_CAUSES)[number];

export interface CausedBy {
  readonly cause: StockCause;
  /** Of the order line, write-off, count or transfer; of a receipt the delivery note's number. Null of what cabinets, vans and other people's tills do. */
  readonly documentId: string | null;
}

/** Prefixes of the keys by which others name their movements. */
const NAMED: readonly (readonly [prefix: string, cause: StockCause, hasDocument: boolean])[] = [
  ['order_line:', 'ORDER', true],
  ['write_off:', 'WRITE_OFF', true],
  ['count:', 'COUNT', true],
  ['transfer:', 'TRANSFER', true],
  ['sell_through:', 'TILL', false],
  ['load:', 'VAN', false],
  ['unload:', 'VAN', false],
  ['lost:', 'VAN', false],
  ['found:', 'VAN', false],
  ['fill:', 'CABINET', false],
  ['visit:', 'CABINET', false],
  ['door:', 'CABINET', false],
];

/** What the key of a movement says of why it happened: `order_line:oln_…` and, of a part of it, `order_line:oln_…:prc_…`. */
export function stockCauseOf(kind: string, causeKey: string): CausedBy {
  // A delivery note is called whatever its sender calls it, and so is never read as anything else.
  if (kind === 'RECEIVED' && !causeKey.startsWith('fill:') && !causeKey.startsWith('load:'))
    return { cause: 'RECEIPT', documentId: causeKey };
  const named = NAMED.find(([prefix]) => causeKey.startsWith(prefix));
  if (!named) return { cause: kind === 'SHIPPED' ? 'ORDER' : 'CABINET', documentId: null };
  const [, cause, hasDocument] = named;
  return { cause, documentId: hasDocument ? (causeKey.split(':')[1] ?? null) : null };
}
