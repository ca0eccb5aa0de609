import { ProductNameReader } from '#libs/catalog';
import type { GraphqlContext } from '#platform/graphql';
import { UNKNOWN_NAME } from './county.loader.js';

/** The product of an id, all of one answer in one statement. What our catalogue does not hold is called by its id. */
export async function productNameOf(
  id: string,
  products: ProductNameReader,
  { loaders, locale }: GraphqlContext,
): Promise<{ readonly id: string; readonly name: string }> {
  if (id === '') return { id, name: UNKNOWN_NAME[locale] };
  const byId = loaders.byId(
    ProductNameReader,
    (ids) => products.byIds(ids),
    (product) => product.id,
  );
  return (await byId.load(id)) ?? { id, name: id };
}
