import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ChannelPointReader, type ChannelPointRow } from '#libs/channel';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import { type LineFundingRow, type MerchantOrderRow, OrderReader, type OrderLineRow } from '#libs/ordering';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('MerchantOrder')
export class MerchantOrderResolver {
  constructor(
    private readonly merchants: MerchantReader,
    private readonly orders: OrderReader,
  ) {}

  @ResolveField()
  merchant(
    @Parent() part: MerchantOrderRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<MerchantRow | null> {
    const { merchants } = this;
    const merchantById = loaders.byId(
      MerchantReader,
      (ids) => merchants.byIds(ids),
      (merchant: MerchantRow) => merchant.id,
    );
    return merchantById.load(part.merchantId);
  }

  @ResolveField()
  lines(@Parent() part: MerchantOrderRow, @Context() { loaders }: GraphqlContext): Promise<OrderLineRow[]> {
    const { orders } = this;
    const linesOfPart = loaders.listOf(
      OrderReader,
      (ids) => orders.linesOfMerchantOrders(ids),
      (line: OrderLineRow) => line.merchantOrderId,
    );
    return linesOfPart.load(part.id);
  }
}

@Resolver('OrderLine')
export class OrderLineResolver {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly points: ChannelPointReader,
    private readonly orders: OrderReader,
  ) {}

  @ResolveField()
  async fundings(@Parent() line: OrderLineRow, @Context() { loaders }: GraphqlContext) {
    const { orders } = this;
    const ofOrder = loaders.listOf(
      OrderLineResolver,
      (orderIds) => orders.fundingsOfOrders(orderIds),
      (funding: LineFundingRow) => funding.orderId,
    );
    const fundings = (await ofOrder.load(line.orderId)).filter(({ orderLineId }) => orderLineId === line.id);
    return fundings.map((funding) => ({ ...funding, couponId: funding.couponId || null }));
  }

  @ResolveField()
  isCertified(@Parent() line: OrderLineRow): boolean {
    return line.certificationId !== null;
  }

  @ResolveField()
  originCounty(
    @Parent() line: OrderLineRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<DivisionRow | null> {
    const { divisions } = this;
    const divisionByCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return divisionByCode.load(line.originCountyCode);
  }

  @ResolveField()
  channelPoint(
    @Parent() line: OrderLineRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ChannelPointRow | null> | null {
    if (line.channelPointId === '') return null;
    const { points } = this;
    const pointById = loaders.byId(
      ChannelPointReader,
      (ids) => points.byIds(ids),
      (point: ChannelPointRow) => point.id,
    );
    return pointById.load(line.channelPointId);
  }
}
