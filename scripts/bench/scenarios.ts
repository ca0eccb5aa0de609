import { readFileSync } from 'node:fs';
import type { Request } from 'autocannon';
import { type IdOf, newId, present } from '#libs/kernel';
import { AccessTokens } from '#platform/auth';
import { readJudgedQueries } from '../search/judged.js';
import type { Market } from './market.js';

/** What a scenario must reach: a part of the hand-written server's throughput, requests a second, or a p99 in milliseconds. */
export interface Aim {
  readonly ratio?: number;
  readonly perSecond?: number;
  readonly p99Ms?: number;
}

/** One kind of work; where there is a hand-written server that does it, it is asked of both in the same words. */
export interface Scenario {
  readonly title: string;
  readonly connections: number;
  readonly aim: Aim;
  /** Where the hand-written server does it; null where it does not. Ours has one door. */
  readonly baselinePath: string | null;
  /** Every good answer contains it: a refusal is answered with 200 as well. Null where answers are too many to look at each. */
  readonly mark: string | null;
  /** Headers are fresh each time: the load generator writes into them. */
  readonly next: () => Request;
}

export const HEADERS = { 'content-type': 'application/json', 'accept-language': 'zh-CN' };
const PAGE = 24;
/** Different pages in turn, so that neither server is asked the same thing twice in a row. */
const PAGES = 40;
/** Longer than all rounds together. */
const TOKEN_MINUTES = 60;

/** The documents that the shop itself sends. */
const documentOf = (name: string) => readFileSync(`apps/storefront/documents/${name}.graphql`, 'utf8');
export const ORDER_PLACE = `mutation OrderPlace($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
  ... on OrderPlacePayload { order { id state totalFen expiresAt } } ... on DomainError { code message } } }`;
export const CART_LINE_SET = `mutation CartLineSet($input: CartLineSetInput!) { cartLineSet(input: $input) { __typename
  ... on CartLineSetPayload { cart { goodsFen groups { merchant { id name } lines { variantId quantity } } } }
  ... on DomainError { code message } } }`;

export const RECIPIENT = {
  name: '李女士',
  phone: '19900000300',
  countyCode: '430225',
  address: '霞阳镇神农大道1号',
};

export const post = (headers: Record<string, string>, query: string, variables: object): Request => ({
  method: 'POST',
  path: '/graphql',
  headers: { ...HEADERS, ...headers },
  body: JSON.stringify({ query, variables }),
});

/** Everybody who buys, signed in. */
export function signedIn({ buyers }: Market, authSecret: string): readonly Record<string, string>[] {
  const tokens = new AccessTokens(authSecret, TOKEN_MINUTES);
  return buyers.map(({ id }) => {
    const token = tokens.sign({ userId: id, sessionId: newId('ses'), grants: [] });
    return { authorization: `Bearer ${token}` };
  });
}

/** Of these, the next each time, and then again from the beginning. */
export function inTurn<T>(all: readonly T[]): () => T {
  let turn = 0;
  return () => present(all[turn++ % all.length], 'something');
}

/** Far apart, so that no two in a row share a page of a table. */
export function scattered<T>(all: readonly T[]): () => T {
  const STRIDE = 7_919;
  let turn = 0;
  return () => {
    turn += STRIDE;
    return present(all[turn % all.length], 'something');
  };
}

interface ListAnswer {
  readonly data: { readonly products: { readonly pageInfo: { readonly endCursor: string } } };
}

export async function ask<T>(url: string, request: Request): Promise<T> {
  const response = await fetch(`${url}${request.path ?? ''}`, {
    method: request.method ?? 'GET',
    headers: request.headers as Record<string, string>,
    ...(request.body === undefined ? {} : { body: String(request.body) }),
  });
  return (await response.json()) as T;
}

/** The shop's list from the database every time, by POST with variables. */
export async function productList(storefrontUrl: string): Promise<Scenario> {
  const requests: Request[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const request: Request = post({}, documentOf('product-list'), { first: PAGE, after });
    requests.push(request);
    const { data }: ListAnswer = await ask<ListAnswer>(storefrontUrl, request);
    after = data.products.pageInfo.endCursor;
  }
  const next = inTurn(requests);
  return {
    title: `Product list of ${PAGE}, uncached`,
    connections: 32,
    aim: { ratio: 0.8 },
    baselinePath: '/products',
    mark: '"endCursor":"',
    next: () => ({ ...next(), headers: { ...HEADERS } }),
  };
}

/** The shop's page of one product, from the database every time. */
export function productPage({ productIds }: Market): Scenario {
  const next = scattered(productIds);
  return {
    title: 'Product page, uncached',
    connections: 32,
    aim: { ratio: 0.8 },
    baselinePath: '/product',
    mark: '"expectedDispatch":{',
    next: () => post({}, documentOf('product-page'), { id: next() }),
  };
}

/** As a page asks that is opened in a category; each category in turn. */
export function productFacets({ categoryCodes }: Market): Scenario {
  const next = inTurn([...categoryCodes.map((categoryCode) => ({ categoryCode })), {}]);
  return {
    title: 'Facets of a category, and of everything each tenth time, uncached',
    connections: 4,
    aim: {},
    baselinePath: null,
    mark: '"productCount":',
    next: () => post({}, documentOf('product-facets'), { filter: next() }),
  };
}

/** What the judged buyers have asked, in turn: in characters, in pinyin, with slips. */
export function productSearch(): Scenario {
  const next = inTurn(readJudgedQueries().map(({ query }) => query));
  return {
    title: 'Search, the judged questions in turn',
    connections: 2,
    aim: { p99Ms: 50 },
    baselinePath: null,
    mark: '"hitCount":',
    next: () => post({}, documentOf('product-search'), { query: next(), first: PAGE }),
  };
}

/** The same list as a page of the shop asks for it: by GET, kept for a second. */
export function cachedList(): Scenario {
  const variables = encodeURIComponent(JSON.stringify({ first: PAGE }));
  return {
    title: `Product list of ${PAGE}, by GET`,
    connections: 32,
    aim: { perSecond: 8_000 },
    baselinePath: null,
    mark: null,
    next: () => ({ method: 'GET', path: `/graphql/documents/product-list?variables=${variables}` }),
  };
}

/** One line of a cart, of another buyer and another variant each time. */
export function cartAdd({ variantIds }: Market, buyers: readonly Record<string, string>[]): Scenario {
  const [buyer, variant] = [inTurn(buyers), scattered(variantIds)];
  return {
    title: 'Into the cart',
    connections: 32,
    aim: {},
    baselinePath: null,
    mark: '"CartLineSetPayload"',
    next: () => post(buyer(), CART_LINE_SET, { input: { variantId: variant(), quantity: 1 } }),
  };
}

export const orderOf = (headers: Record<string, string>, variantId: IdOf<'var'>, idempotencyKey: string) => {
  const input = { idempotencyKey, lines: [{ variantId, quantity: 1 }], recipient: RECIPIENT };
  return post(headers, ORDER_PLACE, { input });
};

/** Every request another order: its own key, another buyer and another variant in turn, one box. */
export function orderPlacement({ variantIds }: Market, buyers: readonly Record<string, string>[]): Scenario {
  const [buyer, variant] = [inTurn(buyers), scattered(variantIds)];
  return {
    title: `Order placement, spread over ${variantIds.length} variants`,
    connections: 32,
    aim: { ratio: 0.6 },
    baselinePath: '/orders',
    mark: '"OrderPlacePayload"',
    next: () => orderOf(buyer(), variant(), newId('req')),
  };
}
