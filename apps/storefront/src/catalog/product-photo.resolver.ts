import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProductPhotoReader, type ProductPhotoRow } from '#libs/catalog';
import type { ShelfProduct } from '#libs/inventory';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Product')
export class ProductPhotoResolver {
  constructor(private readonly reader: ProductPhotoReader) {}

  @ResolveField()
  async photos(product: ShelfProduct, _: unknown, { loaders }: GraphqlContext) {
    const { reader } = this;
    const photosOfProduct = loaders.listOf(
      ProductPhotoReader,
      (productIds) => reader.ofProducts(productIds),
      ({ productId }: ProductPhotoRow) => productId,
    );
    const photos = await photosOfProduct.load(product.id);
    return photos.map(({ id }) => ({ id, path: `/products/${product.id}/photos/${id}` }));
  }
}
