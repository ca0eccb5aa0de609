import { Injectable } from '@nestjs/common';
import { ProductNameReader } from '#libs/catalog';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  fen,
  newId,
  present,
  refused,
} from '#libs/kernel';
import {
  type MerchantOrderRow,
  MerchantOrderReader,
  type OrderLineRow,
  OrderReader,
  type OrderRow,
} from '#libs/ordering';
import { type Refund, RefundReader } from '#libs/payment';
import { PurchaserReader } from '#libs/procurement';
import { Database, type Tx } from '#platform/database';
import type { InvoiceId, InvoiceKind } from './invoice.entity.js';
import { InvoiceTitleTakenError, NothingToInvoiceError } from './invoice.errors.js';
import { type InvoiceItemRow, InvoiceReader, type InvoiceRow } from './invoice.reader.js';
import { InvoiceRepository } from './invoice.repository.js';
import { type BilledPart, type BuyerTitle, FREIGHT, leftOf, titleFor, totalOf } from './invoice.rules.js';
import { TaxTreatmentReader } from './tax-treatment.reader.js';
import { type ItemTax, UNSET, taxOf } from './tax-treatment.rules.js';

export interface InvoiceWish extends BuyerTitle {
  readonly orderId: string;
}

type Drafted = Pick<InvoiceRow, 'orderId' | 'merchantId' | 'buyerId' | 'title' | 'taxNumber'> & {
  readonly merchantOrderId: string;
  readonly kind: InvoiceKind;
  readonly refundId: string;
  readonly attempt: number;
  readonly originalId: InvoiceId | null;
};

type TaxedPart = BilledPart & ItemTax;

interface Bill<Part> {
  readonly draft: Drafted;
  readonly parts: readonly Part[];
}

/** What is billed of a supplier's part, and what would say how it is taxed. */
interface SoldBill extends Bill<BilledPart> {
  readonly paidOn: string;
  readonly productOf: ReadonlyMap<string, string>;
  /** Refunds that it is less by. */
  readonly settledIds: readonly string[];
}

interface TaxedBill extends Bill<TaxedPart> {
  readonly settledIds?: readonly string[];
}

/** What went back of one part of an order. */
type BackPart = Omit<BilledPart, 'name'> & { readonly merchantOrderId: string };

