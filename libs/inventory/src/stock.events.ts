import { type Event, newEvent } from '#platform/outbox';

export type StockReceived = Event<'stock.received', { readonly variantId: string }>;

export type InventoryEvent = StockReceived;

/** Goods have come into a warehouse. What orders hold and give back are facts of the orders. */
export function stockReceived(variantId: string, at: Date): StockReceived {
  return newEvent('stock.received', { variantId }, at);
}
