import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { present } from '#libs/kernel';
import { type CallOffRow, MerchantOrderReader, OrderReader, type OrderLineRow } from '#libs/ordering';
import type { GraphqlContext } from '#platform/graphql';
import { type FulfillmentLineRow, FulfillmentReader, type FulfillmentRow } from '../fulfillment.reader.js';

type Loaders = GraphqlContext['loaders'];

/** Of a whole merchant order at once, so that its lines and its parcels ask the database together. */
function linesIn(reader: FulfillmentReader, loaders: Loaders) {
  return loaders.listOf(
    `${FulfillmentReader.name}.lines`,
    (ids) => reader.linesOf(ids),
    (line: FulfillmentLineRow) => line.merchantOrderId,
  );
}

@Resolver('Fulfillment')
export class FulfillmentFieldResolver {
  constructor(
    private readonly reader: FulfillmentReader,
    private readonly orders: OrderReader,
  ) {}

  @ResolveField()
  isReplacement(@Parent() { replacesRef }: FulfillmentRow): boolean {
    return replacesRef !== null;
  }

  @ResolveField()
  async lines(
    @Parent() { id, merchantOrderId }: FulfillmentRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<{ orderLine: OrderLineRow; quantity: number }[]> {
    const { orders } = this;
    const linesOfPart = loaders.listOf(
      OrderReader,
      (ids) => orders.linesOfMerchantOrders(ids),
      (line: OrderLineRow) => line.merchantOrderId,
    );
    const [carried, lines] = await Promise.all([
      linesIn(this.reader, loaders).load(merchantOrderId),
      linesOfPart.load(merchantOrderId),
    ]);
    return carried
      .filter(({ fulfillmentId }) => fulfillmentId === id)
      .map(({ orderLineId, quantity }) => {
        const line = lines.find((each) => each.id === orderLineId);
        return { orderLine: present(line, orderLineId), quantity };
      });
  }
}

@Resolver('OrderLine')
export class LineProgressFieldResolver {
  constructor(
    private readonly reader: FulfillmentReader,
    private readonly merchantOrders: MerchantOrderReader,
  ) {}

  @ResolveField()
  async shippedQuantity(
    @Parent() { id, merchantOrderId }: OrderLineRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<number> {
    const carried = await linesIn(this.reader, loaders).load(merchantOrderId);
    return carried
      .filter(({ orderLineId, replacesRef }) => orderLineId === id && replacesRef === null)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }

  @ResolveField()
  async calledOffQuantity(
    @Parent() { id, merchantOrderId }: OrderLineRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<number> {
    const { merchantOrders } = this;
    const callOffsOf = loaders.listOf(
      `${MerchantOrderReader.name}.callOffs`,
      (ids) => merchantOrders.callOffsOf(ids),
      (callOff: CallOffRow) => callOff.merchantOrderId,
    );
    const calledOff = await callOffsOf.load(merchantOrderId);
    return calledOff
      .filter(({ orderLineId }) => orderLineId === id)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }
}
