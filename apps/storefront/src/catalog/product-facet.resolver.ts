import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CategoryReader, type CategoryRow, ProductFacetReader, type ProductFacets } from '#libs/catalog';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { type ShelfFilter, ShelfReader } from '#libs/inventory';
import { Public } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { filterOf } from './product.resolver.js';

@Resolver('ProductFacets')
export class ProductFacetResolver {
  constructor(
    private readonly shelf: ShelfReader,
    private readonly facets: ProductFacetReader,
  ) {}

  @Query()
  @Public()
  async productFacets(@Args('filter') filter?: ShelfFilter | null): Promise<ProductFacets> {
    return this.facets.of(await this.shelf.narrow(filterOf(filter), null));
  }
}

@Resolver('CategoryFacet')
export class CategoryFacetResolver {
  constructor(private readonly categories: CategoryReader) {}

  @ResolveField()
  category(
    @Parent() { categoryCode }: { readonly categoryCode: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<CategoryRow | null> {
    const { categories } = this;
    const categoryByCode = loaders.byId(
      CategoryReader,
      (codes) => categories.byCodes(codes),
      (category: CategoryRow) => category.code,
    );
    return categoryByCode.load(categoryCode);
  }
}

@Resolver('CountyFacet')
export class CountyFacetResolver {
  constructor(private readonly divisions: DivisionReader) {}

  @ResolveField()
  county(
    @Parent() { countyCode }: { readonly countyCode: string },
    @Context() { loaders }: GraphqlContext,
  ): Promise<DivisionRow | null> {
    const { divisions } = this;
    const divisionByCode = loaders.byId(
      DivisionReader,
      (codes) => divisions.byCodes(codes),
      (division: DivisionRow) => division.code,
    );
    return divisionByCode.load(countyCode);
  }
}
