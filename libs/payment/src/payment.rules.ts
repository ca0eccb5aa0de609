import { DAY_MS, type Fen, HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import type { Disposition, Payment, PaymentState, RecordedMethod } from './payment.entity.js';
import type { PaymentStage } from '#libs/ordering';
import { OrderNotPayableError } from './payment.errors.js';
import type { MethodCapability, PaymentSnapshot } from './payment.gateway.js';

/** Of a payment that has just been made: nothing for its buyer to do, and no money yet. */
export const NOTHING_CAPTURED = {
  actionKind: null,
  actionUrl: null,
  capturedFen: null,
  capturedAt: null,
  disposition: null,
  feeFen: null,
  feeRef: null,
} as const;

export interface PayableOrder {
  readonly state: 'PLACED' | 'SIGNED' | 'PAID' | 'CANCELLED';
  readonly paymentTerm: 'PREPAID' | 'ON_ACCOUNT';
  readonly totalFen: Fen;
  readonly expiresAt: Date;
}

export function refuseStart(order: PayableOrder, now: Date): OrderNotPayableError | null {
  // Nobody can be asked for nothing: an order of zero fen is paid as soon as it is placed.
  const isOpen = order.state === 'PLACED' && now < order.expiresAt && order.totalFen > 0n;
  // What is bought on account is paid to our bank, once it has come.
  const isOnAccount = order.paymentTerm === 'ON_ACCOUNT';
  return isOpen && !isOnAccount ? null : new OrderNotPayableError(order.state, order.expiresAt, isOnAccount);
}

/** What is asked for next: all of it at once, or the deposit, and once that has come the rest. */
export function dueOf({
  totalFen,
  depositFen,
  depositPaidAt,
}: Pick<PayableOrder, 'totalFen'> & { readonly depositFen: Fen; readonly depositPaidAt: Date | null }): {
  readonly stage: PaymentStage;
  readonly amountFen: Fen;
} {
  if (depositFen === 0n) return { stage: 'WHOLE', amountFen: totalFen };
  if (depositPaidAt === null) return { stage: 'DEPOSIT', amountFen: depositFen };
  return { stage: 'BALANCE', amountFen: totalFen - depositFen };
}

/** Attempts that may still bring money. */
export const LIVE_STATES: readonly PaymentState[] = ['STARTING', 'UNKNOWN', 'AWAITING_BUYER', 'PROCESSING'];

export function isLive({ state }: Pick<Payment, 'state'>): boolean {
  return LIVE_STATES.includes(state);
}

/** Whether the provider's answer to its creation is still owed. */
export function isUnanswered({ state }: Pick<Payment, 'state'>): boolean {
  return state === 'STARTING' || state === 'UNKNOWN';
}

const RANKS: Readonly<Record<PaymentState, number>> = {
  STARTING: 0,
  UNKNOWN: 0,
  AWAITING_BUYER: 1,
  PROCESSING: 2,
  FAILED: 3,
  CANCELLED: 3,
  SUCCEEDED: 4,
};

/**
 * States only rise, whatever order the news arrives in; among the final ones only success may still follow, because a wallet can
 * be paid a moment before it is cancelled. On the card's page a declined buyer may try again; a declined wallet is over.
 */
export function nextState(
  { state, method }: { readonly state: PaymentState; readonly method: RecordedMethod },
  seen: PaymentSnapshot['state'],
): PaymentState {
  // What is held is on its way: whoever holds it captures it.
  if (seen === 'HELD') return RANKS.PROCESSING > RANKS[state] ? 'PROCESSING' : state;
  const seenState = seen === 'DECLINED' ? (method === 'CARD' ? 'AWAITING_BUYER' : 'FAILED') : seen;
  return RANKS[seenState] > RANKS[state] ? seenState : state;
}

/** Whether the money is of the kind and amount that was asked for; only then may the order be paid with it. */
export function isAsAsked(
  { amountFen }: Pick<Payment, 'amountFen'>,
  { amount, currency }: NonNullable<PaymentSnapshot['captured']>,
): boolean {
  return currency === 'cny' && amount === amountFen;
}

/** When it was captured: a provider whose clock runs ahead of ours has not been paid in the future, so then it is now. */
export function capturedAt({ at }: NonNullable<PaymentSnapshot['captured']>, now: Date): Date {
  return at < now ? at : now;
}

/** Money that the order cannot keep goes back at once; money that nobody asked for waits for a person. */
export function refundReasonOf(disposition: Disposition): 'LATE' | 'DUPLICATE' | null {
  return disposition === 'LATE' || disposition === 'DUPLICATE' ? disposition : null;
}

const CHECK_SOONEST_MS = MINUTE_MS;
const CHECK_LATEST_MS = 6 * HOUR_MS;

/** Waits as long again as has been waited: 1, 1, 2, 4 … minutes, at most six hours. */
export function nextCheckAt(createdAt: Date, now: Date): Date {
  const age = now.getTime() - createdAt.getTime();
  return plus(now, Math.min(Math.max(age, CHECK_SOONEST_MS), CHECK_LATEST_MS));
}

/** Fees are usually booked within hours; after that the bank statement has to say. */
const FEE_AWAITED_MS = 7 * DAY_MS;

/** When the janitor has to look again; null once nothing more is to be learned. */
export function nextCheckOf(
  payment: Pick<Payment, 'state' | 'createdAt' | 'feeRef'>,
  now: Date,
): Date | null {
  if (isLive(payment)) return nextCheckAt(payment.createdAt, now);
  const awaitsFee = payment.state === 'SUCCEEDED' && payment.feeRef === null;
  if (awaitsFee && now < plus(payment.createdAt, FEE_AWAITED_MS)) return nextCheckAt(payment.createdAt, now);
  return null;
}

/** The provider's index lags by minutes and its keys live for a day; what it has not heard of by then it never will. */
const ABSENCE_PROVEN_MS = DAY_MS;

export function isAbsenceProven({ createdAt }: Pick<Payment, 'createdAt'>, now: Date): boolean {
  return now.getTime() - createdAt.getTime() > ABSENCE_PROVEN_MS;
}

/** When the provider stops taking money back; null never. */
export function refundWindowEnd(
  { refundWindowDays }: Pick<MethodCapability, 'refundWindowDays'>,
  { capturedAt }: Pick<Payment, 'capturedAt'>,
): Date | null {
  return refundWindowDays === null || capturedAt === null
    ? null
    : plus(capturedAt, refundWindowDays * DAY_MS);
}
