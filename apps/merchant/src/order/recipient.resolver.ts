import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader } from '#libs/division';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Recipient')
export class RecipientResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  async county(
    @Parent() { countyCode }: { readonly countyCode: string },
    @Context() { loaders }: GraphqlContext,
  ) {
    const { divisions } = this;
    const byCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division) => division.code,
    );
    // An order may name a county that came to be after our register was made.
    return (await byCode.load(countyCode)) ?? { code: countyCode, name: countyCode };
  }
}
