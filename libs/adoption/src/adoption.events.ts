import type { AdoptionInstalmentRow, AdoptionRow, OrderId } from '#libs/ordering';
import { type Event, newEvent } from '#platform/outbox';

interface AdoptionRef {
  readonly adoptionId: AdoptionRow['id'];
  readonly orderId: OrderId;
}

/** Another day is promised for an instalment. */
export type AdoptionDelayed = Event<
  'adoption.delayed',
  AdoptionRef & { readonly orderLineId: AdoptionInstalmentRow['orderLineId']; readonly promisedOn: string }
>;

/** What an object has given in a season has been said. What was promised and is not there goes back by facts of the order. */
export type AdoptionHarvested = Event<
  'adoption.harvested',
  AdoptionRef & {
    /** The year. */
    readonly season: string;
    /** Portions, as decimal text. */
    readonly shortPortions: string;
  }
>;

/** An instalment came too late and comes no more; its money goes back by facts of the order. */
export type AdoptionCalledOff = Event<
  'adoption.called_off',
  AdoptionRef & {
    readonly orderLineId: AdoptionInstalmentRow['orderLineId'];
    /** Those that had not left, as decimal text. */
    readonly portions: string;
  }
>;

export type AdoptionEvent = AdoptionDelayed | AdoptionHarvested | AdoptionCalledOff;

export function adoptionDelayed(
  { adoptionId, orderId, orderLineId }: Pick<AdoptionInstalmentRow, 'adoptionId' | 'orderId' | 'orderLineId'>,
  promisedOn: string,
  at: Date,
): AdoptionDelayed {
  return newEvent('adoption.delayed', { adoptionId, orderId, orderLineId, promisedOn }, at);
}

export function adoptionHarvested(
  { id: adoptionId, orderId }: Pick<AdoptionRow, 'id' | 'orderId'>,
  season: number,
  shortPortions: number,
  at: Date,
): AdoptionHarvested {
  const said = { season: String(season), shortPortions: String(shortPortions) };
  return newEvent('adoption.harvested', { adoptionId, orderId, ...said }, at);
}

export function adoptionCalledOff(
  { adoptionId, orderId, orderLineId }: Pick<AdoptionInstalmentRow, 'adoptionId' | 'orderId' | 'orderLineId'>,
  portions: number,
  at: Date,
): AdoptionCalledOff {
  const said = { orderLineId, portions: String(portions) };
  return newEvent('adoption.called_off', { adoptionId, orderId, ...said }, at);
}
