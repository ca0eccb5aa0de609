import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { DoorOpeningTaken } from './door-opening.events.js';
import type { PickUpEvent } from './pick-up.events.js';
import type { VendId } from './vend.entity.js';

export type VendChanged = Event<'vend.changed', { readonly vendId: VendId; readonly orderId: IdOf<'ord'> }>;

export type VendingEvent = VendChanged | DoorOpeningTaken | PickUpEvent;

/** It has begun, or something of it is known: whoever watches the order looks again. */
export function vendChanged(vendId: VendId, orderId: IdOf<'ord'>, at: Date): VendChanged {
  return newEvent('vend.changed', { vendId, orderId }, at);
}
