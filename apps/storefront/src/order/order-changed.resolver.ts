import { Args, Context, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { PubSub } from 'mercurius';
import { NotFound } from '#libs/kernel';
import { OrderReader, type OrderRow } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, Unauthenticated } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

/** What travels: settlement says that something changed, and whoever looks reads it again. */
interface OrderChange {
  readonly orderId: string;
}

@Resolver('OrderChangedPayload')
export class OrderChangedResolver {
  constructor(private readonly orders: OrderReader) {}

  /** Only to the owner; others hear what they would hear of an order that does not exist. */
  @Subscription('orderChanged', { resolve: (change: OrderChange) => change })
  @Allow('SHOP')
  async orderChanged(
    @CurrentActor() { userId }: Actor,
    @Args('orderId') orderId: string,
    @Context() { pubsub }: { readonly pubsub: PubSub },
  ) {
    if (!(await this.orders.byIdForBuyer(orderId, userId))) throw new NotFound('Order', orderId);
    return pubsub.subscribe(`order-changed:${orderId}`);
  }

  @ResolveField()
  async order(
    @Parent() { orderId }: OrderChange,
    @Context() { loaders, actorNow }: GraphqlContext,
  ): Promise<OrderRow> {
    // A socket keeps one context as long as it lives; what it loaded for the last message is out of date.
    loaders.forget();
    // It outlives the token it was opened with, and the order may have become somebody else's: then it is theirs alone.
    const actor = actorNow();
    if (!actor) throw new Unauthenticated();
    const order = await this.orders.byIdForBuyer(orderId, actor.userId);
    if (!order) throw new NotFound('Order', orderId);
    return order;
  }
}
