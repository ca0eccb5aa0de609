import { countStatements } from '../../harness/statements.js';
import type { Client } from '../../harness/client.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, pay } from '../../make/order.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../../make/product.make.js';

const FIELDS = `id state totalFen paidAt merchantOrders { state merchant { name } lines { productName isCertified originCounty { name } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { ${FIELDS} } }`;
const ORDERS = `query ($first: Int, $after: String) { orders(first: $first, after: $after) {
  nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;

interface Connection {
  readonly nodes: { id: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let world: World;
let product: MadeProduct;
let person: Person;
let buyer: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  await makeDivisions(world);
  product = await makeProduct(world);
});
afterAll(() => world.close());
beforeEach(() => {
  person = world.person();
  buyer = world.client('storefront').as(person.token);
});

const place = () => makeOrder(world, { buyerId: person.userId }, product);

describe('order', () => {
  it('tells what was bought, of whom, and from where', async () => {
    const { orderId } = await place();
    await makeCertification(world, product.productId);
    await pay(world, orderId);

    expect(await buyer.ask(ORDER, { id: orderId })).toEqual({
      id: orderId,
      state: 'PAID',
      totalFen: '10000',
      paidAt: world.clock.now().toISOString(),
      merchantOrders: [
        {
          state: 'TO_SHIP',
          merchant: { name: '炎陵县霞阳黄桃专业合作社' },
          lines: [{ productName: '炎陵黄桃', isCertified: true, originCounty: { name: '炎陵县' } }],
        },
      ],
    });
  });

  it('is null for strangers, and for what is unknown', async () => {
    const { orderId } = await place();

    const stranger = world.client('storefront').as(world.person().token);
    expect(await stranger.ask(ORDER, { id: orderId })).toBeNull();
    expect(await buyer.ask(ORDER, { id: 'ord_unknown' })).toBeNull();
    expect(await world.client('storefront').codeOf(ORDER, { id: orderId })).toBe('UNAUTHENTICATED');
  });
});

describe('orders', () => {
  it("are one's own, newest first, page by page", async () => {
    const placed: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      placed.unshift((await place()).orderId);
      world.clock.advance(count * 1_000); // The first two at the same moment.
    }
    await makeOrder(world, {}, product);

    const first = await buyer.ask<Connection>(ORDERS, { first: 2 });
    const second = await buyer.ask<Connection>(ORDERS, { first: 2, after: first.pageInfo.endCursor });

    expect([...first.nodes, ...second.nodes].map((order) => order.id)).toEqual(placed);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('cost five statements, be it one or be it 20', async () => {
    await place();
    const forOne = await countStatements(() => buyer.ask(ORDERS));
    for (let count = 1; count < 20; count += 1) await place();

    expect([forOne, await countStatements(() => buyer.ask(ORDERS))]).toEqual([5, 5]);
  });

  it('refuse a page that is too large', async () => {
    expect(await buyer.codeOf(ORDERS, { first: 101 })).toBe('INVALID_INPUT');
  });
});
