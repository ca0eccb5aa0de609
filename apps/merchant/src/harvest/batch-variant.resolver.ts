import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { OwnProductReader, type OwnVariantRow } from '#libs/catalog';
import type { HarvestBatchRow } from '#libs/harvest';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('HarvestBatch')
export class BatchVariantResolver {
  constructor(private readonly products: OwnProductReader) {}

  @ResolveField()
  async variants(
    @Parent() { productId, productName }: HarvestBatchRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<(OwnVariantRow & { readonly productName: string })[]> {
    const { products } = this;
    const variantsOfProduct = loaders.listOf(
      OwnProductReader,
      (ids) => products.variantsOf(ids),
      ({ productId: id }: OwnVariantRow) => id,
    );
    return (await variantsOfProduct.load(productId)).map((variant) => ({ ...variant, productName }));
  }
}
