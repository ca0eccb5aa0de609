import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import type { Handover } from './merchant-order.entity.js';

/** How long an order waits for its money while its stock is held. */
export const PAYMENT_WINDOW_MS = 15 * MINUTE_MS;
/** Somebody stands before the cabinet, and others behind them. */
const VEND_PAYMENT_WINDOW_MS = 3 * MINUTE_MS;
/** What has been taken is owed until it is paid: nothing is held for it that somebody else could have. As long as a debt can be claimed at all. */
const DEBT_WINDOW_MS = 20 * 366 * DAY_MS;
/**
 * An approver may be away over a weekend. Longer than that other buyers would miss what nobody has promised to buy; the unit's credit limit
 * bounds how much is held so.
 */
const SIGNATURE_WINDOW_MS = 3 * DAY_MS;
/**
 * What nobody complains about for so long has arrived. A parcel is long on its way; what waits at a place of sale is not, and whoever comes
 * for it sees it there.
 */
const AUTO_RECEIPT_AFTER_MS: Readonly<Record<Handover, number>> = {
  PARCEL: 10 * DAY_MS,
  PICK_UP: 2 * DAY_MS,
  VEND: 0, // What has come out has arrived.
  TAKEN: 0, // So has what somebody has taken.
};
/** The statutory seven days of return. */
const RETURN_WINDOW_MS = 7 * DAY_MS;
/** Fresh goods cannot be sent back; what is wrong with them shows within two days. */
const PERISHABLE_WINDOW_MS = 48 * HOUR_MS;

export function paymentDueAt(placedAt: Date, handover: Handover): Date {
  if (handover === 'TAKEN') return plus(placedAt, DEBT_WINDOW_MS);
  return plus(placedAt, handover === 'VEND' ? VEND_PAYMENT_WINDOW_MS : PAYMENT_WINDOW_MS);
}

export function signatureDueAt(placedAt: Date): Date {
  return plus(placedAt, SIGNATURE_WINDOW_MS);
}

/** `shippedAt`: when the parcel left, or the goods began to wait. */
export function autoReceiptAt(shippedAt: Date, handover: Handover): Date {
  return plus(shippedAt, AUTO_RECEIPT_AFTER_MS[handover]);
}

/**
 * The end of the after-sale window of a line's units, from the receipt of the parcel that carried them; no later than their money goes out, which
 * of what was received under older rules may be earlier.
 */
export function afterSaleUntil(
  receivedAt: Date,
  isPerishable: boolean,
  releaseDueAt: Date | null = null,
): Date {
  const endsAt = plus(receivedAt, isPerishable ? PERISHABLE_WINDOW_MS : RETURN_WINDOW_MS);
  return releaseDueAt !== null && releaseDueAt < endsAt ? releaseDueAt : endsAt;
}
