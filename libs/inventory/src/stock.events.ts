import { type Event, newEvent } from '#platform/outbox';
import type { AdoptionOfferChanged } from './adoption-offer.events.js';
import type { PresaleChanged } from './presale.events.js';

export type StockReceived = Event<'stock.received', { readonly variantId: string }>;

export type StockTransferred = Event<'stock.transferred', { readonly variantIds: readonly string[] }>;

export type StockStopChanged = Event<'stock.stop_changed', { readonly variantIds: readonly string[] }>;

export type InventoryEvent =
  | StockReceived
  | StockTransferred
  | StockStopChanged
  | PresaleChanged
  | AdoptionOfferChanged;

/** Goods have come into a warehouse. What orders hold and give back are facts of the orders. */
export function stockReceived(variantId: string, at: Date): StockReceived {
  return newEvent('stock.received', { variantId }, at);
}

/** Goods have gone out of a warehouse onto a van, or come back. */
export function stockTransferred(variantIds: readonly string[], at: Date): StockTransferred {
  return newEvent('stock.transferred', { variantIds }, at);
}

/** A batch of these is sold no longer, or again. */
export function stockStopChanged(variantIds: readonly string[], at: Date): StockStopChanged {
  return newEvent('stock.stop_changed', { variantIds }, at);
}