/** Asks for invoices: one per supplier of an order that is paid or signed for, and a red one whenever something of it goes back. */
@Injectable()
export class InvoiceRequestService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly reader: InvoiceReader,
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly purchasers: PurchaserReader,
    private readonly refunds: RefundReader,
    private readonly products: ProductNameReader,
    private readonly treatments: TaxTreatmentReader,
    private readonly clock: Clock,
  ) {}

  /** Asked for again with the same title it is the same; what failed is asked for anew, with what is left by now. */
  async request(
    userId: IdOf<'usr'>,
    { orderId, ...given }: InvoiceWish,
  ): Promise<string | InvalidInputError | NothingToInvoiceError | InvoiceTitleTakenError> {
    const order = await this.orderFor(userId, orderId);
    if (!order) throw new NotFound('Order', orderId);
    const own = order.unitId === '' ? null : await this.ownTitle(order);
    const title = titleFor(own, order.paymentTerm === 'ON_ACCOUNT', given);
    if (refused(title)) return title;
    const { buyerId } = order;
    return this.database.transaction(async (tx) => {
      await this.invoices.lockGate(tx, orderId);
      await this.invoices.lockOfOrder(tx, orderId);
      const known = await this.reader.ofOrder(orderId, tx);
      const live = known.filter(({ kind, state }) => kind === 'BLUE' && state !== 'FAILED');
      const other = live.find((each) => each.title !== title.title || each.taxNumber !== title.taxNumber);
      if (other) return new InvoiceTitleTakenError(other.title);
      const parts = (await this.merchantOrders.ofOrders([orderId], tx)).filter(
        (part) => part.paidAt !== null && !live.some(({ merchantOrderId }) => merchantOrderId === part.id),
      );
      const drafts = await this.blueOf(tx, buyerId, parts, title, known);
      if (drafts.length === 0 && live.length === 0) return new NothingToInvoiceError();
      await this.write(tx, await this.taxed(tx, drafts));
      return orderId;
    });
  }

  /** In the order in which they were asked for; nothing of others' orders. */
  async ofOrder(userId: IdOf<'usr'>, orderId: string): Promise<InvoiceRow[]> {
    return (await this.orderFor(userId, orderId)) ? this.reader.ofOrder(orderId) : [];
  }

  /** One's own, or that of a unit that one buys or approves for: whoever pays it is seldom who ordered. */
  private async orderFor(userId: string, orderId: string): Promise<OrderRow | null> {
    const order = await this.orders.byId(orderId);
    if (!order || order.buyerId === userId) return order;
    return order.unitId !== '' && (await this.purchasers.isOfUnit(order.unitId, userId)) ? order : null;
  }

  /** As it was chosen when the order was placed; else by the unit's register. */
  private async ownTitle({ id, unitId }: OrderRow): Promise<BuyerTitle | null> {
    return (await this.orders.billingTitleOf(id)) ?? (await this.purchasers.invoiceTitleOf(unitId));
  }

  /** Everything that was billed and is not any more. A refund before the buyer asked is no part of what is billed, and needs none. */
  async takeBack(tx: Tx, refundId: string, orderId: string): Promise<void> {
    await this.invoices.lockGate(tx, orderId);
    const refund = (await this.settledOf(tx, orderId)).find(({ id }) => id === refundId);
    if (!refund) return;
    const known = await this.reader.ofOrder(orderId, tx);
    const blue = known.filter(({ kind, state }) => kind === 'BLUE' && state !== 'FAILED');
    const leftOut = await this.invoices.withoutRefund(
      tx,
      blue.map(({ id }) => id),
      refundId,
    );
    const drafts = [];
    for (const original of blue) {
      // It had gone back before the buyer asked, and only the fact comes later.
      if (original.merchantOrderId === null || leftOut.has(original.id)) continue;
      const isDone = known.some((red) => red.refundId === refundId && red.originalId === original.id);
      const back = isDone ? [] : await this.backOf(tx, [refundId], original.merchantOrderId);
      if (back.length === 0) continue;
      const items = new Map(
        (await this.reader.itemsOf([original.id], tx)).map((item) => [item.orderLineId, item]),
      );
      const { orderId: ofOrder, merchantOrderId, merchantId, buyerId, title, taxNumber } = original;
      drafts.push({
        draft: {
          orderId: ofOrder,
          merchantOrderId,
          merchantId,
          buyerId,
          title,
          taxNumber,
          kind: 'RED' as const,
          refundId,
          // A refund is taken back of each blue one once.
          attempt: original.attempt,
          originalId: original.id,
        },
        // As it was billed, whatever has been set since.
        parts: back.map((part): TaxedPart => {
          const { name = FREIGHT, taxTreatment, taxRateBps } = items.get(part.orderLineId) ?? UNSET_ITEM;
          return { ...part, name, taxTreatment, taxRateBps };
        }),
      });
    }
    await this.write(tx, drafts);
  }

  private async blueOf(
    tx: Tx,
    buyerId: string,
    merchantOrders: readonly MerchantOrderRow[],
    title: BuyerTitle,
    known: readonly InvoiceRow[],
  ): Promise<SoldBill[]> {
    const drafts: SoldBill[] = [];
    for (const order of merchantOrders) {
      const lines = (await this.orders.linesOfOrder(order.orderId, tx)).filter(
        ({ merchantOrderId }) => merchantOrderId === order.id,
      );
      const settled = await this.settledOf(tx, order.orderId);
      const back = await this.backOf(
        tx,
        settled.map(({ id }) => id),
        order.id,
      );
      const parts = leftOf(soldOf(order, lines), back);
      if (parts.length === 0) continue;
      const before = known.filter(
        ({ kind, merchantOrderId }) => kind === 'BLUE' && merchantOrderId === order.id,
      );
      const draft = {
        orderId: order.orderId,
        merchantOrderId: order.id,
        merchantId: order.merchantId,
        buyerId,
        ...title,
        kind: 'BLUE' as const,
        refundId: '',
        attempt: before.length + 1,
        originalId: null,
      };
      const paidOn = businessDay(present(order.paidAt, 'a day of payment'));
      const productOf = new Map<string, string>(lines.map(({ id, productId }) => [id, productId]));
      const settledIds = settled.map(({ id }) => id);
      drafts.push({ draft, parts, paidOn, productOf, settledIds });
    }
    return drafts;
  }

  /** As finance has set it by now for the day of payment; two statements, however many suppliers. */
  private async taxed(tx: Tx, bills: readonly SoldBill[]): Promise<TaxedBill[]> {
    const productIds = [...new Set(bills.flatMap(({ productOf }) => [...productOf.values()]))];
    const sellers = [...new Set(bills.map(({ draft }) => draft.merchantId))];
    const categoryOf = new Map<string, string>(
      (await this.products.byIds(productIds, tx)).map(({ id, categoryCode }) => [id, categoryCode]),
    );
    const entries = await this.treatments.ofMerchants(sellers, tx);
    return bills.map(({ draft, parts, paidOn, productOf, settledIds }) => ({
      draft,
      settledIds,
      parts: parts.map((part) => {
        const productId = productOf.get(part.orderLineId);
        const categoryCode = productId === undefined ? null : (categoryOf.get(productId) ?? '');
        return { ...part, ...taxOf(entries, { merchantId: draft.merchantId, categoryCode, paidOn }) };
      }),
    }));
  }

  /** What the platform gives out of its own pocket does not make a seller's bill smaller. */
  private async settledOf(tx: Tx, orderId: string): Promise<Refund[]> {
    const refunds = await this.refunds.ofOrder(orderId as Refund['orderId'], tx);
    return refunds.filter(({ state, borneBy }) => state === 'SUCCEEDED' && borneBy === 'SELLERS');
  }

  private async backOf(tx: Tx, refundIds: readonly string[], merchantOrderId: string): Promise<BackPart[]> {
    if (refundIds.length === 0) return [];
    const lines = await this.refunds.linesOfMany(refundIds, tx);
    return lines
      .filter((line) => line.merchantOrderId === merchantOrderId)
      .map((line) => ({
        orderLineId: line.orderLineId,
        merchantOrderId: line.merchantOrderId,
        quantity: line.quantity,
        amountFen: line.goodsFen + line.freightFen,
      }))
      .filter(({ amountFen }) => amountFen > 0n);
  }

  private async write(tx: Tx, drafts: readonly TaxedBill[]): Promise<void> {
    if (drafts.length === 0) return;
    const requestedAt = this.clock.now();
    const items: InvoiceItemRow[] = [];
    const leftOut: { invoiceId: InvoiceId; refundId: string }[] = [];
    const rows = drafts.map(({ draft, parts, settledIds = [] }): InvoiceRow => {
      const id = newId('inv');
      leftOut.push(...settledIds.map((refundId) => ({ invoiceId: id, refundId })));
      parts.forEach(({ orderLineId, name, quantity, amountFen, taxTreatment, taxRateBps }, index) =>
        items.push({
          invoiceId: id,
          lineNo: index + 1,
          orderLineId,
          name,
          quantity,
          amountFen,
          taxTreatment,
          taxRateBps,
        }),
      );
      return {
        id,
        subject: 'GOODS',
        period: null,
        ...draft,
        totalFen: totalOf(parts),
        state: 'REQUESTED',
        exportId: null,
        number: null,
        issuedOn: null,
        failureNote: null,
        requestedAt,
      };
    });
    await this.invoices.insert(tx, rows, items);
    await this.invoices.leaveOut(tx, leftOut);
  }
}

const UNSET_ITEM: ItemTax & { readonly name?: string } = UNSET;

/** What the buyer pays of a supplier's part: what a coupon of the platform's pays is not the buyer's to be billed. */
function soldOf({ freightFen }: MerchantOrderRow, lines: readonly OrderLineRow[]): BilledPart[] {
  const goods = lines.map((line) => ({
    orderLineId: line.id as string,
    name: `${line.productName} ${line.variantName}`.slice(0, 200),
    quantity: line.quantity,
    amountFen: fen(line.goodsFen) - fen(line.subsidyFen),
  }));
  return [...goods, { orderLineId: '', name: FREIGHT, quantity: 1, amountFen: fen(freightFen) }];
}
