import { type Event, newEvent } from '#platform/outbox';
import type { PresaleId } from './presale.entity.js';

export type PresaleChanged = Event<
  'presale.changed',
  { readonly presaleId: PresaleId; readonly variantIds: readonly string[] }
>;

/** The merchant has opened or closed it, or what its days have room for: of its variants there is another number to be had. */
export function presaleChanged(
  presaleId: PresaleId,
  variantIds: readonly string[],
  at: Date,
): PresaleChanged {
  return newEvent('presale.changed', { presaleId, variantIds }, at);
}
