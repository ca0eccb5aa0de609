import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';

/** An owner is to be told that little is left of these variants; one fact for each of them, so that nobody hears it twice because another did not. */
export type StockLow = Event<
  'stock.low',
  {
    readonly merchantId: string;
    readonly userId: IdOf<'usr'>;
    /** What has just fallen below what they want to have; of the first it is said by name. */
    readonly variantIds: readonly string[];
  }
>;

export type StockkeepingEvent = StockLow;

export function stockLow(payload: StockLow['payload'], at: Date): StockLow {
  return newEvent('stock.low', payload, at);
}
