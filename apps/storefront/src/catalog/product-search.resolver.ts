import { Args, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type Hit, type SearchFindings, SearchService, type SearchSuggestion } from '#libs/catalog';
import { type ShelfProduct, ShelfReader } from '#libs/inventory';
import { type Page, type PageRequest, pageOf, pageRequest } from '#libs/kernel';
import { Public } from '#platform/auth';
import { orThrow } from '#platform/graphql';
import { extrasOf } from './product.resolver.js';

interface SearchArgs {
  readonly query: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** What was found, and which page of it is looked at. */
interface Search extends SearchFindings {
  readonly page: PageRequest;
  readonly hitCount: number;
}

/** Score and id. */
const HIT_KEY_PARTS = 2;
const POPULAR_MAX = 8;

@Resolver('ProductSearch')
export class ProductSearchResolver {
  constructor(
    private readonly searches: SearchService,
    private readonly shelf: ShelfReader,
  ) {}

  @Query()
  @Public()
  async productSearch(@Args() { query, first, after }: SearchArgs): Promise<Search> {
    const page = orThrow(pageRequest(first, after, HIT_KEY_PARTS));
    const findings = orThrow<SearchFindings>(await this.searches.find(query));
    return { ...findings, page, hitCount: findings.hits.length };
  }

  @Query()
  @Public()
  async searchSuggestions(@Args('query') query: string): Promise<readonly SearchSuggestion[]> {
    return orThrow<readonly SearchSuggestion[]>(await this.searches.suggest(query));
  }

  @ResolveField()
  async products(
    @Parent() { hits, page: { first, after } }: Search,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<ShelfProduct>> {
    const rest = after ? hits.filter((hit) => isBehind(hit, after)) : hits;
    const { nodes, pageInfo } = pageOf(rest.slice(0, first + 1), first, keyOf);
    const products = await this.shelf.byIds(
      nodes.map(({ id }) => id),
      extrasOf(info, 'nodes.'),
    );
    return { nodes: products, pageInfo };
  }

  @ResolveField()
  popular(@Parent() { hits }: Search, @Info() info: GraphQLResolveInfo): Promise<ShelfProduct[]> | [] {
    return hits.length > 0 ? [] : this.shelf.mostSold(POPULAR_MAX, extrasOf(info, ''));
  }
}

function keyOf({ score, id }: Hit): readonly string[] {
  return [String(score), id];
}

/** By the key and not by the place, so that what has come or gone in between moves nobody's page. */
function isBehind(hit: Hit, [score = '', id = '']: readonly string[]): boolean {
  return hit.score < Number(score) || (hit.score === Number(score) && hit.id > id);
}
