import { readFileSync } from 'node:fs';
import type { Request } from 'autocannon';
import { newId, present } from '#libs/kernel';
import { AccessTokens } from '#platform/auth';
import type { Market } from './market.js';

/** One kind of work, asked of both servers in the same words. */
export interface Scenario {
  readonly title: string;
  readonly connections: number;
  /** The part of the hand-written server's throughput that ours must reach. */
  readonly aim: number;
  /** Where the hand-written server does it; ours has one door. */
  readonly baselinePath: string;
  /** Every good answer contains it: a refusal is answered with 200 as well. */
  readonly mark: string;
  /** Headers are fresh each time: the load generator writes into them. */
  readonly next: () => Required<Pick<Request, 'headers' | 'body'>>;
}

const HEADERS = { 'content-type': 'application/json', 'accept-language': 'zh-CN' };
const PAGE = 24;
/** Different pages in turn, so that neither server is asked the same thing twice in a row. */
const PAGES = 40;
const BUYERS = 200;
/** Longer than all rounds together. */
const TOKEN_MINUTES = 60;

/** The document that the shop itself sends. */
const PRODUCT_LIST = readFileSync('apps/storefront/documents/product-list.graphql', 'utf8');
const ORDER_PLACE = `mutation OrderPlace($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
  ... on OrderPlacePayload { order { id state totalFen expiresAt } } ... on DomainError { code message } } }`;

interface ListAnswer {
  readonly data: { readonly products: { readonly pageInfo: { readonly endCursor: string } } };
}

/** The shop's list from the database every time, by POST with variables. */
export async function productList(storefrontUrl: string): Promise<Scenario> {
  const bodies: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const body = JSON.stringify({ query: PRODUCT_LIST, variables: { first: PAGE, after } });
    bodies.push(body);
    const response = await fetch(`${storefrontUrl}/graphql`, { method: 'POST', headers: HEADERS, body });
    const { data } = (await response.json()) as ListAnswer;
    after = data.products.pageInfo.endCursor;
  }
  let turn = 0;
  return {
    title: `Product list of ${PAGE}, uncached`,
    connections: 32,
    aim: 0.8,
    baselinePath: '/products',
    mark: '"endCursor":"',
    next: () => ({ headers: { ...HEADERS }, body: present(bodies[turn++ % PAGES], 'a page') }),
  };
}

/** Every request another order: its own key, another buyer and another variant in turn, one box. */
export function orderPlacement({ variantIds }: Market, authSecret: string): Scenario {
  const tokens = new AccessTokens(authSecret, TOKEN_MINUTES);
  const buyers = Array.from({ length: BUYERS }, () => {
    const token = tokens.sign({ userId: newId('usr'), sessionId: newId('ses'), grants: [] });
    return { ...HEADERS, authorization: `Bearer ${token}` };
  });
  const recipient = {
    name: '李女士',
    phone: '19900000300',
    countyCode: '430225',
    address: '霞阳镇神农大道1号',
  };
  let turn = 0;
  return {
    title: `Order placement, spread over ${variantIds.length} variants`,
    connections: 32,
    aim: 0.6,
    baselinePath: '/orders',
    mark: '"OrderPlacePayload"',
    next: () => {
      turn += 1;
      const variantId = present(variantIds[turn % variantIds.length], 'a variant');
      const input = { idempotencyKey: newId('req'), lines: [{ variantId, quantity: 1 }], recipient };
      const body = JSON.stringify({ query: ORDER_PLACE, variables: { input } });
      return { headers: { ...present(buyers[turn % BUYERS], 'a buyer') }, body };
    },
  };
}
