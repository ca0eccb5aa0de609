import { type Event, newEvent } from '#platform/outbox';
import type { ProductId } from './product.entity.js';

export type ProductChanged = Event<'product.changed', { readonly productId: ProductId }>;

export type CatalogEvent = ProductChanged;

/** Listed, renamed, at another price, on or off the shelf; what it is now, whoever is woken reads. */
export function productChanged(productId: ProductId, at: Date): ProductChanged {
  return newEvent('product.changed', { productId }, at);
}
