import { StockShiftService } from '#libs/inventory';
import { newId } from '#libs/kernel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePaidOrder, partsOf } from '../../make/order.make.js';
import { makePresale } from '../../make/presale.make.js';
import { shipOrder } from '../../make/receipt.make.js';
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

const ITEMS = `query ($merchantId: ID!, $first: Int, $after: String) { stockItems(merchantId: $merchantId, first: $first, after: $after) {
  nodes { variant { id } isOnSale onHand reserved available expected held soldUnits coverDays
    places { kind name channelPointId onHand reserved available } presale { id capacityG promisedG nextOn } }
  pageInfo { hasNextPage endCursor } } }`;
const ITEM = `query ($merchantId: ID!, $variantId: ID!) { stockItem(merchantId: $merchantId, variantId: $variantId) { onHand } }`;
const MOVEMENTS = `query ($merchantId: ID!, $variantId: ID!, $channelPointId: ID, $first: Int, $after: String) {
  stockMovements(merchantId: $merchantId, variantId: $variantId, channelPointId: $channelPointId, first: $first, after: $after) {
    nodes { kind quantity cause documentId note merchantOrderId movedBy movedAt batch { id } } pageInfo { hasNextPage endCursor } } }`;

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

interface Movements {
  readonly nodes: readonly { readonly kind: string; readonly quantity: number; readonly cause: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('stockItems', () => {
  it('show what lies where, what sells, and what a harvest has room for', async () => {
    const peaches = await product({ pricesFen: [10_000n, 20_000n] });
    const { merchantId, variantId, batchIds } = peaches;
    const presold = await makePresale(world, { product: await product({ merchantId }), capacityG: 50_000 });
    const { orderId } = await makePaidOrder(world, { quantity: 10 }, peaches);
    await shipOrder(world, { orderId });
    await makePaidOrder(world, { quantity: 3 }, peaches);
    const pavilion = await makePavilion(world);
    await world.database.transaction(async (tx) => {
      const shifts = world.get(StockShiftService);
      const from = await shifts.placeOf(tx, { merchantId, channelPointId: null });
      const to = await shifts.placeOf(tx, { merchantId, channelPointId: pavilion.id });
      const goods = { variantId, batchId: batchIds[0] ?? '', bestBeforeOn: '2026-12-31' };
      const steps = [
        { ...goods, locationId: from, quantity: -5 },
        { ...goods, locationId: to, quantity: 5 },
      ];
      await shifts.shift(tx, { kind: 'MOVED', causeKey: 'transfer:stt_x', by: null, steps });
    });

    const { nodes } = await clerkOf(merchantId).ask<{ nodes: readonly object[] }>(ITEMS, { merchantId });

    const warehouse = { kind: 'WAREHOUSE', name: null, channelPointId: null };
    expect(nodes).toEqual([
      {
        variant: { id: variantId },
        isOnSale: true,
        onHand: 90,
        reserved: 3,
        available: 82,
        expected: 0,
        held: 0,
        soldUnits: 10,
        coverDays: 114,
        places: [
          { ...warehouse, onHand: 85, reserved: 3, available: 82 },
          {
            kind: 'PAVILION',
            name: '炎陵特色产品馆',
            channelPointId: pavilion.id,
            onHand: 5,
            reserved: 0,
            available: 5,
          },
        ],
        presale: null,
      },
      expect.objectContaining({ variant: { id: peaches.variantIds[1] }, onHand: 100, coverDays: null }),
      expect.objectContaining({
        variant: { id: presold.variantId },
        presale: { id: presold.id, capacityG: 500_000, promisedG: 0, nextOn: presold.firstOn },
      }),
    ]);
    const shelf = await clerkOf(merchantId).ask<{ nodes: readonly object[] }>(
      PAGE.replace('stockLevels(', `stockLevels(channelPointId: "${pavilion.id}", `),
      { merchantId },
    );
    expect(shelf.nodes).toEqual([expect.objectContaining({ onHand: 5, reserved: 0 })]);
  });

  it('cost the same for one as for ten, and are nobody else’s', async () => {
    const one = await product();
    const ten = await product({ pricesFen: Array.from({ length: 10 }, (_, index) => BigInt(index + 1)) });
    const cost = ({ merchantId }: MadeProduct) =>
      countStatements(() => clerkOf(merchantId).ask(ITEMS, { merchantId }));

    expect(await cost(ten)).toBe(await cost(one));
    const { merchantId } = one;
    const stranger = clerkOf(ten.merchantId);
    expect(await world.client('merchant').codeOf(ITEMS, { merchantId })).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person().token).codeOf(ITEMS, { merchantId })).toBe(
      'FORBIDDEN',
    );
    expect(await stranger.codeOf(ITEMS, { merchantId })).toBe('NOT_FOUND');
    expect(await stranger.codeOf(ITEM, { merchantId, variantId: one.variantId })).toBe('NOT_FOUND');
    expect(await stranger.ask(ITEM, { merchantId: ten.merchantId, variantId: one.variantId })).toBeNull();
  });
});

describe('stockMovements', () => {
  it('say who, when and why, the latest first, page by page', async () => {
    const peaches = await product();
    const { merchantId, variantId } = peaches;
    const clerk = clerkOf(merchantId);
    world.clock.advance(1_000);
    await clerk.ask(RECEIVE, {
      input: { causeKey: 'PO-17', variantId, batchId: peaches.batchIds[0], quantity: 20 },
    });
    world.clock.advance(1_000);
    const { orderId } = await makePaidOrder(world, { quantity: 2 }, peaches);
    await shipOrder(world, { orderId });
    const [part] = await partsOf(world, orderId);

    const variables = { merchantId, variantId, first: 2 };
    const first = await clerk.ask<Movements>(MOVEMENTS, variables);
    const rest = await clerk.ask<Movements>(MOVEMENTS, { ...variables, after: first.pageInfo.endCursor });

    expect(first.nodes).toEqual([
      expect.objectContaining({
        kind: 'SHIPPED',
        quantity: -2,
        cause: 'ORDER',
        merchantOrderId: part?.id,
        documentId: null,
      }),
      expect.objectContaining({ kind: 'RECEIVED', quantity: 20, cause: 'RECEIPT', documentId: 'PO-17' }),
    ]);
    expect(rest).toMatchObject({
      nodes: [{ kind: 'RECEIVED', quantity: 100, documentId: 'first-delivery', movedBy: null }],
      pageInfo: { hasNextPage: false },
    });
    expect(
      await clerk.ask<Movements>(MOVEMENTS, { ...variables, channelPointId: newId('chp') }),
    ).toMatchObject({
      nodes: [],
    });
    expect(await clerk.codeOf(MOVEMENTS, { ...variables, variantId: (await product()).variantId })).toBe(
      'NOT_FOUND',
    );
    expect(await clerk.codeOf(MOVEMENTS, { ...variables, merchantId: newId('mer') })).toBe('NOT_FOUND');
  });
});
