import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BatchReader } from '#libs/catalog';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('OrderLine')
export class OrderLineResolver {
  constructor(private readonly batches: BatchReader) {}

  @ResolveField()
  batch(@Parent() { batchId }: { readonly batchId: string }, @Context() { loaders }: GraphqlContext) {
    const { batches } = this;
    const byId = loaders.byId(
      BatchReader,
      (ids) => batches.byIds(ids),
      (batch) => batch.id,
    );
    return byId.load(batchId);
  }
}
