import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { PickUpId } from './pick-up.entity.js';

interface AboutPickUp {
  readonly pickUpId: PickUpId;
  readonly orderId: IdOf<'ord'>;
}

export type PickUpPlaced = Event<'pick_up.placed', AboutPickUp>;
export type PickUpChanged = Event<'pick_up.changed', AboutPickUp>;
export type PickUpOverdue = Event<'pick_up.overdue', AboutPickUp>;
export type PickUpReturned = Event<
  'pick_up.returned',
  AboutPickUp & { readonly merchantOrderId: IdOf<'mor'> }
>;

export type PickUpEvent = PickUpPlaced | PickUpChanged | PickUpOverdue | PickUpReturned;

/** A parcel lies in a cell: its buyer is told where, by which code and until when. */
export function pickUpPlaced(pickUpId: PickUpId, orderId: IdOf<'ord'>, at: Date): PickUpPlaced {
  return newEvent('pick_up.placed', { pickUpId, orderId }, at);
}

/** Opened, stuck, taken, or taken out: whoever watches the order looks again. */
export function pickUpChanged(pickUpId: PickUpId, orderId: IdOf<'ord'>, at: Date): PickUpChanged {
  return newEvent('pick_up.changed', { pickUpId, orderId }, at);
}

/** Nobody has come for it in time: its buyer is told, and its code is worth nothing any more. */
export function pickUpOverdue(pickUpId: PickUpId, orderId: IdOf<'ord'>, at: Date): PickUpOverdue {
  return newEvent('pick_up.overdue', { pickUpId, orderId }, at);
}

/** It was given back to its seller, and its buyer is paid back. */
export function pickUpReturned(
  pickUpId: PickUpId,
  orderId: IdOf<'ord'>,
  merchantOrderId: IdOf<'mor'>,
  at: Date,
): PickUpReturned {
  return newEvent('pick_up.returned', { pickUpId, orderId, merchantOrderId }, at);
}
