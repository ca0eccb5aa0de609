import { type Fen, allocate, assert, present, sumFen } from '#libs/kernel';
import type {
  Receivable,
  ReceivableEntryKind,
  ReceivablePart,
  ReceivableState,
} from './receivable.entity.js';

/** A receivable and its parts as plain values. */
export type ReceivableRow = { readonly [Key in keyof Receivable]: Receivable[Key] };
export type PartRow = { readonly [Key in keyof ReceivablePart]: ReceivablePart[Key] };

type Sums = Pick<ReceivableRow, 'amountFen' | 'paidFen' | 'creditedFen' | 'writtenOffFen'>;

/** What has happened to a receivable, before it is written down. */
export interface Change {
  readonly before: ReceivableRow;
  readonly kind: Exclude<ReceivableEntryKind, 'OPENED'>;
  readonly amountFen: Fen;
  /** The receipt, refund or act that caused it. */
  readonly sourceRef: string;
  /** The day of the bank, for what is paid. */
  readonly effectiveOn: string;
  /** Of a credit, whose part it is; without, everybody's in proportion. */
  readonly byMerchant?: readonly MerchantAmount[];
}

export interface MerchantAmount {
  readonly merchantId: string;
  readonly amountFen: Fen;
}

export function openOf({ amountFen, paidFen, creditedFen, writtenOffFen }: Sums): Fen {
  return amountFen - paidFen - creditedFen - writtenOffFen;
}

/** WRITTEN_OFF if some of it was given up; CREDITED if nothing was paid and nothing is owed. */
export function stateOf(sums: Sums): ReceivableState {
  if (openOf(sums) > 0n) return sums.paidFen > 0n ? 'PARTLY_PAID' : 'OPEN';
  if (sums.writtenOffFen > 0n) return 'WRITTEN_OFF';
  return sums.paidFen > 0n ? 'PAID' : 'CREDITED';
}

/** Paying on the day on which it is due is paying on time. */
function onTimeOf({ before, amountFen, effectiveOn }: Change): Fen {
  return effectiveOn <= before.dueOn ? amountFen : 0n;
}

function sumsAfter(change: Change): Sums & Pick<ReceivableRow, 'paidOnTimeFen'> {
  const { before, kind, amountFen } = change;
  const { paidFen, paidOnTimeFen, creditedFen, writtenOffFen } = before;
  const sums = { amountFen: before.amountFen, paidFen, paidOnTimeFen, creditedFen, writtenOffFen };
  switch (kind) {
    case 'PAID':
      return { ...sums, paidFen: paidFen + amountFen, paidOnTimeFen: paidOnTimeFen + onTimeOf(change) };
    case 'REOPENED':
      return { ...sums, paidFen: paidFen - amountFen, paidOnTimeFen: paidOnTimeFen - onTimeOf(change) };
    case 'CREDITED':
      return { ...sums, creditedFen: creditedFen + amountFen };
    case 'WRITTEN_OFF':
      return { ...sums, writtenOffFen: writtenOffFen + amountFen };
  }
}

/** The receivable after it. Once it was settled, whatever opens it again holds the shares by a case of its own. */
export function changed(change: Change, updatedAt: Date): ReceivableRow {
  const { before, kind, sourceRef } = change;
  const sums = sumsAfter(change);
  const openFen = openOf(sums);
  assert(
    openFen >= 0n && sums.paidFen >= 0n,
    `${before.orderId} owes and has paid nothing less than nothing`,
  );
  const holdRef = kind === 'REOPENED' && before.openFen === 0n ? sourceRef : before.holdRef;
  return { ...before, ...sums, openFen, state: stateOf(sums), holdRef, updatedAt };
}

/**
 * What is open of each merchant's part: in proportion to what has not been credited of it, to the fen. A payment is for the whole order, a
 * credit for the goods of one merchant.
 */
export function openParts(parts: readonly PartRow[], openFen: Fen): PartRow[] {
  const shares = allocate(
    openFen,
    parts.map(({ amountFen, creditedFen }) => amountFen - creditedFen),
  );
  return parts.map((part, index) => ({ ...part, openFen: present(shares[index], 'a share per part') }));
}

/** A credit note of less than the refund (the rest had been paid) is each merchant's in proportion to what they give. */
export function creditParts(
  parts: readonly PartRow[],
  noteFen: Fen,
  byMerchant: readonly MerchantAmount[],
): PartRow[] {
  const givenBy = (merchantId: string) =>
    sumFen(byMerchant.filter((given) => given.merchantId === merchantId).map(({ amountFen }) => amountFen));
  const given = parts.map(({ merchantId }) => givenBy(merchantId));
  const wished = allocate(noteFen, sumFen(given) > 0n ? given : parts.map(({ amountFen }) => amountFen));
  return parts.map((part, index) => ({
    ...part,
    creditedFen: part.creditedFen + present(wished[index], 'a credit per part'),
  }));
}

/** The first parts of an order, everything open. */
export function partsOf(orderId: ReceivableRow['orderId'], amounts: readonly MerchantAmount[]): PartRow[] {
  const sums = new Map<string, Fen>();
  for (const { merchantId, amountFen } of amounts)
    sums.set(merchantId, (sums.get(merchantId) ?? 0n) + amountFen);
  return [...sums]
    .filter(([, amountFen]) => amountFen > 0n)
    .map(([merchantId, amountFen]) => ({
      orderId,
      merchantId: merchantId as PartRow['merchantId'],
      amountFen,
      creditedFen: 0n,
      openFen: amountFen,
    }));
}

/** What a refund takes from what is owed, and what stands to the unit's credit because it was paid already. */
export function creditOf(openFen: Fen, refundFen: Fen): { readonly noteFen: Fen; readonly creditFen: Fen } {
  const noteFen = refundFen < openFen ? refundFen : openFen;
  return { noteFen, creditFen: refundFen - noteFen };
}
