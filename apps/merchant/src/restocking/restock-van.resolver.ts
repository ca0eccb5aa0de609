import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { NEVER_EXPIRES_ON } from '#libs/inventory';
import { refused } from '#libs/kernel';
import {
  RestockRouteReader,
  type RestockRouteRow,
  RestockVanReader,
  RestockVanService,
  type RestockPickRow,
  type VanCarrying,
} from '#libs/restocking';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

/** Whoever runs cabinets manages their routes; whoever may restock and no more drives them. */
function scopeOf(actor: Actor) {
  const managed = merchantsOf(actor, 'COUNTER');
  return { userId: actor.userId, managed, restocked: merchantsOf(actor, 'RESTOCK') };
}

@Resolver('RestockRoute')
export class RestockVanResolver {
  constructor(
    private readonly service: RestockVanService,
    private readonly routes: RestockRouteReader,
    private readonly reader: RestockVanReader,
  ) {}

  @Mutation()
  @Allow('RESTOCK')
  async restockVanLoad(@CurrentActor() actor: Actor, @Args() carrying: VanCarrying) {
    const scope = scopeOf(actor);
    const id = await this.service.load(carrying, scope);
    return refused(id) ? id : { route: await this.routes.byId(id, scope) };
  }

  @Mutation()
  @Allow('RESTOCK')
  async restockRouteClose(@CurrentActor() actor: Actor, @Args() carrying: VanCarrying) {
    const scope = scopeOf(actor);
    const id = await this.service.close(carrying, scope);
    return refused(id) ? id : { route: await this.routes.byId(id, scope) };
  }

  @ResolveField()
  async picks(@Parent() { id }: RestockRouteRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const picks = await loaders
      .listOf(
        `${RestockVanReader.name}.picks`,
        (ids) => reader.picksOf(ids),
        ({ routeId }) => routeId,
      )
      .load(id);
    return picks.map(shown);
  }

  @ResolveField()
  async van(@Parent() { id }: RestockRouteRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const batches = await loaders
      .listOf(
        `${RestockVanReader.name}.loads`,
        (ids) => reader.loadsOf(ids),
        ({ routeId }) => routeId,
      )
      .load(id);
    return batches.map(shown);
  }
}

function shown({ bestBeforeOn, ...row }: RestockPickRow) {
  return { ...row, bestBeforeOn: bestBeforeOn === NEVER_EXPIRES_ON ? null : bestBeforeOn };
}
