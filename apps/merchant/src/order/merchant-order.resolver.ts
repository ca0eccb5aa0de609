import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest } from '#libs/kernel';
import {
  MERCHANT_ORDER_KEY_PARTS,
  MerchantOrderReader,
  type MerchantOrderRow,
  type MerchantOrderState,
  type OrderLineRow,
  OrderReader,
  TO_SHIP_KEY_PARTS,
  type ToShipFilter,
  ToShipReader,
} from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface MerchantOrdersArgs {
  readonly merchantId: string;
  readonly state?: MerchantOrderState | null;
  readonly orderId?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface OrdersToShipArgs {
  readonly merchantId: string;
  readonly filter?: ToShipFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('MerchantOrder')
export class MerchantOrderResolver {
  constructor(
    private readonly reader: MerchantOrderReader,
    private readonly orders: OrderReader,
    private readonly waiting: ToShipReader,
  ) {}

  @Query()
  @Allow('FULFILL')
  merchantOrders(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, state = null, orderId = null, first, after }: MerchantOrdersArgs,
  ) {
    if (!merchantsOf(actor, 'FULFILL').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, MERCHANT_ORDER_KEY_PARTS));
    return this.reader.pageForMerchants([merchantId], { state, orderId }, page);
  }

  @Query()
  @Allow('FULFILL')
  async ordersToShip(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, filter, first, after }: OrdersToShipArgs,
  ) {
    if (!merchantsOf(actor, 'FULFILL').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, TO_SHIP_KEY_PARTS));
    return orThrow(await this.waiting.page(merchantId, filter ?? {}, page));
  }

  @Query()
  @Allow('FULFILL')
  ordersToShipCount(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    if (!merchantsOf(actor, 'FULFILL').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.waiting.count(merchantId);
  }

  @Query()
  @Allow('FULFILL')
  merchantOrder(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<MerchantOrderRow | null> {
    return this.reader.byIdForMerchants(id, merchantsOf(actor, 'FULFILL'));
  }

  @ResolveField()
  lines(@Parent() { id }: MerchantOrderRow, @Context() { loaders }: GraphqlContext): Promise<OrderLineRow[]> {
    const { orders } = this;
    const byMerchantOrder = loaders.listOf(
      OrderReader,
      (ids) => orders.linesOfMerchantOrders(ids),
      (line) => line.merchantOrderId,
    );
    return byMerchantOrder.load(id);
  }
}
