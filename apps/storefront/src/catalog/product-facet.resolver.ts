import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CategoryReader, type CategoryRow, type ProductFacets, type SchemeCount } from '#libs/catalog';
import { DivisionReader, type DivisionRow } from '#libs/division';
import { type ChannelCount, ShelfFacetReader, type ShelfFilter, type ShelfWish } from '#libs/inventory';
import { Public } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';
import { filterOf } from './product.resolver.js';

/** With what they were counted for: some are counted only for whoever asks for them. */
export interface FacetsOfWish extends ProductFacets {
  readonly wish: ShelfWish;
}

@Resolver('ProductFacets')
export class ProductFacetResolver {
  constructor(private readonly facets: ShelfFacetReader) {}

  @Query()
  @Public()
  async productFacets(@Args('filter') filter?: ShelfFilter | null): Promise<FacetsOfWish> {
    const wish = { filter: filterOf(filter), among: null };
    return { ...(await this.facets.of(wish)), wish };
  }

  @ResolveField()
  availableCount(@Parent() { wish }: FacetsOfWish): Promise<number> {
    return this.facets.availableCount(wish);
  }

  @ResolveField()
  presoldCount(@Parent() { wish }: FacetsOfWish): Promise<number> {
    return this.facets.presoldCount(wish);
  }

  @ResolveField()
  schemes(@Parent() { wish }: FacetsOfWish): Promise<SchemeCount[]> {
    return this.facets.schemes(wish);
  }

  @ResolveField()
  channels(@Parent() { wish }: FacetsOfWish): Promise<ChannelCount[]> {
    return this.facets.channels(wish);
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
