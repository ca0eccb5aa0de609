import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductNameReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import type { VolumeRow } from '#libs/volume';
import type { GraphqlContext } from '#platform/graphql';
import { countyOf } from './county.loader.js';
import { productNameOf } from './product-name.loader.js';

/** Names for the codes of a row. */
@Resolver('VolumeRow')
export class VolumeRowResolver {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly products: ProductNameReader,
  ) {}

  @ResolveField()
  county(@Parent() { originCountyCode: code }: VolumeRow, @Context() context: GraphqlContext) {
    return code === null ? null : countyOf(code, this.divisions, context);
  }

  @ResolveField()
  product(@Parent() { productId: id }: VolumeRow, @Context() context: GraphqlContext) {
    return id === null ? null : productNameOf(id, this.products, context);
  }

  @ResolveField()
  channel(@Parent() { channelKind }: VolumeRow) {
    return channelKind;
  }
}
