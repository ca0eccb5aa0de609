import { type Event, newEvent } from '#platform/outbox';
import type { AfterSale, AfterSaleAct, AfterSaleId, AfterSaleState } from './after-sale.entity.js';
import { heldLines } from './after-sale.rules.js';

interface AfterSaleRef {
  readonly afterSaleId: AfterSaleId;
  readonly orderId: AfterSale['orderId'];
}

/** A buyer asks for something: what the line, and perhaps its freight, brought stays where it is until the case is closed. */
export type AfterSaleOpened = Event<
  'after_sale.opened',
  AfterSaleRef & {
    /** The line, and the merchant order for its freight where that may go back too. */
    readonly lineIds: readonly string[];
  }
>;

/** One of those concerned, or time, has acted; the case goes on. */
export type AfterSaleChanged = Event<
  'after_sale.changed',
  AfterSaleRef & { readonly act: AfterSaleAct; readonly state: AfterSaleState }
>;

/** It is over, one way or another. */
export type AfterSaleClosed = Event<
  'after_sale.closed',
  AfterSaleRef & {
    readonly lineIds: readonly string[];
    readonly act: AfterSaleAct;
    readonly outcome: AfterSaleState;
  }
>;

export type AfterSaleEvent = AfterSaleOpened | AfterSaleChanged | AfterSaleClosed;

type Told = Pick<AfterSale, 'id' | 'orderId' | 'merchantOrderId' | 'orderLineId' | 'reason'>;

export function afterSaleOpened(opened: Told, at: Date): AfterSaleOpened {
  const { id, orderId } = opened;
  return newEvent('after_sale.opened', { afterSaleId: id, orderId, lineIds: heldLines(opened) }, at);
}

export function afterSaleChanged(
  { id, orderId }: Told,
  act: AfterSaleAct,
  state: AfterSaleState,
  at: Date,
): AfterSaleChanged {
  return newEvent('after_sale.changed', { afterSaleId: id, orderId, act, state }, at);
}

export function afterSaleClosed(
  closed: Told,
  act: AfterSaleAct,
  outcome: AfterSaleState,
  at: Date,
): AfterSaleClosed {
  const { id, orderId } = closed;
  const payload = { afterSaleId: id, orderId, lineIds: heldLines(closed), act, outcome };
  return newEvent('after_sale.closed', payload, at);
}
