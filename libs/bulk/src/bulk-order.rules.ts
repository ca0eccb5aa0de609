import { type Fen, type InvalidField, InvalidInputError } from '#libs/kernel';
import type { BulkOrderMode, BulkOrderState, BulkParcelState } from './bulk-order.entity.js';
import { BULK_PREPAID_PARCELS_MAX } from './bulk-check.rules.js';

/** What a buyer says yes to. */
export interface BulkOrderWish {
  readonly bulkOrderId: string;
  /** What they were shown. */
  readonly totalFen: Fen;
  readonly mode: BulkOrderMode;
  readonly paymentTerm: 'PREPAID' | 'ON_ACCOUNT';
  readonly isForUnion: boolean;
  readonly invoiceTitleId: string;
  readonly campaignCode: string;
}

/** Lists of one unit that wait for somebody to say yes. */
export const OPEN_LISTS_MAX = 50;
/** Long enough for the largest batch, short enough that a list whose process has died goes on soon. */
export const LEASE_MS = 60_000;
/** A parcel that fails for reasons of ours so often is given up, so that the others are not held up. */
export const ATTEMPTS_MAX = 5;
/** Who the parcels go to stands in the orders; in the list it is kept as long as somebody looks after it. */
export const KEEP_DAYS = 30;

/** May it be read from the file anew, or thrown away? */
export function isOpen(state: BulkOrderState): boolean {
  return state === 'CHECKED' || state === 'DISCARDED';
}

/** Saying yes again to the same is the same. */
export function isSameWish(
  row: Omit<BulkOrderWish, 'bulkOrderId'> & { readonly confirmedAt: Date | null },
  wish: BulkOrderWish,
): boolean {
  return (
    row.confirmedAt !== null &&
    row.totalFen === wish.totalFen &&
    row.mode === wish.mode &&
    row.paymentTerm === wish.paymentTerm &&
    row.isForUnion === wish.isForUnion &&
    row.invoiceTitleId === wish.invoiceTitleId &&
    row.campaignCode === wish.campaignCode
  );
}

const tooManyToPay: InvalidField = {
  path: 'paymentTerm',
  message: {
    zh: `先付款的清单最多 ${BULK_PREPAID_PARCELS_MAX} 个收货人（每张订单须在 15 分钟内分别付款）；请选择先货后款，签批后一笔转账付清（尚无额度的请联系财务核定），或拆分清单`,
    en: `A prepaid list has at most ${BULK_PREPAID_PARCELS_MAX} recipients: each order is paid by itself within 15 minutes. Buy it on account and pay all of it by one transfer (finance agrees to a credit term), or cut the list.`,
  },
};

export function refusePrepaid(
  { paymentTerm }: Pick<BulkOrderWish, 'paymentTerm'>,
  parcels: number,
): InvalidInputError | null {
  const isTooMany = paymentTerm === 'PREPAID' && parcels > BULK_PREPAID_PARCELS_MAX;
  return isTooMany ? new InvalidInputError([tooManyToPay]) : null;
}

export type AtWork = 'PLACING' | 'SIGNING' | 'UNDOING';

const notOwed: InvalidField = {
  path: 'paymentTerm',
  message: {
    zh: '清单含订金预售的商品，不能先货后款',
    en: 'Some of the list takes a deposit, which is not owed on account.',
  },
};

/** What each of its orders would be refused for, said at once. */
export function refuseOwed(
  { paymentTerm }: Pick<BulkOrderWish, 'paymentTerm'>,
  isByDeposit: boolean,
): InvalidInputError | null {
  return paymentTerm === 'ON_ACCOUNT' && isByDeposit ? new InvalidInputError([notOwed]) : null;
}

/** Which parcels are still to be done; those of which somebody has said no are done. */
export const TO_DO: Readonly<Record<AtWork, readonly BulkParcelState[]>> = {
  PLACING: ['WAITING'],
  SIGNING: ['PLACED'],
  UNDOING: ['WAITING', 'PLACED', 'SIGNED'],
};

/** Where it stands after a batch: at work, at rest, or to be called off, because one refusal is enough. */
export function stateAfter(
  state: AtWork,
  {
    mode,
    left,
    refusals,
  }: { readonly mode: BulkOrderMode; readonly left: number; readonly refusals: number },
): BulkOrderState {
  if (state === 'PLACING' && mode === 'ALL_OR_NOTHING' && refusals > 0) return 'UNDOING';
  if (left > 0) return state;
  return state === 'PLACING' ? 'PLACED' : state === 'SIGNING' ? 'SIGNED' : 'UNDONE';
}

/** The key by which a parcel's order is placed once, however often it is tried. */
export function parcelKey(bulkOrderId: string, parcelNo: number): string {
  return `bulk:${bulkOrderId}:${parcelNo}`;
}
