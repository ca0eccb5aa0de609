import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { WarehouseService } from '#libs/inventory';
import { pageRequest, refused } from '#libs/kernel';
import {
  RESTOCK_ROUTE_KEY_PARTS,
  RestockPlanService,
  type RestockRouteFilter,
  RestockRouteReader,
  type RestockRouteRow,
  type RestockScope,
  type RestockWish,
} from '#libs/restocking';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs extends RestockRouteFilter {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface PlaceArgs {
  readonly merchantId: string;
  readonly longitude: number;
  readonly latitude: number;
}

/** Whoever runs cabinets manages their routes; whoever may restock and no more drives them. */
function scopeOf(actor: Actor): RestockScope {
  const managed = merchantsOf(actor, 'COUNTER');
  return { userId: actor.userId, managed, restocked: merchantsOf(actor, 'RESTOCK') };
}

@Resolver()
export class RestockRouteResolver {
  constructor(
    private readonly plans: RestockPlanService,
    private readonly reader: RestockRouteReader,
    private readonly warehouses: WarehouseService,
  ) {}

  @Query()
  @Allow('RESTOCK')
  restockRoutes(@CurrentActor() actor: Actor, @Args() { first, after, ...filter }: PageArgs) {
    return this.reader.page(
      scopeOf(actor),
      filter,
      orThrow(pageRequest(first, after, RESTOCK_ROUTE_KEY_PARTS)),
    );
  }

  @Query()
  @Allow('RESTOCK')
  restockRoute(@CurrentActor() actor: Actor, @Args('id') id: string): Promise<RestockRouteRow | null> {
    return this.reader.byId(id, scopeOf(actor));
  }

  @Mutation()
  @Allow('COUNTER')
  async restockRoutePlan(@CurrentActor() actor: Actor, @Args('input') input: RestockWish) {
    const { userId } = actor;
    const planId = await this.plans.plan(input, { userId, managed: merchantsOf(actor, 'COUNTER') });
    if (refused(planId)) return planId;
    const [plan, routes] = await Promise.all([this.reader.plan(planId), this.reader.ofPlan(planId)]);
    return { routes, leftOutCabinets: plan?.leftOutCabinets ?? 0 };
  }

  @Mutation()
  @Allow('COUNTER')
  async restockRouteCancel(@CurrentActor() actor: Actor, @Args('routeId') routeId: string) {
    const scope = { userId: actor.userId, managed: merchantsOf(actor, 'COUNTER'), restocked: [] };
    const cancelled = await this.plans.cancel(routeId, scope);
    return refused(cancelled) ? cancelled : { route: await this.reader.byId(cancelled, scope) };
  }

  @Mutation()
  @Allow('STOCK')
  async warehousePositionSet(@CurrentActor() actor: Actor, @Args() { merchantId, ...position }: PlaceArgs) {
    const placed = await this.warehouses.place(merchantsOf(actor, 'STOCK'), merchantId, position);
    return refused(placed) ? placed : { merchantId: placed, ...position };
  }
}
