import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader } from '#libs/division';
import type { GraphqlContext } from '#platform/graphql';
import { countyOf } from '../division/county.loader.js';

@Resolver('Recipient')
export class RecipientResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(
    @Parent() { countyCode }: { readonly countyCode: string },
    @Context() context: GraphqlContext,
  ): ReturnType<typeof countyOf> {
    return countyOf(this.divisions, context, countyCode);
  }
}
