import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { KioskCodeService } from '#libs/counter';
import { refused } from '#libs/kernel';
import { OrderReader, type OrderRow } from '#libs/ordering';
import { KioskOrderService, type KioskWish, ScanExpiredError, VendReader } from '#libs/vending';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

@Resolver('Order')
export class KioskOrderResolver {
  constructor(
    private readonly codes: KioskCodeService,
    private readonly service: KioskOrderService,
    private readonly orders: OrderReader,
    private readonly vends: VendReader,
  ) {}

  @Mutation()
  @Allow('SHOP')
  @Throttled('COSTLY')
  async kioskOrderPlace(
    @CurrentActor() { userId }: Actor,
    @Args('visit') visit: string,
    @Args('input') input: KioskWish,
  ) {
    const cabinetId = this.codes.visited(visit);
    if (!cabinetId) return new ScanExpiredError();
    // Before anything else is looked at: whoever has heard nothing asks again, if need be after the visit.
    const before = await this.service.placedBefore(userId, cabinetId, input);
    const isOver = !this.codes.read('VISIT', visit);
    const placed =
      before ?? (isOver ? new ScanExpiredError() : await this.service.place(userId, cabinetId, input));
    return refused(placed) ? placed : { order: await this.orders.byIdForBuyer(placed, userId) };
  }

  @ResolveField()
  async vend(@Parent() { id }: OrderRow, @Context() { loaders }: GraphqlContext) {
    const { vends } = this;
    const vend = await loaders
      .byId(
        VendReader.name,
        (ids) => vends.ofOrders(ids),
        ({ orderId }) => orderId,
      )
      .load(id);
    if (!vend) return null;
    const items = loaders.listOf(
      `${VendReader.name}.items`,
      (ids) => vends.itemsOf(ids),
      (item) => item.vendId,
    );
    return { ...vend, items: await items.load(vend.id) };
  }
}
