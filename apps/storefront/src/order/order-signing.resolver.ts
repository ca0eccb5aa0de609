import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Clock, pageRequest, refused } from '#libs/kernel';
import { ORDER_KEY_PARTS, OrderReader, OrderSigningService } from '#libs/ordering';
import { PurchaserReader } from '#libs/procurement';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { orThrow } from '#platform/graphql';

@Resolver('Order')
export class OrderSigningResolver {
  constructor(
    private readonly signing: OrderSigningService,
    private readonly purchasers: PurchaserReader,
    private readonly reader: OrderReader,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('BUY')
  async ordersToSign(
    @CurrentActor() { userId }: Actor,
    @Args() { first, after }: { first?: number | null; after?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, ORDER_KEY_PARTS));
    const unitIds = await this.purchasers.approvedBy(userId);
    return this.reader.pageToSign({ unitIds, signerId: userId, now: this.clock.now() }, page);
  }

  @Mutation()
  @Allow('BUY')
  async orderSign(@CurrentActor() { userId }: Actor, @Args('orderId') orderId: string) {
    const signed = await this.signing.sign(userId, orderId);
    return refused(signed) ? signed : { order: await this.reader.byId(signed) };
  }

  @Mutation()
  @Allow('BUY')
  async orderDecline(@CurrentActor() { userId }: Actor, @Args('orderId') orderId: string) {
    const declined = await this.signing.decline(userId, orderId);
    return refused(declined) ? declined : { order: await this.reader.byId(declined) };
  }
}
