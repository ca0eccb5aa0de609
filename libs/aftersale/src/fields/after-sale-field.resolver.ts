import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FulfillmentReader } from '#libs/fulfillment';
import type { GraphqlContext } from '#platform/graphql';
import { type AfterSalePhotoRow, AfterSaleReader, type AfterSaleRow } from '../after-sale.reader.js';

/** What belongs to a case and is read for many of them at once. */
@Resolver('AfterSale')
export class AfterSaleFieldResolver {
  constructor(
    private readonly reader: AfterSaleReader,
    private readonly fulfillments: FulfillmentReader,
  ) {}

  @ResolveField()
  photos(@Parent() { id }: AfterSaleRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${AfterSaleReader.name}.photos`,
        (ids) => reader.photosOf(ids),
        (photo) => photo.afterSaleId,
      )
      .load(id);
  }

  @ResolveField()
  steps(@Parent() { id }: AfterSaleRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${AfterSaleReader.name}.steps`,
        (ids) => reader.stepsOf(ids),
        (step) => step.afterSaleId,
      )
      .load(id);
  }

  @ResolveField()
  replacement(@Parent() { id, kind }: AfterSaleRow, @Context() { loaders }: GraphqlContext) {
    if (kind !== 'EXCHANGE') return null;
    const { fulfillments } = this;
    return loaders
      .byId(
        `${FulfillmentReader.name}.replacements`,
        (ids) => fulfillments.ofReplacements(ids),
        ({ replacesRef }) => replacesRef ?? '',
      )
      .load(id);
  }
}

/** Not the buyer's: who judges a case is told that its photo was used before. */
@Resolver('AfterSalePhoto')
export class AfterSalePhotoFieldResolver {
  constructor(private readonly reader: AfterSaleReader) {}

  @ResolveField()
  async isReused(
    @Parent() { afterSaleId, id }: AfterSalePhotoRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<boolean> {
    const { reader } = this;
    const reused = await loaders
      .listOf(
        `${AfterSaleReader.name}.reused`,
        (ids) => reader.reusedPhotosOf(ids),
        (photo) => photo.afterSaleId,
      )
      .load(afterSaleId);
    return reused.some((photo) => photo.photoId === id);
  }
}
