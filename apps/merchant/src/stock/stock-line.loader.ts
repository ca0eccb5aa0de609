import type { BatchReader, VariantReader } from '#libs/catalog';
import type { GraphqlContext } from '#platform/graphql';

/** A line of a write-off, a transfer or a count. */
export interface GoodsLine {
  readonly variantId: string;
  readonly batchId: string;
}

/** All of one answer in one statement. */
export function variantOf(
  { variantId }: Pick<GoodsLine, 'variantId'>,
  variants: VariantReader,
  { loaders }: GraphqlContext,
) {
  const byId = loaders.byId(
    'stock.variants',
    (ids) => variants.byIds(ids),
    ({ id }) => id,
  );
  return byId.load(variantId);
}

/** Likewise. */
export function batchOf({ batchId }: GoodsLine, batches: BatchReader, { loaders }: GraphqlContext) {
  const byId = loaders.byId(
    'stock.batches',
    (ids) => batches.byIds(ids),
    ({ id }) => id,
  );
  return byId.load(batchId);
}
