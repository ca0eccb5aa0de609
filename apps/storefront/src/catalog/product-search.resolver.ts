import { Args, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import {
  type Hit,
  PRODUCT_KEY_PARTS,
  type ProductSort,
  type SearchFindings,
  SearchService,
  type SearchSuggestion,
} from '#libs/catalog';
import { ShelfFacetReader, type ShelfFilter, type ShelfProduct, ShelfReader } from '#libs/inventory';
import { type Page, pageRequest } from '#libs/kernel';
import { Public } from '#platform/auth';
import { orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';
import type { FacetsOfWish } from './product-facet.resolver.js';
import { extrasOf, filterOf } from './product.resolver.js';

interface SearchArgs {
  readonly query: string;
  readonly filter?: ShelfFilter | null;
}

interface PageArgs {
  readonly sort?: ProductSort | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** What was found, and what of it is looked at. */
interface Search extends SearchFindings {
  readonly filter: ShelfFilter;
  readonly hitCount: number;
}

const POPULAR_MAX = 8;

const idsOf = (hits: readonly Hit[]) => hits.map(({ id }) => id);

@Resolver('ProductSearch')
export class ProductSearchResolver {
  constructor(
    private readonly searches: SearchService,
    private readonly shelf: ShelfReader,
    private readonly facetReader: ShelfFacetReader,
  ) {}

  @Query()
  @Public()
  @Throttled('COSTLY')
  async productSearch(@Args() { query, filter }: SearchArgs): Promise<Search> {
    const narrow = filterOf(filter);
    const findings = orThrow<SearchFindings>(await this.searches.find(query));
    return { ...findings, filter: narrow, hitCount: findings.hits.length };
  }

  @Query()
  @Public()
  async searchSuggestions(@Args('query') query: string): Promise<readonly SearchSuggestion[]> {
    return orThrow<readonly SearchSuggestion[]>(await this.searches.suggest(query));
  }

  @ResolveField()
  async products(
    @Parent() { hits, filter }: Search,
    @Args() { sort, first, after }: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<ShelfProduct>> {
    const page = orThrow(pageRequest(first, after, PRODUCT_KEY_PARTS));
    const extras = extrasOf(info, 'nodes.');
    return orThrow<Page<ShelfProduct>>(
      sort === null || sort === undefined
        ? await this.shelf.ranked(hits, filter, page, extras)
        : await this.shelf.page(filter, sort, page, extras, idsOf(hits)),
    );
  }

  @ResolveField()
  async facets(@Parent() { hits, filter }: Search): Promise<FacetsOfWish> {
    const wish = { filter, among: idsOf(hits) };
    return { ...(await this.facetReader.of(wish)), wish };
  }

  @ResolveField()
  popular(@Parent() { hits }: Search, @Info() info: GraphQLResolveInfo): Promise<ShelfProduct[]> | [] {
    return hits.length > 0 ? [] : this.shelf.mostSold(POPULAR_MAX, extrasOf(info, ''));
  }
}
