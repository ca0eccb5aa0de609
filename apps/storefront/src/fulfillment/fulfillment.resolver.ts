import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FulfillmentReader, type FulfillmentRow, FulfillmentService } from '#libs/fulfillment';
import { refused } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('MerchantOrder')
export class FulfillmentResolver {
  constructor(
    private readonly service: FulfillmentService,
    private readonly reader: FulfillmentReader,
    private readonly merchantOrders: MerchantOrderReader,
  ) {}

  @Mutation()
  @Allow('SHOP')
  async merchantOrderReceive(@CurrentActor() actor: Actor, @Args('merchantOrderId') merchantOrderId: string) {
    const received = await this.service.receive(actor.userId, merchantOrderId);
    return refused(received) ? received : { merchantOrder: await this.merchantOrders.byId(received) };
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
