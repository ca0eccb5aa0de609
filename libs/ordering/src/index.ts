export * from './adoption-order.entity.js';
export * from './adoption-order.errors.js';
export * from './adoption-order.reader.js';
export * from './adoption-order.service.js';
export * from './batch-order.reader.js';
export * from './bought-line.reader.js';
export type { BuyAgainLine } from './buy-again.rules.js';
export * from './buy-again.service.js';
export * from './buyer-order.reader.js';
export { afterSaleUntil, autoReceiptAt } from './after-sale.rules.js';
export * from './campaign.entity.js';
export * from './campaign.reader.js';
export { type CampaignFacts, noSuchCampaign } from './campaign.rules.js';
export * from './campaign.service.js';
export type { CartLineChange } from './cart-change.rules.js';
export * from './cart-line.entity.js';
export * from './cart-view.reader.js';
export * from './cart.errors.js';
export { CART_LINES_MAX } from './cart.rules.js';
export * from './cart.service.js';
export * from './checkout-preview.reader.js';
export * from './freight-template.errors.js';
export * from './freight-template.reader.js';
export * from './freight-template.service.js';
export {
  DEFAULT_FREIGHT,
  type FreightTemplate,
  type FreightTemplateWish,
  type FreightZone,
  freightOf,
  provinceOf,
} from './freight.rules.js';
export * from './delay.service.js';
export * from './dispatch.reader.js';
export * from './dispatch-term.entity.js';
export * from './dispatch-term.reader.js';
export * from './dispatch-term.service.js';
export type { MergedLine, MergeOutcome } from './cart-merge.rules.js';
export * from './guest-merge.service.js';
export * from './many-orders.reader.js';
export * from './merchant-order.entity.js';
export * from './merchant-order.errors.js';
export * from './merchant-order.reader.js';
export { refuseCallOff, refuseReceipt, refuseShipping } from './merchant-order.rules.js';
export type { LockedMerchantOrder } from './merchant-order.repository.js';
export type { WatchedInstalment } from './adoption-order.repository.js';
export * from './merchant-order.service.js';
export * from './to-ship.reader.js';
export * from './order-line.entity.js';
export * from './order-line-call-off.entity.js';
export * from './order-line-funding.entity.js';
export * from './order-placement.service.js';
export * from './order.entity.js';
export * from './order.errors.js';
export * from './order.events.js';
export * from './order-seller.reader.js';
export * from './order.reader.js';
export type { LockedOrder } from './order.repository.js';
export {
  LINE_QUANTITY_MAX,
  ORDER_LINES_MAX,
  type OrderInput,
  type OrderTotals,
  type OrderWish,
  type Recipient,
  type WantedLine,
  refuseRecipient,
} from './order.rules.js';
export { type OrderPrice, type PricedLine, type PricedPart, missingForFree } from './price.rules.js';
export * from './part-delay.errors.js';
export type { PartDelay } from './part-delay.rules.js';
export * from './part-delay.service.js';
export * from './presale-order.entity.js';
export * from './presale-order.errors.js';
export * from './presale-order.reader.js';
export * from './presale-order.service.js';
export * from './purchase-limit.errors.js';
export * from './purchase-limit.reader.js';
export type { PurchaseLimit } from './purchase-limit.rules.js';
export * from './purchase-limit.service.js';
export * from './order-signing.service.js';
export * from './order.service.js';
export * from './ordering.module.js';
export * from './order-recipient.reader.js';
export * from './order-invoice-title.entity.js';
export * from './unit-order.reader.js';
