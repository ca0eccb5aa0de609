import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Fen, NotFound, type Page, pageRequest } from '#libs/kernel';
import { UNIT_ORDER_KEY_PARTS, UnitOrderReader, type UnitOrderRow } from '#libs/ordering';
import { PurchaserReader } from '#libs/procurement';
import { type ShareProgress, ShareProgressReader } from '#libs/reporting';
import { SaleSumReader } from '#libs/volume';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly unitId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** How far a unit has come, and the orders behind it. */
@Resolver('UnitOrder')
export class UnitOrderResolver {
  constructor(
    private readonly purchasers: PurchaserReader,
    private readonly progress: ShareProgressReader,
    private readonly orders: UnitOrderReader,
    private readonly sums: SaleSumReader,
  ) {}

  @Query()
  @Allow('BUY')
  async unitShareProgress(
    @CurrentActor() { userId }: Actor,
    @Args() { unitId, year }: { unitId: string; year: number },
  ): Promise<ShareProgress> {
    if (!(await this.purchasers.mayFollow(unitId, userId))) throw new NotFound('Unit', unitId);
    return orThrow<ShareProgress>(await this.progress.of(unitId, year));
  }

  @Query()
  @Allow('BUY')
  async unitOrders(
    @CurrentActor() { userId }: Actor,
    @Args() { unitId, first, after }: PageArgs,
  ): Promise<Page<UnitOrderRow>> {
    const page = orThrow(pageRequest(first, after, UNIT_ORDER_KEY_PARTS));
    if (!(await this.purchasers.isOfUnit(unitId, userId))) throw new NotFound('Unit', unitId);
    return this.orders.page(unitId, page);
  }

  @ResolveField()
  async countedFen(
    @Parent() { orderId }: UnitOrderRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Fen> {
    const load = (ids: readonly string[]) => this.sums.recognisedOf(ids);
    const sum = await loaders.byId('UnitOrder.countedFen', load, (each) => each.orderId).load(orderId);
    return sum?.recognisedFen ?? 0n;
  }
}
