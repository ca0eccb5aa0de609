import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { NEVER_EXPIRES_ON } from '#libs/inventory';
import { type Actor, CurrentActor } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { VanWriteOffReader, type VanWriteOffRow } from '../van-write-off.reader.js';

@Resolver('VanWriteOff')
export class VanWriteOffFieldResolver {
  constructor(private readonly reader: VanWriteOffReader) {}

  @ResolveField()
  isOwn(@Parent() { requestedBy }: VanWriteOffRow, @CurrentActor() { userId }: Actor): boolean {
    return requestedBy === userId;
  }

  @ResolveField()
  async lines(@Parent() { id }: VanWriteOffRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const lines = await loaders
      .listOf(
        VanWriteOffReader.name,
        (ids) => reader.linesOf(ids),
        ({ writeOffId }) => writeOffId,
      )
      .load(id);
    return lines.map(({ bestBeforeOn, ...line }) => ({
      ...line,
      bestBeforeOn: bestBeforeOn === NEVER_EXPIRES_ON ? null : bestBeforeOn,
    }));
  }
}
