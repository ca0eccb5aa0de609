import { Args, Info, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import {
  BatchReader,
  type BatchRow,
  CategoryReader,
  type CategoryRow,
  PRODUCT_KEY_PARTS,
  type ProductSort,
  refuseFilter,
} from '#libs/catalog';
import { refusePlaceDivision } from '#libs/channel';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { type ShelfExtras, type ShelfFilter, type ShelfProduct, ShelfReader } from '#libs/inventory';
import { type Page, pageRequest } from '#libs/kernel';
import { Public } from '#platform/auth';
import { type GraphqlContext, isAsked, orThrow } from '#platform/graphql';

interface ProductsArgs {
  readonly filter?: ShelfFilter | null;
  readonly sort?: ProductSort | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Stock and certificates are read only for those who look at them. `at` is where the products stand in the answer. */
export function extrasOf(info: GraphQLResolveInfo, at: '' | 'nodes.'): ShelfExtras {
  return {
    stock: isAsked(info, `${at}variants.available`) || isAsked(info, `${at}expectedDispatch`),
    certification: isAsked(info, `${at}isCertified`) || isAsked(info, `${at}certification`),
  };
}

/** What is asked for, if it can be. */
export function filterOf(filter: ShelfFilter | null | undefined): ShelfFilter {
  const asked = filter ?? {};
  const unplaced = refusePlaceDivision(asked.channelDivisionCode, 'filter.channelDivisionCode');
  return orThrow<ShelfFilter>(refuseFilter(asked) ?? unplaced ?? asked);
}

/**
 * Fields of products and batches take what GraphQL hands them as it comes (parent, arguments, context), without decorators: Nest wraps a decorated one in
 * eight promises, and a page asks for a dozen of them.
 */
@Resolver('Product')
export class ProductResolver {
  constructor(
    private readonly shelf: ShelfReader,
    private readonly categories: CategoryReader,
    private readonly batchReader: BatchReader,
  ) {}

  @Query()
  @Public()
  async products(
    @Args() { filter, sort, first, after }: ProductsArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<ShelfProduct>> {
    const page = orThrow(pageRequest(first, after, PRODUCT_KEY_PARTS));
    return orThrow<Page<ShelfProduct>>(
      await this.shelf.page(filterOf(filter), sort ?? 'NEWEST', page, extrasOf(info, 'nodes.')),
    );
  }

  @Query()
  @Public()
  product(@Args('id') id: string, @Info() info: GraphQLResolveInfo): Promise<ShelfProduct | null> {
    return this.shelf.byId(id, extrasOf(info, ''));
  }

  @ResolveField()
  category(product: ShelfProduct, _: unknown, { loaders }: GraphqlContext): Promise<CategoryRow | null> {
    const { categories } = this;
    const categoryByCode = loaders.byId(
      CategoryReader,
      (codes) => categories.byCodes(codes),
      (category: CategoryRow) => category.code,
    );
    return categoryByCode.load(product.categoryCode);
  }

  @ResolveField()
  batches(product: ShelfProduct, _: unknown, { loaders }: GraphqlContext): Promise<BatchRow[]> {
    const { batchReader } = this;
    const batchesOfProduct = loaders.listOf(
      BatchReader,
      (productIds) => batchReader.latestOf(productIds),
      (batch: BatchRow) => batch.productId,
    );
    return batchesOfProduct.load(product.id);
  }
}

@Resolver('Batch')
export class BatchResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  async originCounty({ originCountyCode }: BatchRow): Promise<DivisionRow | null> {
    return (await this.divisions.countiesOf([originCountyCode])).get(originCountyCode) ?? null;
  }
}
