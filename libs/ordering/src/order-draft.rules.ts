import type { BatchRow } from '#libs/catalog';
import { type Allocation, takenBy } from '#libs/inventory';
import { type Fen, type IdOf, allocate, businessDay, type newId, present, sumFen } from '#libs/kernel';
import { type Funding, isBySeller } from '#libs/promotion';
import { type AdoptionRows, adoptionOf, adoptionsOf } from './adoption-order.rules.js';
import { paymentDueAt, signatureDueAt } from './after-sale.rules.js';
import type { Handover, MerchantOrder } from './merchant-order.entity.js';
import type { Order } from './order.entity.js';
import type { OrderLine } from './order-line.entity.js';
import type { OrderInvoiceTitle } from './order-invoice-title.entity.js';
import type { OrderLineFunding } from './order-line-funding.entity.js';
import {
  type BillingTitle,
  type OfferedLine,
  type OrderTerm,
  type Purchase,
  type Recipient,
  goodsOf,
} from './order.rules.js';
import type { PresaleOrder } from './presale-order.entity.js';
import { balanceDueAt, depositOf, presaleOf } from './presale-order.rules.js';
import type { OrderPrice } from './price.rules.js';

/** A row to be written: what the entity holds, without being one. */
type RowOf<Entity> = Pick<Entity, keyof Entity>;

export interface OrderDraft {
  readonly order: RowOf<Order>;
  readonly merchantOrders: readonly RowOf<MerchantOrder>[];
  readonly lines: readonly RowOf<OrderLine>[];
  readonly fundings: readonly RowOf<OrderLineFunding>[];
  /** None where the unit is billed by the title of its register. */
  readonly invoiceTitles: readonly RowOf<OrderInvoiceTitle>[];
  /** One where it is of a presale, and none for what is in stock. */
  readonly presaleOrders: readonly RowOf<PresaleOrder>[];
  /** None unless something is adopted. */
  readonly adopted: AdoptionRows;
  /** Which line takes how much from which stock level, day of a harvest, or object that is adopted. */
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
  readonly invoiceTitle: BillingTitle | null;
  readonly handover: Handover;
  readonly orderId: Order['id'];
  readonly term: OrderTerm;
  readonly offered: readonly OfferedLine[];
  /** Of the offered lines, in their order. */
  readonly totals: OrderPrice;
  readonly allocations: readonly Allocation[];
  readonly batches: readonly BatchRow[];
  /** By merchant, the day by which what is in stock leaves. */
  readonly promises: ReadonlyMap<string, string>;
  readonly placedAt: Date;
  /** What is kept ready for it; missing where nothing is. */
  readonly heldFen?: Fen;
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
      openingSince: null,
      waybillCarrier: null,
      dueOn: businessDay(facts.placedAt),
      pickUpPointId: facts.handover === 'PICK_UP' ? placeOf(facts) : null,
    }),
  );
  const partOf = new Map(merchantOrders.map((part) => [part.merchantId, part]));
  const batchOf = new Map<string, BatchRow>(facts.batches.map((batch) => [batch.id, batch]));
  const funded = fundingsOfCuts(facts);
  const cuts = facts.allocations.map((allocation, index) => {
    const offered = present(facts.offered[allocation.want], 'the line of an allocation');
    const part = present(partOf.get(offered.variant.merchantId), 'a part per merchant');
    const batch = present(batchOf.get(allocation.batchId), `batch ${allocation.batchId}`);
    const { quantity } = allocation;
    const fundings = present(funded[index], 'what pays a cut');
    const ahead = allocation.harvest ?? allocation.adopted;
    const promisedOn = ahead?.promisedOn ?? facts.promises.get(part.merchantId) ?? null;
    const cut = { id: makeId('oln'), part, offered, batch, quantity, fundings, promisedOn };
    const line = lineOf(cut, facts);
    return {
      line,
      allocation,
      fundings: fundings.map((funding) => ({ ...funding, orderLineId: line.id, orderId: order.id })),
      pick: { orderLineId: line.id, ...takenBy(allocation) },
    };
  });
  return {
    order,
    merchantOrders: merchantOrders.map((part) => ({
      ...part,
      dueOn:
        firstPromised(cuts.flatMap(({ line }) => (line.merchantOrderId === part.id ? line : []))) ??
        part.dueOn,
    })),
    lines: cuts.map((cut) => cut.line),
    fundings: cuts.flatMap((cut) => cut.fundings),
    invoiceTitles: titlesOf(order.id, facts.invoiceTitle),
    presaleOrders: presaleOrdersOf(facts),
    adopted: adoptionsOf(
      order,
      adoptionOf(facts.offered),
      cuts.map(({ line, allocation }) => ({ orderLineId: line.id, ...allocation })),
      makeId,
    ),
    picks: cuts.map((cut) => cut.pick),
  };
}

/** Null where nothing was promised. */
function firstPromised(lines: readonly Pick<OrderLine, 'promisedOn'>[]): string | null {
  return lines.flatMap(({ promisedOn }) => promisedOn ?? []).toSorted()[0] ?? null;
}

