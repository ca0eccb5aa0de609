import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RestockRouteReader, type RestockRouteRow, type RestockStopRow } from '#libs/restocking';
import { type Actor, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('RestockRoute')
export class RestockRouteFieldResolver {
  constructor(private readonly reader: RestockRouteReader) {}

  @ResolveField()
  isOwn(@Parent() { restockerId }: RestockRouteRow, @CurrentActor() { userId }: Actor): boolean {
    return restockerId === userId;
  }

  @ResolveField()
  stops(
    @Parent() { id }: RestockRouteRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<RestockStopRow[]> {
    const { reader } = this;
    return loaders
      .listOf(
        `${RestockRouteReader.name}.stops`,
        (ids) => reader.stopsOf(ids),
        ({ routeId }) => routeId,
      )
      .load(id);
  }
}
