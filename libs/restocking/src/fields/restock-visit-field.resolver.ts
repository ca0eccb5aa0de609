import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '#platform/graphql';
import {
  RestockVisitReader,
  type RestockVisitRow,
  type RestockVisitSlotRow,
} from '../restock-visit.reader.js';

@Resolver('RestockVisit')
export class RestockVisitFieldResolver {
  constructor(private readonly reader: RestockVisitReader) {}

  @ResolveField()
  isSigned(@Parent() { signatureId }: RestockVisitRow): boolean {
    return signatureId !== null;
  }

  @ResolveField()
  async deeds(@Parent() { id }: RestockVisitRow, @Context() { loaders }: GraphqlContext): Promise<string[]> {
    const { reader } = this;
    const deeds = await loaders
      .listOf(
        `${RestockVisitReader.name}.deeds`,
        (ids) => reader.deedsOf(ids),
        ({ visitId }) => visitId,
      )
      .load(id);
    return deeds.map(({ deed }) => deed);
  }

  @ResolveField()
  slots(
    @Parent() { id }: RestockVisitRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<RestockVisitSlotRow[]> {
    const { reader } = this;
    return loaders
      .listOf(
        `${RestockVisitReader.name}.slots`,
        (ids) => reader.slotsOf(ids),
        ({ visitId }) => visitId,
      )
      .load(id);
  }

  @ResolveField()
  async photoIds(
    @Parent() { id }: RestockVisitRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string[]> {
    const { reader } = this;
    const photos = await loaders
      .listOf(
        `${RestockVisitReader.name}.photos`,
        (ids) => reader.photosOf(ids),
        ({ visitId }) => visitId,
      )
      .load(id);
    return photos.map(({ photoId }) => photoId);
  }
}