/** What is picked up was bought through one place, all of it. */
function placeOf({ offered }: Pick<DraftFacts, 'offered'>): IdOf<'chp'> {
  return present(offered[0], 'a line').place.channelPointId as IdOf<'chp'>;
}

function titlesOf(orderId: Order['id'], title: BillingTitle | null): RowOf<OrderInvoiceTitle>[] {
  return title ? [{ orderId, title: title.title, taxNo: title.taxNumber }] : [];
}

/** What pays an offered line pays its cuts, in proportion to what is left of each: by largest remainder, and never more than a cut costs. */
function fundingsOfCuts({
  offered,
  totals,
  allocations,
}: Pick<DraftFacts, 'offered' | 'totals' | 'allocations'>): readonly (readonly Funding[])[] {
  const ofCuts: Funding[][] = allocations.map(() => []);
  for (const [want, priced] of totals.lines.entries()) {
    const priceFen = goodsOf(present(offered[want], 'an offered line').variant.priceFen, 1);
    const cuts = allocations.flatMap((cut, index) => (cut.want === want ? [{ index, ...cut }] : []));
    const left = cuts.map(({ quantity }) => priceFen * BigInt(quantity));
    for (const funding of priced.fundings) {
      for (const [place, amountFen] of allocate(funding.amountFen, left).entries()) {
        left[place] = (left[place] ?? 0n) - amountFen;
        if (amountFen > 0n) ofCuts[cuts[place]?.index ?? 0]?.push({ ...funding, amountFen });
      }
    }
  }
  return ofCuts;
}

function paidBy(fundings: readonly Funding[], bySeller: boolean): Fen {
  return sumFen(
    fundings.filter(({ kind }) => isBySeller(kind) === bySeller).map(({ amountFen }) => amountFen),
  );
}

/** The order itself, which depends on nothing that only the transaction knows but its term. */
export function orderOf(facts: Omit<DraftFacts, 'allocations' | 'batches'>): RowOf<Order> {
  const { buyerId, idempotencyKey, requestHash, recipient, purchase, term, totals, placedAt } = facts;
  return {
    id: facts.orderId,
    buyerId,
    idempotencyKey,
    requestHash,
    state: 'PLACED',
    goodsFen: totals.goodsFen,
    subsidyFen: totals.subsidyFen,
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
    ...partsOf(facts),
    expiresAt:
      term.paymentTerm === 'ON_ACCOUNT' ? signatureDueAt(placedAt) : paymentDueAt(placedAt, facts.handover),
    signedAt: null,
    signedBy: null,
    paidAt: null,
    cancelledAt: null,
    cancelReason: null,
  };
}

/** Paid in two parts: what is presold with a deposit, and what was taken and costs more than is kept ready for it. Such a rest is owed until it is paid. */
function partsOf(
  facts: Pick<DraftFacts, 'offered' | 'totals' | 'heldFen' | 'handover' | 'placedAt'>,
): Pick<Order, 'depositFen' | 'depositPaidAt' | 'balanceDueAt'> {
  const { heldFen, totals, placedAt, handover } = facts;
  if (heldFen === undefined || heldFen >= totals.totalFen) return depositIn(facts);
  return { depositFen: heldFen, depositPaidAt: null, balanceDueAt: paymentDueAt(placedAt, handover) };
}

function depositIn({
  offered,
  totals,
}: Pick<DraftFacts, 'offered' | 'totals'>): Pick<Order, 'depositFen' | 'depositPaidAt' | 'balanceDueAt'> {
  const presale = presaleOf(offered);
  const depositFen = depositOf(totals, presale);
  return {
    depositFen,
    depositPaidAt: null,
    balanceDueAt: presale && depositFen > 0n ? balanceDueAt(presale) : null,
  };
}

/** All of it leaves on one day, so the day of one line is that of the order. */
function presaleOrdersOf({ orderId, offered, allocations }: DraftFacts): RowOf<PresaleOrder>[] {
  const presale = presaleOf(offered);
  if (!presale) return [];
  const { promisedOn } = present(allocations[0]?.harvest, 'the day of a harvest');
  return [{ orderId, presaleId: presale.id, promisedOn, watchOn: promisedOn, remindAt: null }];
}

interface Cut {
  readonly id: OrderLine['id'];
  readonly part: RowOf<MerchantOrder>;
  readonly offered: OfferedLine;
  readonly batch: BatchRow;
  readonly quantity: number;
  readonly fundings: readonly Funding[];
  readonly promisedOn: string | null;
}

/** Origin and linkage come from the batch: where it grew, not where the seller is registered. */
function lineOf(
  { id, part, offered, batch, quantity, fundings, promisedOn }: Cut,
  { recipient, purchase }: Pick<DraftFacts, 'recipient' | 'purchase'>,
): RowOf<OrderLine> {
  const { variant, place } = offered;
  const discountFen = paidBy(fundings, true);
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
    goodsFen: goodsOf(variant.priceFen, quantity) - discountFen,
    discountFen,
    subsidyFen: paidBy(fundings, false),
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
    promisedOn,
  };
}
