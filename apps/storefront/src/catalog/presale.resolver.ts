import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PresaleReader, type PresaleTerms, type ShelfProduct } from '#libs/inventory';
import { Clock } from '#libs/kernel';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('Product')
export class ProductPresaleResolver {
  constructor(private readonly presales: PresaleReader) {}

  @ResolveField('presales')
  async list(
    @Parent() product: ShelfProduct,
    @Context() { loaders }: GraphqlContext,
  ): Promise<PresaleTerms[]> {
    const { presales } = this;
    const ofProduct = loaders.listOf(
      ProductPresaleResolver,
      (productIds) => presales.aheadOf(productIds),
      (presale: PresaleTerms) => presale.productId,
    );
    return ofProduct.load(product.id);
  }
}

@Resolver('Presale')
export class PresaleResolver {
  constructor(
    private readonly presales: PresaleReader,
    private readonly clock: Clock,
  ) {}

  @ResolveField()
  takesOrders(@Parent() { ordersOpenAt, ordersCloseAt }: PresaleTerms): boolean {
    const now = this.clock.now();
    return ordersOpenAt <= now && now < ordersCloseAt;
  }

  @ResolveField()
  async variantIds(
    @Parent() { id }: PresaleTerms,
    @Context() { loaders }: GraphqlContext,
  ): Promise<readonly string[]> {
    const { presales } = this;
    const ofPresale = loaders.byId(
      PresaleResolver,
      async (ids) =>
        [...(await presales.variantsOf(ids))].map(([presaleId, variantIds]) => ({ presaleId, variantIds })),
      (row: { readonly presaleId: string; readonly variantIds: readonly string[] }) => row.presaleId,
    );
    return (await ofPresale.load(id))?.variantIds ?? [];
  }
}
