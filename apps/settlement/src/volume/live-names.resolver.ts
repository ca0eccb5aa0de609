import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductNameReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import type { LiveChannel, LiveCounty, LiveSale } from '#libs/volume';
import type { GraphqlContext } from '#platform/graphql';
import { countyOf } from './county.loader.js';
import { productNameOf } from './product-name.loader.js';

@Resolver('LiveCounty')
export class LiveCountyResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(@Parent() { originCountyCode }: LiveCounty, @Context() context: GraphqlContext) {
    return countyOf(originCountyCode, this.divisions, context);
  }
}

@Resolver('LiveChannel')
export class LiveChannelResolver {
  @ResolveField()
  channel(@Parent() { channelKind }: LiveChannel) {
    return channelKind;
  }
}

@Resolver('LiveSale')
export class LiveSaleResolver {
  constructor(
    private readonly divisions: DivisionReader,
    private readonly products: ProductNameReader,
  ) {}

  @ResolveField()
  county(@Parent() { originCountyCode }: LiveSale, @Context() context: GraphqlContext) {
    return countyOf(originCountyCode, this.divisions, context);
  }

  @ResolveField()
  product(@Parent() { productId }: LiveSale, @Context() context: GraphqlContext) {
    return productNameOf(productId, this.products, context);
  }

  @ResolveField()
  channel(@Parent() { channelKind }: LiveSale) {
    return channelKind;
  }
}
