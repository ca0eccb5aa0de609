import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FulfillmentReader, type FulfillmentRow, ReceiptService, RestService } from '#libs/fulfillment';
import { refused } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('MerchantOrder')
export class FulfillmentResolver {
  constructor(
    private readonly receipts: ReceiptService,
    private readonly rests: RestService,
    private readonly reader: FulfillmentReader,
    private readonly merchantOrders: MerchantOrderReader,
  ) {}

  @Mutation()
  @Allow('SHOP')
  async merchantOrderReceive(@CurrentActor() actor: Actor, @Args('merchantOrderId') merchantOrderId: string) {
    const received = await this.receipts.receive(actor.userId, merchantOrderId);
    return refused(received) ? received : { merchantOrder: await this.merchantOrders.byId(received) };
  }

  @Mutation()
  @Allow('SHOP')
  async fulfillmentReceive(@CurrentActor() { userId }: Actor, @Args('fulfillmentId') fulfillmentId: string) {
    const received = await this.receipts.receiveParcel(userId, fulfillmentId);
    return refused(received) ? received : { merchantOrder: await this.merchantOrders.byId(received) };
  }

  @Mutation()
  @Allow('SHOP')
  async merchantOrderCallOffRest(
    @CurrentActor() { userId }: Actor,
    @Args('merchantOrderId') merchantOrderId: string,
  ) {
    const left = await this.rests.callOffForBuyer(userId, merchantOrderId);
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
