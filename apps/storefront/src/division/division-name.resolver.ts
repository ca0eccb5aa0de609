import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DivisionReader, type DivisionRow, fullNameOf, pathOf } from '#libs/division';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Division')
export class DivisionNameResolver {
  constructor(private readonly reader: DivisionReader) {}

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
