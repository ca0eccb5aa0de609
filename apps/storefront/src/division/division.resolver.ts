import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader, type DivisionRow, fullNameOf, pathOf } from '#libs/division';
import { Public } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Division')
export class DivisionResolver {
  constructor(private readonly reader: DivisionReader) {}

  @Query()
  @Public()
  divisions(@Args('parentCode') parentCode: string | null | undefined): Promise<DivisionRow[]> {
    return this.reader.children(parentCode ?? null);
  }

  @ResolveField()
  async fullName(@Parent() { code }: DivisionRow, @Context() { loaders }: GraphqlContext): Promise<string> {
    const { reader } = this;
    const byCode = loaders.byId(
      DivisionReader,
      (codes) => reader.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return fullNameOf(code, await Promise.all(pathOf(code).map((step) => byCode.load(step))));
  }
}
