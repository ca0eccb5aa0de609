export * from './adoption-offer.entity.js';
export * from './adoption-offer.errors.js';
export type * from './adoption-offer.events.js';
export * from './adoption-offer.module.js';
export * from './adoption-offer.reader.js';
export type {
  AdoptionInstalmentWish,
  AdoptionObjectWish,
  AdoptionOfferWish,
} from './adoption-offer.rules.js';
export * from './adoption-offer.service.js';
export * from './batch-stock.reader.js';
export type { StopCause } from './batch-stop.entity.js';
export * from './batch-stop.service.js';
export * from './inventory.module.js';
export * from './presale.entity.js';
export * from './presale.errors.js';
export type * from './presale.events.js';
export * from './presale.reader.js';
export { PRESALE_DAYS_MAX, type PresaleWish, promisedDay } from './presale.rules.js';
export * from './presale.service.js';
export * from './live-stock.module.js';
export * from './presale-turn.service.js';
export { type VariantStock, stockOf, watchedAmong } from './live-stock.rules.js';
export * from './live-stock.service.js';
export { heldPart } from './held-part.rules.js';
export * from './place-range.reader.js';
export * from './shelf-facet.reader.js';
export * from './shelf-stock.reader.js';
export * from './shelf.reader.js';
export * from './slot-stock.errors.js';
export * from './slot-movement.reader.js';
export * from './slot-stock.reader.js';
export * from './slot-stock.service.js';
export * from './stock-level.entity.js';
export * from './stock-location.entity.js';
export * from './stock-movement.entity.js';
export * from './stock-place.reader.js';
export * from './stock-reservation.entity.js';
export * from './stock-shift.service.js';
export * from './stock-watch.module.js';
export * from './stock-watch.service.js';
export * from './stock.errors.js';
export type * from './stock.events.js';
export * from './stock.reader.js';
export type { LevelRow } from './stock.repository.js';
export {
  type Allocation,
  type PlanRefusal,
  RECEIPT_QUANTITY_MAX,
  type SlotPlace,
  type Taking,
  type Want,
  type WantedAdoption,
  type WantedHarvest,
  allocateWants,
  takenBy,
} from './stock.rules.js';
export * from './stock.service.js';
export * from './slot-visit.service.js';
export * from './van-stock.errors.js';
export * from './van-stock.reader.js';
export * from './van-stock.service.js';
export * from './warehouse.reader.js';
export * from './warehouse.service.js';
export type { PlaceSale } from './place-stock.rules.js';
export { PlaceStockService } from './place-stock.service.js';
