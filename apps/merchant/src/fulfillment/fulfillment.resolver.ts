import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AdoptionReader } from '#libs/adoption';
import {
  FulfillmentReader,
  type FulfillmentRow,
  FulfillmentService,
  RestService,
  type ShipInput,
} from '#libs/fulfillment';
import { refused } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('MerchantOrder')
export class FulfillmentResolver {
  constructor(
    private readonly service: FulfillmentService,
    private readonly rests: RestService,
    private readonly reader: FulfillmentReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly adoptions: AdoptionReader,
  ) {}

  @Mutation()
  @Allow('FULFILL')
  async merchantOrderShip(@CurrentActor() actor: Actor, @Args('input') input: ShipInput) {
    const shipped = await this.service.ship(merchantsOf(actor, 'FULFILL'), input, (tx, ids, isNamed) =>
      this.adoptions.refuseParcel(tx, ids, isNamed),
    );
    return refused(shipped) ? shipped : { merchantOrder: await this.merchantOrders.byId(shipped) };
  }

  @Mutation()
  @Allow('FULFILL')
  async merchantOrderReady(@CurrentActor() actor: Actor, @Args('merchantOrderId') merchantOrderId: string) {
    const ready = await this.service.ready(merchantsOf(actor, 'FULFILL'), merchantOrderId);
    return refused(ready) ? ready : { merchantOrder: await this.merchantOrders.byId(ready) };
  }

  @Mutation()
  @Allow('FULFILL')
  async merchantOrderCallOffRest(
    @CurrentActor() actor: Actor,
    @Args('merchantOrderId') merchantOrderId: string,
  ) {
    const left = await this.rests.callOffForMerchants(merchantsOf(actor, 'FULFILL'), merchantOrderId);
    return refused(left) ? left : { merchantOrder: await this.merchantOrders.byId(left) };
  }

  @ResolveField()
  fulfillments(
    @Parent() { id }: { readonly id: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<FulfillmentRow[]> {
    const { reader } = this;
    const byMerchantOrder = loaders.listOf(
      FulfillmentReader,
      (ids) => reader.ofMerchantOrders(ids),
      (fulfillment) => fulfillment.merchantOrderId,
    );
    return byMerchantOrder.load(id);
  }
}
