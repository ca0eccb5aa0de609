import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { MerchantOrderId, ReceivedBy } from './merchant-order.entity.js';
import type { CalledOffBy } from './order-line-call-off.entity.js';
import type { OrderLineId } from './order-line.entity.js';
import type { CancelReason, OrderId } from './order.entity.js';
import type { DelayNotice, DelayNoticeId, DelayNoticeState } from './presale-order.entity.js';

/** Instants travel as RFC 3339 text. */
export type OrderPlaced = Event<'order.placed', { readonly orderId: OrderId; readonly buyerId: IdOf<'usr'> }>;

export type OrderPaid = Event<
  'order.paid',
  { readonly orderId: OrderId; readonly paymentId: string; readonly paidAt: string }
>;

/** A part of it has been paid; the rest is due by then. */
export type OrderDepositPaid = Event<
  'order.deposit_paid',
  {
    readonly orderId: OrderId;
    readonly paymentId: string;
    readonly paidAt: string;
    readonly balanceDueAt: string;
  }
>;

/** The rest has not been paid, and will be due soon: the buyer is reminded. */
export type OrderBalanceDue = Event<
  'order.balance_due',
  { readonly orderId: OrderId; readonly balanceFen: string; readonly balanceDueAt: string }
>;

/** A promised day is not kept: the buyer is asked. */
export type DelayNoticeOpened = Event<
  'delay_notice.opened',
  {
    readonly noticeId: DelayNoticeId;
    readonly orderId: OrderId;
    readonly promisedOn: string;
    readonly proposedOn: string;
    readonly answerDueAt: string;
  }
>;

/** Somebody has answered, or nobody in time, or there is nothing left to answer. */
export type DelayNoticeClosed = Event<
  'delay_notice.closed',
  { readonly noticeId: DelayNoticeId; readonly orderId: OrderId; readonly state: DelayNoticeState }
>;

/** An approver of the unit has signed: it is owed from now on, and may be shipped. */
export type OrderSigned = Event<
  'order.signed',
  {
    readonly orderId: OrderId;
    readonly unitId: string;
    readonly amountFen: string;
    readonly signedAt: string;
  }
>;

export type OrderCancelled = Event<
  'order.cancelled',
  {
    readonly orderId: OrderId;
    readonly buyerId: IdOf<'usr'>;
    readonly reason: CancelReason;
    /** True when money must go back, or what is owed be credited. */
    readonly wasPaid: boolean;
  }
>;

/** What a guest has placed belongs to somebody who is known. */
export type OrderClaimed = Event<
  'order.claimed',
  { readonly orderId: OrderId; readonly guestId: IdOf<'usr'>; readonly buyerId: IdOf<'usr'> }
>;

interface MerchantOrderRef {
  readonly merchantOrderId: MerchantOrderId;
  readonly orderId: OrderId;
}

/** A parcel has left, and something has not left yet. */
export type MerchantOrderPartlyShipped = Event<
  'merchant_order.partly_shipped',
  MerchantOrderRef & { readonly fulfillmentId: string }
>;

/** Nothing is left that has to leave; the parcel was the last. */
export type MerchantOrderShipped = Event<
  'merchant_order.shipped',
  MerchantOrderRef & { readonly fulfillmentId: string }
>;

/** Parcels have arrived, and something else has not. */
export type MerchantOrderPartlyReceived = Event<
  'merchant_order.partly_received',
  MerchantOrderRef & { readonly fulfillmentIds: readonly string[]; readonly receivedBy: ReceivedBy }
>;

export interface CalledOffUnits {
  readonly orderLineId: OrderLineId;
  readonly quantity: number;
}

/** What has not left will not: its money goes back. */
export type MerchantOrderRestCalledOff = Event<
  'merchant_order.rest_called_off',
  MerchantOrderRef & {
    readonly lines: readonly CalledOffUnits[];
    readonly calledOffBy: CalledOffBy;
    /** Nothing of the part has travelled, so its freight goes back as well; facts from before this was said say nothing. */
    readonly isWhole?: boolean;
  }
>;

/** Everything that left has arrived. */
export type MerchantOrderReceived = Event<
  'merchant_order.received',
  MerchantOrderRef & { readonly receivedAt: string; readonly receivedBy: ReceivedBy }
>;

export type MerchantOrderCompleted = Event<
  'merchant_order.completed',
  MerchantOrderRef & { readonly completedAt: string }
>;

/** A merchant has something to send: how many orders are late, and due today and tomorrow, in decimal text. Once a day. */
export type DispatchReminded = Event<
  'dispatch.reminded',
  {
    readonly merchantId: IdOf<'mer'>;
    readonly late: string;
    readonly dueToday: string;
    readonly dueTomorrow: string;
  }
>;

export type OrderingEvent =
  | DispatchReminded
  | OrderPlaced
  | OrderDepositPaid
  | OrderBalanceDue
  | DelayNoticeOpened
  | DelayNoticeClosed
  | OrderPaid
  | OrderSigned
  | OrderCancelled
  | OrderClaimed
  | MerchantOrderPartlyShipped
  | MerchantOrderShipped
  | MerchantOrderPartlyReceived
  | MerchantOrderRestCalledOff
  | MerchantOrderReceived
  | MerchantOrderCompleted;

