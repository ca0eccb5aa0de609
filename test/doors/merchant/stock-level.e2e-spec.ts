import { newId } from '#libs/kernel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { type MadeProduct, type ProductOptions, makeProduct } from '../../make/product.make.js';

const PAGE = `query ($merchantId: ID!, $first: Int, $after: String) {
  stockLevels(merchantId: $merchantId, first: $first, after: $after) {
    nodes {
      id onHand reserved
      variant { id name productName netWeightG priceFen }
      batch { id traceCode harvestedOn bestBeforeOn }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;
const RECEIVE = `mutation ($input: StockReceiveInput!) { stockReceive(input: $input) { __typename
  ... on StockReceivePayload { stockLevel { onHand reserved variant { id } batch { id } } }
  ... on DomainError { code message } ... on InvalidInputError { fields { path } } ... on StockCauseReusedError { quantity } } }`;

interface Connection {
  readonly nodes: readonly { readonly id: string; readonly variant: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant'] });
});
afterAll(() => world.close());

const clerkOf = (merchantId: string): Client => {
  const grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId } as const;
  return world.client('merchant').as(world.person(grant).token);
};
const product = (options: ProductOptions = {}) => makeProduct(world, options);

describe('stockLevels', () => {
  it('show what there is, of what and from where', async () => {
    const { merchantId, variantId, batchIds } = await product();

    const { nodes } = await clerkOf(merchantId).ask<Connection>(PAGE, { merchantId });

    expect(nodes).toEqual([
      {
        id: expect.stringMatching(/^stk_/),
        onHand: 100,
        reserved: 0,
        variant: {
          id: variantId,
          name: '第 1 种',
          productName: '炎陵黄桃',
          netWeightG: 2500,
          priceFen: '10000',
        },
        batch: {
          id: batchIds[0],
          traceCode: batchIds[0],
          harvestedOn: '2026-10-20',
          bestBeforeOn: '2026-12-31',
        },
      },
    ]);
  });

  it('come page by page', async () => {
    const { merchantId, variantIds } = await product({ pricesFen: [100n, 200n, 300n] });
    const clerk = clerkOf(merchantId);

    const first = await clerk.ask<Connection>(PAGE, { merchantId, first: 2 });
    const second = await clerk.ask<Connection>(PAGE, {
      merchantId,
      first: 2,
      after: first.pageInfo.endCursor,
    });

    expect([...first.nodes, ...second.nodes].map(({ variant }) => variant.id)).toEqual(variantIds);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('cost the same for one as for ten', async () => {
    const one = await product();
    const ten = await product({ pricesFen: Array.from({ length: 10 }, (_, index) => BigInt(index + 1)) });
    const cost = ({ merchantId }: MadeProduct) =>
      countStatements(() => clerkOf(merchantId).ask(PAGE, { merchantId }));

    expect([await cost(one), await cost(ten)]).toEqual([3, 3]);
  });

  it('of other merchants are not there', async () => {
    const { merchantId } = await product();
    const variables = { merchantId };

    expect(await world.client('merchant').codeOf(PAGE, variables)).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person().token).codeOf(PAGE, variables)).toBe('FORBIDDEN');
    expect(await clerkOf((await makeMerchant(world)).id).codeOf(PAGE, variables)).toBe('NOT_FOUND');
  });
});

describe('stockReceive', () => {
  const receipt = ({ variantId, batchIds }: MadeProduct, changes: object = {}) => ({
    input: { causeKey: 'delivery-2', variantId, batchId: batchIds[0], quantity: 20, ...changes },
  });
  const onHand = async ({ variantId }: MadeProduct) =>
    (
      await world.database.query<{ onHand: number }>(
        'SELECT on_hand AS onHand FROM stock_level WHERE variant_id = ?',
        [variantId],
      )
    )[0]?.onHand;

  it('adds what has arrived, once per key', async () => {
    const peaches = await product();
    const clerk = clerkOf(peaches.merchantId);

    const answers = await Promise.all([1, 2, 3].map(() => clerk.ask(RECEIVE, receipt(peaches))));

    const stockLevel = {
      onHand: 120,
      reserved: 0,
      variant: { id: peaches.variantId },
      batch: { id: peaches.batchIds[0] },
    };
    expect(answers).toEqual(
      Array.from({ length: 3 }, () => ({ __typename: 'StockReceivePayload', stockLevel })),
    );
    expect(await onHand(peaches)).toBe(120);
  });

  it('refuses a key that has recorded another quantity', async () => {
    const peaches = await product();
    const clerk = clerkOf(peaches.merchantId);
    await clerk.ask(RECEIVE, receipt(peaches));

    expect(await clerk.ask(RECEIVE, receipt(peaches, { quantity: 21 }))).toEqual({
      __typename: 'StockCauseReusedError',
      code: 'STOCK_CAUSE_REUSED',
      message: 'This receipt was already recorded with a quantity of 20.',
      quantity: 20,
    });
    expect(await onHand(peaches)).toBe(120);
  });

  it('names every fault of the input at once', async () => {
    const peaches = await product();

    const refusal = await clerkOf(peaches.merchantId).ask(
      RECEIVE,
      receipt(peaches, { quantity: 0, causeKey: 'no spaces' }),
    );

    expect(refusal).toMatchObject({
      __typename: 'InvalidInputError',
      fields: [{ path: 'quantity' }, { path: 'causeKey' }],
    });
    expect(await onHand(peaches)).toBe(100);
  });

  it('finds neither variants of other merchants nor batches of other products', async () => {
    const [peaches, other] = [await product(), await product()];
    const clerk = clerkOf(peaches.merchantId);

    expect(await world.client('merchant').codeOf(RECEIVE, receipt(peaches))).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person().token).codeOf(RECEIVE, receipt(peaches))).toBe(
      'FORBIDDEN',
    );
    expect(await clerk.codeOf(RECEIVE, receipt(other))).toBe('NOT_FOUND');
    expect(await clerk.codeOf(RECEIVE, receipt(peaches, { batchId: other.batchIds[0] }))).toBe('NOT_FOUND');
    expect(await clerk.codeOf(RECEIVE, receipt(peaches, { variantId: newId('var') }))).toBe('NOT_FOUND');
    expect([await onHand(peaches), await onHand(other)]).toEqual([100, 100]);
  });
});
