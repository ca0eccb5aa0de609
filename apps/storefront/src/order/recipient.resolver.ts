import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader, type DivisionRow } from '#libs/division';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Recipient')
export class RecipientResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(
    @Parent() { countyCode }: { readonly countyCode: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<DivisionRow | null> {
    const { divisions } = this;
    const byCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return byCode.load(countyCode);
  }
}
