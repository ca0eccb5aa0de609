import { Args, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { PlaceRangeReader, RANGE_KEY_PARTS, type RangeItem } from '#libs/inventory';
import { type Page, pageRequest } from '#libs/kernel';
import { Public } from '#platform/auth';
import { isAsked, orThrow } from '#platform/graphql';

interface RangeArgs {
  readonly channelPointId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('PlaceRangeConnection')
export class PlaceRangeResolver {
  constructor(private readonly ranges: PlaceRangeReader) {}

  @Query()
  @Public()
  channelPointRange(
    @Args() { channelPointId, first, after }: RangeArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<RangeItem> | null> {
    const page = orThrow(pageRequest(first, after, RANGE_KEY_PARTS));
    const asks = (field: string) => isAsked(info, `nodes.product.${field}`);
    return this.ranges.of(channelPointId, page, {
      stock: asks('variants.available'),
      certification: asks('isCertified') || asks('certification'),
    });
  }
}
