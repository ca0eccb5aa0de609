import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AfterSaleReader, type AfterSaleRow } from '#libs/aftersale';
import {
  type FulfillmentLineRow,
  FulfillmentReader,
  type FulfillmentRow,
  type ParcelEventRow,
  ParcelTrackReader,
} from '#libs/fulfillment';
import { Clock } from '#libs/kernel';
import {
  type AdoptionInstalmentRow,
  AdoptionOrderReader,
  type CallOffRow,
  MerchantOrderReader,
  type MerchantOrderRow,
  OrderReader,
  type OrderLineRow,
  type OrderRow,
  PresaleOrderReader,
  type PresaleOrderRow,
} from '#libs/ordering';
import { type Refund, RefundReader } from '#libs/payment';
import type { GraphqlContext } from '#platform/graphql';
import { type OrderMoment, timelineOf } from './order-timeline.rules.js';

type Loaders = GraphqlContext['loaders'];

/** Everything is read for all orders of an answer at once, and under the same names as the fields beside it: nothing is read twice. */
@Resolver('Order')
export class OrderTimelineResolver {
  constructor(
    private readonly parts: MerchantOrderReader,
    private readonly orders: OrderReader,
    private readonly fulfillments: FulfillmentReader,
    private readonly tracks: ParcelTrackReader,
    private readonly cases: AfterSaleReader,
    private readonly refunds: RefundReader,
    private readonly presales: PresaleOrderReader,
    private readonly adoptions: AdoptionOrderReader,
  ) {}

  @ResolveField()
  async timeline(@Parent() order: OrderRow, @Context() { loaders }: GraphqlContext): Promise<OrderMoment[]> {
    const [parts, presale, refunds] = await Promise.all([
      this.partsOf(order, loaders),
      this.presaleOf(order, loaders),
      this.refundsOf(order, loaders),
    ]);
    const ids = parts.map(({ id }) => id);
    const [lines, parcels, carried, callOffs] = await Promise.all([
      Promise.all(ids.map((id) => this.linesOf(id, loaders))),
      Promise.all(ids.map((id) => this.parcelsOf(id, loaders))),
      Promise.all(ids.map((id) => this.carriedIn(id, loaders))),
      Promise.all(ids.map((id) => this.callOffsOf(id, loaders))),
    ]);
    const all = lines.flat();
    const [cases, instalments, tracking] = await Promise.all([
      Promise.all(all.map(({ id }) => this.casesOf(id, loaders))),
      Promise.all(all.map(({ id }) => this.instalmentOf(id, loaders))),
      Promise.all(parcels.flat().map(({ id }) => this.trackingOf(id, loaders))),
    ]);
    return timelineOf({
      order,
      parts,
      lines: all.map((line, index) => ({
        ...line,
        promisedOn:
          presale?.promisedOn ??
          instalments[index]?.promisedOn ??
          (line.promisedOn &&
            (parts.find(({ id }) => id === line.merchantOrderId)?.dueOn ?? line.promisedOn)),
      })),
      parcels: parcels.flat(),
      carried: carried.flat(),
      tracking: tracking.flat(),
      callOffs: callOffs.flat(),
      cases: cases.flat(),
      refunds,
    });
  }

  private partsOf(order: OrderRow, loaders: Loaders): Promise<MerchantOrderRow[]> {
    const { parts } = this;
    const ofOrder = loaders.listOf(
      MerchantOrderReader,
      (ids) => parts.ofOrders(ids),
      (part: MerchantOrderRow) => part.orderId,
    );
    return ofOrder.load(order.id);
  }

  /** Whose day may have been moved since it was promised. */
  private presaleOf(order: OrderRow, loaders: Loaders): Promise<PresaleOrderRow | null> {
    const { presales } = this;
    const byOrder = loaders.byId(
      PresaleOrderReader,
      (ids) => presales.ofOrders(ids),
      (row: PresaleOrderRow) => row.orderId,
    );
    return byOrder.load(order.id);
  }

  /** The same of what is adopted, which has a day for each line. */
  private instalmentOf(lineId: string, loaders: Loaders): Promise<AdoptionInstalmentRow | null> {
    const { adoptions } = this;
    const byLine = loaders.byId(
      `${AdoptionOrderReader.name}.lines`,
      (ids) => adoptions.instalmentsByLine(ids),
      (instalment: AdoptionInstalmentRow) => instalment.orderLineId,
    );
    return byLine.load(lineId);
  }

  private refundsOf(order: OrderRow, loaders: Loaders): Promise<Refund[]> {
    const { refunds } = this;
    const ofOrder = loaders.listOf(
      RefundReader,
      (ids) => refunds.ofOrders(ids),
      (refund: Refund) => refund.orderId,
    );
    return ofOrder.load(order.id);
  }

  private linesOf(partId: string, loaders: Loaders): Promise<OrderLineRow[]> {
    const { orders } = this;
    const ofPart = loaders.listOf(
      OrderReader,
      (ids) => orders.linesOfMerchantOrders(ids),
      (line: OrderLineRow) => line.merchantOrderId,
    );
    return ofPart.load(partId);
  }

  private parcelsOf(partId: string, loaders: Loaders): Promise<FulfillmentRow[]> {
    const { fulfillments } = this;
    const ofPart = loaders.listOf(
      FulfillmentReader,
      (ids) => fulfillments.ofMerchantOrders(ids),
      (parcel: FulfillmentRow) => parcel.merchantOrderId,
    );
    return ofPart.load(partId);
  }

  private carriedIn(partId: string, loaders: Loaders): Promise<FulfillmentLineRow[]> {
    const { fulfillments } = this;
    const ofPart = loaders.listOf(
      `${FulfillmentReader.name}.lines`,
      (ids) => fulfillments.linesOf(ids),
      (line: FulfillmentLineRow) => line.merchantOrderId,
    );
    return ofPart.load(partId);
  }

  private trackingOf(parcelId: string, loaders: Loaders): Promise<ParcelEventRow[]> {
    const { tracks } = this;
    const ofParcel = loaders.listOf(
      ParcelTrackReader,
      (ids) => tracks.eventsOf(ids),
      (event: ParcelEventRow) => event.fulfillmentId,
    );
    return ofParcel.load(parcelId);
  }

  private callOffsOf(partId: string, loaders: Loaders): Promise<CallOffRow[]> {
    const { parts } = this;
    const ofPart = loaders.listOf(
      `${MerchantOrderReader.name}.callOffs`,
      (ids) => parts.callOffsOf(ids),
      (callOff: CallOffRow) => callOff.merchantOrderId,
    );
    return ofPart.load(partId);
  }

  private casesOf(lineId: string, loaders: Loaders): Promise<AfterSaleRow[]> {
    const { cases } = this;
    const ofLine = loaders.listOf(
      `${AfterSaleReader.name}.ofLines`,
      (ids) => cases.ofLines(ids),
      (row: AfterSaleRow) => row.orderLineId,
    );
    return ofLine.load(lineId);
  }
}

@Resolver('OrderMoment')
export class OrderMomentResolver {
  constructor(private readonly clock: Clock) {}

  @ResolveField()
  isAhead(@Parent() { at }: OrderMoment): boolean {
    return at > this.clock.now();
  }

  @ResolveField()
  text(@Parent() { text }: OrderMoment, @Context() { locale }: GraphqlContext): string {
    return locale === 'en' ? text.en : text.zh;
  }
}
