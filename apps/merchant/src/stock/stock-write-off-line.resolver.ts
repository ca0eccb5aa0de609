import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchReader, VariantReader } from '#libs/catalog';
import type { GraphqlContext } from '#platform/graphql';

interface Line {
  readonly variantId: string;
  readonly batchId: string;
}

/** What a line of a write-off is about. */
@Resolver('StockWriteOffLine')
export class StockWriteOffLineResolver {
  constructor(
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
  ) {}

  @ResolveField()
  variant(@Parent() { variantId }: Line, @Context() { loaders }: GraphqlContext) {
    const { variants } = this;
    const byId = loaders.byId(
      VariantReader,
      (ids) => variants.byIds(ids),
      ({ id }) => id,
    );
    return byId.load(variantId);
  }

  @ResolveField()
  batch(@Parent() { batchId }: Line, @Context() { loaders }: GraphqlContext) {
    const { batches } = this;
    const byId = loaders.byId(
      BatchReader,
      (ids) => batches.byIds(ids),
      ({ id }) => id,
    );
    return byId.load(batchId);
  }
}
