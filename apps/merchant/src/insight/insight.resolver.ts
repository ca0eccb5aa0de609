import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ProductNameReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import { type Insight, InsightReader, type InsightSpan } from '#libs/insight';
import { NotFound } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { countyOf } from '../division/county.loader.js';

@Resolver('MerchantInsight')
export class InsightResolver {
  constructor(private readonly reader: InsightReader) {}

  @Query()
  @Allow('MERCHANT_MONEY')
  async merchantInsight(@CurrentActor() actor: Actor, @Args() span: InsightSpan) {
    if (!merchantsOf(actor, 'MERCHANT_MONEY').includes(span.merchantId))
      throw new NotFound('Merchant', span.merchantId);
    return orThrow(await this.reader.of(span));
  }
}

@Resolver('InsightProduct')
export class InsightProductResolver {
  constructor(private readonly names: ProductNameReader) {}

  @ResolveField()
  async name(
    @Parent() { productId }: Insight['products'][number],
    @Context() { loaders }: GraphqlContext,
  ): Promise<string | null> {
    const { names } = this;
    const byId = loaders.byId(
      ProductNameReader,
      (ids) => names.byIds(ids),
      (row) => row.id,
    );
    return (await byId.load(productId))?.name ?? null;
  }
}

@Resolver('InsightCounty')
export class InsightCountyResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(
    @Parent() { countyCode }: Insight['counties'][number],
    @Context() context: GraphqlContext,
  ): ReturnType<typeof countyOf> {
    return countyOf(this.divisions, context, countyCode);
  }
}
