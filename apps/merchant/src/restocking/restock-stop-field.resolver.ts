import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type RestockNeedRow, RestockRouteReader, type RestockStopRow } from '#libs/restocking';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('RestockStop')
export class RestockStopFieldResolver {
  constructor(private readonly reader: RestockRouteReader) {}

  @ResolveField()
  needs(@Parent() { id }: RestockStopRow, @Context() { loaders }: GraphqlContext): Promise<RestockNeedRow[]> {
    const { reader } = this;
    return loaders
      .listOf(
        `${RestockRouteReader.name}.needs`,
        (ids) => reader.needsOf(ids),
        ({ stopId }) => stopId,
      )
      .load(id);
  }
}
