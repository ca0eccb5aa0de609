import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader, fullNameOf, pathOf } from '#libs/division';
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
    const known = await Promise.all(pathOf(countyCode).map((code) => byCode.load(code)));
    // An order may name a county that came to be after our register was made.
    const name = known.at(-1)?.name ?? countyCode;
    return { code: countyCode, name, fullName: fullNameOf(countyCode, known) || name };
  }
}
