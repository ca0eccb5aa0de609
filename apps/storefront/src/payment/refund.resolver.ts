import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type Refund, RefundReader } from '#libs/payment';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Order')
export class RefundResolver {
  constructor(private readonly reader: RefundReader) {}

  @ResolveField()
  refunds(
    @Parent() order: { readonly id: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<Refund[]> {
    const { reader } = this;
    const byOrder = loaders.listOf(
      RefundReader,
      (ids) => reader.ofOrders(ids),
      (refund) => refund.orderId,
    );
    return byOrder.load(order.id);
  }
}
