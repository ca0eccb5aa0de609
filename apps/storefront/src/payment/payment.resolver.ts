import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { refused } from '#libs/kernel';
import { type PaymentMethod, PaymentReader, PaymentService, type PaymentView } from '#libs/payment';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

@Resolver('Order')
export class PaymentResolver {
  constructor(
    private readonly service: PaymentService,
    private readonly reader: PaymentReader,
  ) {}

  @Mutation()
  @Allow('SHOP')
  @Throttled('COSTLY')
  async paymentStart(
    @CurrentActor() actor: Actor,
    @Args('orderId') orderId: string,
    @Args('method') method: PaymentMethod,
  ) {
    const payment = await this.service.start(actor.userId, orderId, method);
    return refused(payment) ? payment : { payment };
  }

  @ResolveField()
  payments(
    @Parent() order: { readonly id: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<PaymentView[]> {
    const { reader } = this;
    const byOrder = loaders.listOf(
      PaymentReader,
      (ids) => reader.ofOrders(ids),
      (payment) => payment.orderId,
    );
    return byOrder.load(order.id);
  }
}
