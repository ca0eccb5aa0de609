import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CabinetRow } from '#libs/counter';
import { RestockNeedReader, totalOf } from '#libs/restocking';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Cabinet')
export class CabinetNeedResolver {
  constructor(private readonly reader: RestockNeedReader) {}

  @ResolveField()
  async need(
    @Parent() { id }: CabinetRow,
    @Args('nextVisitOn') nextVisitOn: string,
    @Context() { loaders }: GraphqlContext,
  ) {
    const { reader } = this;
    const slots = await loaders
      .listOf(
        `${RestockNeedReader.name}.${nextVisitOn}`,
        (ids) => reader.ofCabinets(ids, nextVisitOn),
        ({ cabinetId }) => cabinetId,
      )
      .load(id);
    return { ...totalOf(slots), slots };
  }
}