export function orderPlaced(payload: OrderPlaced['payload'], at: Date): OrderPlaced {
  return newEvent('order.placed', payload, at);
}

export function orderPaid(payload: { orderId: OrderId; paymentId: string }, paidAt: Date): OrderPaid {
  return newEvent('order.paid', { ...payload, paidAt: paidAt.toISOString() }, paidAt);
}

export function orderDepositPaid(
  { orderId, paymentId, balanceDueAt }: { orderId: OrderId; paymentId: string; balanceDueAt: Date },
  paidAt: Date,
): OrderDepositPaid {
  const payload = {
    orderId,
    paymentId,
    paidAt: paidAt.toISOString(),
    balanceDueAt: balanceDueAt.toISOString(),
  };
  return newEvent('order.deposit_paid', payload, paidAt);
}

export function orderBalanceDue(
  { orderId, balanceFen, balanceDueAt }: { orderId: OrderId; balanceFen: bigint; balanceDueAt: Date },
  at: Date,
): OrderBalanceDue {
  const payload = { orderId, balanceFen: balanceFen.toString(), balanceDueAt: balanceDueAt.toISOString() };
  return newEvent('order.balance_due', payload, at);
}

export function delayNoticeOpened(
  notice: Pick<DelayNotice, 'id' | 'orderId' | 'promisedOn' | 'proposedOn' | 'answerDueAt'>,
  at: Date,
): DelayNoticeOpened {
  const { id: noticeId, orderId, promisedOn, proposedOn, answerDueAt } = notice;
  const payload = { noticeId, orderId, promisedOn, proposedOn, answerDueAt: answerDueAt.toISOString() };
  return newEvent('delay_notice.opened', payload, at);
}

export function delayNoticeClosed(
  { id: noticeId, orderId }: Pick<DelayNotice, 'id' | 'orderId'>,
  state: DelayNoticeState,
  at: Date,
): DelayNoticeClosed {
  return newEvent('delay_notice.closed', { noticeId, orderId, state }, at);
}

export function dispatchReminded(
  {
    merchantId,
    late,
    dueToday,
    dueTomorrow,
  }: Record<'late' | 'dueToday' | 'dueTomorrow', number> & {
    readonly merchantId: IdOf<'mer'>;
  },
  at: Date,
): DispatchReminded {
  const payload = {
    merchantId,
    late: String(late),
    dueToday: String(dueToday),
    dueTomorrow: String(dueTomorrow),
  };
  return newEvent('dispatch.reminded', payload, at);
}

export function orderSigned(
  { id: orderId, unitId, totalFen }: { id: OrderId; unitId: string; totalFen: bigint },
  signedAt: Date,
): OrderSigned {
  const payload = { orderId, unitId, amountFen: totalFen.toString(), signedAt: signedAt.toISOString() };
  return newEvent('order.signed', payload, signedAt);
}

export function orderCancelled(payload: OrderCancelled['payload'], at: Date): OrderCancelled {
  return newEvent('order.cancelled', payload, at);
}

export function orderClaimed(payload: OrderClaimed['payload'], at: Date): OrderClaimed {
  return newEvent('order.claimed', payload, at);
}

export function merchantOrderPartlyShipped(
  { merchantOrderId, orderId }: MerchantOrderRef,
  fulfillmentId: string,
  at: Date,
): MerchantOrderPartlyShipped {
  return newEvent('merchant_order.partly_shipped', { merchantOrderId, orderId, fulfillmentId }, at);
}

export function merchantOrderShipped(
  { merchantOrderId, orderId }: MerchantOrderRef,
  fulfillmentId: string,
  at: Date,
): MerchantOrderShipped {
  return newEvent('merchant_order.shipped', { merchantOrderId, orderId, fulfillmentId }, at);
}

export function merchantOrderPartlyReceived(
  { merchantOrderId, orderId }: MerchantOrderRef,
  fulfillmentIds: readonly string[],
  receivedBy: ReceivedBy,
  at: Date,
): MerchantOrderPartlyReceived {
  const payload = { merchantOrderId, orderId, fulfillmentIds, receivedBy };
  return newEvent('merchant_order.partly_received', payload, at);
}

export function merchantOrderRestCalledOff(
  payload: MerchantOrderRestCalledOff['payload'],
  at: Date,
): MerchantOrderRestCalledOff {
  return newEvent('merchant_order.rest_called_off', payload, at);
}

export function merchantOrderReceived(
  { merchantOrderId, orderId }: MerchantOrderRef,
  receivedBy: ReceivedBy,
  at: Date,
): MerchantOrderReceived {
  const receivedAt = at.toISOString();
  return newEvent('merchant_order.received', { merchantOrderId, orderId, receivedAt, receivedBy }, at);
}

export function merchantOrderCompleted(
  { merchantOrderId, orderId }: MerchantOrderRef,
  at: Date,
): MerchantOrderCompleted {
  const completedAt = at.toISOString();
  return newEvent('merchant_order.completed', { merchantOrderId, orderId, completedAt }, at);
}
