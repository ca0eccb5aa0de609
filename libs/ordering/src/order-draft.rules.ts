import type { BatchRow } from '#libs/catalog';
import type { Allocation } from '#libs/inventory';
import { type IdOf, type newId, present } from '#libs/kernel';
import { paymentDueAt, signatureDueAt } from './after-sale.rules.js';
import type { Handover, MerchantOrder } from './merchant-order.entity.js';
import type { Order } from './order.entity.js';
import type { OrderLine } from './order-line.entity.js';
import {
  type OfferedLine,
  type OrderTerm,
  type OrderTotals,
  type Purchase,
  type Recipient,
  goodsOf,
} from './order.rules.js';

/** A row to be written: what the entity holds, without being one. */
type RowOf<Entity> = Pick<Entity, keyof Entity>;

export interface OrderDraft {
  readonly order: RowOf<Order>;
  readonly merchantOrders: readonly RowOf<MerchantOrder>[];
  readonly lines: readonly RowOf<OrderLine>[];
  /** Which line takes how much from which stock level. */
  readonly picks: readonly {
    readonly orderLineId: string;
    readonly levelId: string;
    readonly quantity: number;
  }[];
}

export interface DraftFacts {
  readonly buyerId: IdOf<'usr'>;
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
  readonly recipient: Recipient;
  readonly purchase: Purchase;
  readonly handover: Handover;
  readonly orderId: Order['id'];
  readonly term: OrderTerm;
  readonly offered: readonly OfferedLine[];
  readonly totals: OrderTotals;
  readonly allocations: readonly Allocation[];
  readonly batches: readonly BatchRow[];
  readonly placedAt: Date;
}

/** The rows of a new order: a part per merchant, a line per offered line and batch. */
export function draftOrder(facts: DraftFacts, makeId: typeof newId): OrderDraft {
  const order = orderOf(facts);
  const merchantOrders = facts.totals.parts.map(
    ({ merchantId, goodsFen, freightFen }): RowOf<MerchantOrder> => ({
      id: makeId('mor'),
      orderId: order.id,
      merchantId: merchantId as IdOf<'mer'>,
      state: 'UNPAID',
      handover: facts.handover,
      goodsFen,
      freightFen,
      placedAt: facts.placedAt,
      paidAt: null,
      shippedAt: null,
      receivedAt: null,
      receivedBy: null,
      autoReceiptAt: null,
      releaseDueAt: null,
      completedAt: null,
    }),
  );
  const partOf = new Map(merchantOrders.map((part) => [part.merchantId, part]));
  const batchOf = new Map<string, BatchRow>(facts.batches.map((batch) => [batch.id, batch]));
  const cuts = facts.allocations.map((allocation) => {
    const offered = present(facts.offered[allocation.want], 'the line of an allocation');
    const part = present(partOf.get(offered.variant.merchantId), 'a part per merchant');
    const batch = present(batchOf.get(allocation.batchId), `batch ${allocation.batchId}`);
    const { quantity, levelId } = allocation;
    const line = lineOf({ id: makeId('oln'), part, offered, batch, quantity }, facts);
    return {
      line,
      pick: { orderLineId: line.id, levelId, quantity },
    };
  });
  return { order, merchantOrders, lines: cuts.map((cut) => cut.line), picks: cuts.map((cut) => cut.pick) };
}

function orderOf(facts: DraftFacts): RowOf<Order> {
  const { buyerId, idempotencyKey, requestHash, recipient, purchase, term, totals, placedAt } = facts;
  return {
    id: facts.orderId,
    buyerId,
    idempotencyKey,
    requestHash,
    state: 'PLACED',
    goodsFen: totals.goodsFen,
    freightFen: totals.freightFen,
    totalFen: totals.totalFen,
    recipientName: recipient.name.trim(),
    recipientPhone: recipient.phone,
    recipientCountyCode: recipient.countyCode,
    recipientAddress: recipient.address.trim(),
    unitId: purchase.unitId,
    campaignCode: purchase.campaignCode,
    ...term,
    placedAt,
    expiresAt: term.paymentTerm === 'ON_ACCOUNT' ? signatureDueAt(placedAt) : paymentDueAt(placedAt),
    signedAt: null,
    signedBy: null,
    paidAt: null,
    cancelledAt: null,
    cancelReason: null,
  };
}

interface Cut {
  readonly id: OrderLine['id'];
  readonly part: RowOf<MerchantOrder>;
  readonly offered: OfferedLine;
  readonly batch: BatchRow;
  readonly quantity: number;
}

/** Origin and linkage come from the batch: where it grew, not where the seller is registered. */
function lineOf(
  { id, part, offered, batch, quantity }: Cut,
  { recipient, purchase }: Pick<DraftFacts, 'recipient' | 'purchase'>,
): RowOf<OrderLine> {
  const { variant, place } = offered;
  return {
    id,
    orderId: part.orderId,
    merchantOrderId: part.id,
    merchantId: variant.merchantId,
    productId: variant.productId,
    variantId: variant.id,
    batchId: batch.id,
    productName: variant.productName,
    variantName: variant.name,
    quantity,
    unitPriceFen: goodsOf(variant.priceFen, 1),
    goodsFen: goodsOf(variant.priceFen, quantity),
    subsidyFen: 0n,
    netWeightG: variant.netWeightG * quantity,
    isPerishable: variant.isPerishable,
    originCountyCode: batch.originCountyCode,
    sellerCountyCode: variant.sellerCountyCode,
    channelKind: place.channelKind,
    channelPointId: place.channelPointId as OrderLine['channelPointId'],
    saleCountyCode: place.saleCountyCode,
    consumptionCountyCode: recipient.countyCode,
    ...purchase,
    linkageAgreementId: batch.linkageAgreementId as OrderLine['linkageAgreementId'],
    certificationId: null,
  };
}
