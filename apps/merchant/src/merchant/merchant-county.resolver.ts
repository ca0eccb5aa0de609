import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader } from '#libs/division';
import type { MerchantRow } from '#libs/merchant';
import type { GraphqlContext } from '#platform/graphql';
import { countyOf } from '../division/county.loader.js';

@Resolver('Merchant')
export class MerchantCountyResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(
    @Parent() { countyCode }: MerchantRow,
    @Context() context: GraphqlContext,
  ): ReturnType<typeof countyOf> {
    return countyOf(this.divisions, context, countyCode);
  }
}
