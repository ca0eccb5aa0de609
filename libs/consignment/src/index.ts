export * from './consignment.module.js';
export { Offtake, type OfftakeId } from './offtake.entity.js';
export * from './offtake.errors.js';
export { OFFTAKE_KEY_PARTS, type OfftakeFilter, OfftakeReader, type OfftakeRow } from './offtake.reader.js';
export { type OfftakeAct, refuseOfftakeDays } from './offtake.rules.js';
export { type OfftakeInput, OfftakeService } from './offtake.service.js';
export { type RangeGoods, RangeGoodsReader } from './range-goods.reader.js';
export { RangeOffer, type RangeOfferId } from './range-offer.entity.js';
export * from './range-offer.errors.js';
export {
  RANGE_KEY_PARTS,
  type RangeFilter,
  RangeOfferReader,
  type RangeOfferRow,
} from './range-offer.reader.js';
export type { RangeAct } from './range-offer.rules.js';
export { RangeOfferService } from './range-offer.service.js';
export { SellThroughChunkService } from './sell-through-chunk.service.js';
export {
  SellThrough,
  SellThroughChunk,
  type SellThroughId,
  SellThroughLine,
  SellThroughPart,
  SellThroughRow,
} from './sell-through.entity.js';
export * from './sell-through.errors.js';
export {
  CONSIGNMENT_SALE_KEY_PARTS,
  type ConsignmentSaleRow,
  SELL_THROUGH_KEY_PARTS,
  SELL_THROUGH_ROW_KEY_PARTS,
  type SellThroughFileRow,
  SellThroughReader,
  type SellThroughRowRow,
} from './sell-through.reader.js';
export { SELL_THROUGH_LIMITS, faultMessage, fileFault } from './sell-through.rules.js';
export { SellThroughFileService } from './sell-through-file.service.js';
export { SellThroughRunService } from './sell-through-run.service.js';
export { SellThroughService } from './sell-through.service.js';
