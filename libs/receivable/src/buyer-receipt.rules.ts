import { createHash } from 'node:crypto';
import { type Fen, type InvalidField, InvalidInputError, sumFen } from '#libs/kernel';
import type { BuyerReceipt, ReceiptSource } from './buyer-receipt.entity.js';

/** A receipt as plain values. */
export type ReceiptRow = { readonly [Key in keyof BuyerReceipt]: BuyerReceipt[Key] };

export interface Allocation {
  readonly orderId: string;
  readonly amountFen: Fen;
}

export interface ReceiptWish {
  readonly unitId: string;
  readonly source: ReceiptSource;
  /** The bank's own number of the payment; of a use of credit, the client's key. */
  readonly reference: string;
  readonly amountFen: Fen;
  /** The day of the bank. */
  readonly receivedOn: string;
  /** What it pays; null: the oldest due first. */
  readonly allocations: readonly Allocation[] | null;
}

/** What is owed for one order, as an allocation sees it. */
export interface OpenOrder {
  readonly orderId: string;
  readonly dueOn: string;
  readonly openFen: Fen;
}

/** What somebody names one by one. */
export const ALLOCATIONS_MAX = 200;
/** Ten billion yuan: past that it is a typing error. */
const AMOUNT_FEN_MAX = 10n ** 12n;

function field(path: string, zh: string, en: string): InvalidField {
  return { path, message: { zh, en } };
}

/** Malformed receipts, all faults at once. */
export function refuseReceipt(wish: ReceiptWish, today: string): InvalidInputError | null {
  const { reference, amountFen, receivedOn, allocations } = wish;
  const fields: InvalidField[] = [];
  if (!/^[\w:./-]{4,80}$/.test(reference))
    fields.push(
      field(
        'reference',
        '流水号须为 4 到 80 个字母、数字或 -_./:',
        'A reference has 4 to 80 letters, digits or any of -_./:',
      ),
    );
  if (amountFen <= 0n || amountFen > AMOUNT_FEN_MAX)
    fields.push(field('amountFen', '金额须大于零', 'The amount is more than nothing.'));
  if (receivedOn > today)
    fields.push(field('receivedOn', '到账日期不能晚于今天', 'Nothing has been received on a day to come.'));
  if (allocations) fields.push(...refuseAllocations(allocations, amountFen));
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

function refuseAllocations(allocations: readonly Allocation[], amountFen: Fen): InvalidField[] {
  const fields: InvalidField[] = [];
  if (allocations.length > ALLOCATIONS_MAX)
    fields.push(
      field(
        'allocations',
        `最多指定 ${ALLOCATIONS_MAX} 笔订单`,
        `At most ${ALLOCATIONS_MAX} orders are named.`,
      ),
    );
  if (new Set(allocations.map(({ orderId }) => orderId)).size < allocations.length)
    fields.push(field('allocations', '同一订单只能写一次', 'An order stands here once.'));
  if (allocations.some((each) => each.amountFen <= 0n))
    fields.push(field('allocations', '每笔金额须大于零', 'Each amount is more than nothing.'));
  else if (sumFen(allocations.map((each) => each.amountFen)) > amountFen)
    fields.push(field('allocations', '分配合计超过收款金额', 'More is allocated than was received.'));
  return fields;
}

/** Written out field by field, so that the order in which a client names them does not matter. */
export function receiptHash({ unitId, amountFen, receivedOn, allocations }: ReceiptWish): Buffer {
  const wanted = allocations
    ?.map(({ orderId, amountFen: part }) => [orderId, part.toString()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([unitId, amountFen.toString(), receivedOn, wanted ?? 'OLDEST']);
  return createHash('sha256').update(text).digest();
}

/** What a receipt pays: what was said, or the oldest due first. What is left over stands to the unit's credit. */
export function allocateReceipt(
  open: readonly OpenOrder[],
  { amountFen, allocations }: Pick<ReceiptWish, 'amountFen' | 'allocations'>,
): Allocation[] | InvalidInputError {
  if (allocations) return asSaid(open, allocations);
  const paid: Allocation[] = [];
  let left = amountFen;
  for (const { orderId, openFen } of open.toSorted(byDueDay)) {
    if (left === 0n) break;
    const part = openFen < left ? openFen : left;
    paid.push({ orderId, amountFen: part });
    left -= part;
  }
  return paid;
}

function asSaid(
  open: readonly OpenOrder[],
  allocations: readonly Allocation[],
): Allocation[] | InvalidInputError {
  const openOf = new Map(open.map(({ orderId, openFen }) => [orderId, openFen]));
  const fields = allocations.flatMap(({ orderId, amountFen }, index) =>
    amountFen > (openOf.get(orderId) ?? 0n)
      ? [
          field(
            `allocations.${index}.amountFen`,
            '超过该订单的未付金额，或该订单不属于此单位',
            'More than this unit owes for the order.',
          ),
        ]
      : [],
  );
  return fields.length > 0 ? new InvalidInputError(fields) : [...allocations];
}

function byDueDay(a: OpenOrder, b: OpenOrder): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  return a.orderId < b.orderId ? -1 : 1;
}
