import { OrderService } from '#libs/ordering';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { shipOrder } from '../../make/receipt.make.js';

const CANCEL = `mutation ($orderId: ID!) { orderCancel(orderId: $orderId) {
  __typename
  ... on OrderCancelPayload { order { state cancelReason cancelledAt merchantOrders { state } } }
  ... on OrderNotCancellableError { state }
  ... on DomainError { code message }
} }`;

let world: World;
let person: Person;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(() => {
  person = world.person();
});

const cancel = (orderId: string, by = person) =>
  world.client('storefront').as(by.token).ask(CANCEL, { orderId });

async function factsOf(orderId: string) {
  return world.database.query(
    "SELECT name, payload FROM outbox WHERE JSON_VALUE(payload, '$.orderId') = ? ORDER BY id",
    [orderId],
  );
}

async function reservedOf(variantId: string): Promise<number> {
  const [level] = await world.database.query<{ reserved: number }>(
    'SELECT reserved FROM stock_level WHERE variant_id = ?',
    [variantId],
  );
  return level?.reserved ?? -1;
}

describe('orderCancel', () => {
  it('gives back the stock of an order that was not paid', async () => {
    const product = await makeProduct(world);
    const { orderId } = await makeOrder(world, { buyerId: person.userId, quantity: 2 }, product);
    expect(await reservedOf(product.variantId)).toBe(2);

    const result = await cancel(orderId);

    const order = {
      state: 'CANCELLED',
      cancelReason: 'BUYER',
      cancelledAt: world.clock.now().toISOString(),
      merchantOrders: [{ state: 'CANCELLED' }],
    };
    expect(result).toEqual({ __typename: 'OrderCancelPayload', order });
    expect(await reservedOf(product.variantId)).toBe(0);
    const payload = { orderId, buyerId: person.userId, reason: 'BUYER', wasPaid: false };
    expect((await factsOf(orderId)).at(-1)).toEqual({ name: 'order.cancelled', payload });
  });

  it('says that money must go back once it was paid', async () => {
    const { orderId } = await makePaidOrder(world, { buyerId: person.userId });

    await cancel(orderId);

    expect((await factsOf(orderId)).at(-1)).toMatchObject({
      name: 'order.cancelled',
      payload: { wasPaid: true },
    });
  });

  it('refuses once goods are on their way, and changes nothing', async () => {
    const product = await makeProduct(world);
    const { orderId } = await makePaidOrder(world, { buyerId: person.userId }, product);
    await shipOrder(world, { orderId });
    const before = await factsOf(orderId);

    expect(await cancel(orderId)).toEqual({
      __typename: 'OrderNotCancellableError',
      code: 'ORDER_NOT_CANCELLABLE',
      state: 'PAID',
      message: expect.stringMatching(/^Goods are on their way; the order can no longer be cancelled/),
    });
    expect(await factsOf(orderId)).toEqual(before);
    expect(await reservedOf(product.variantId)).toBe(0);
  });

  it('refuses a second time', async () => {
    const { orderId } = await makeOrder(world, { buyerId: person.userId });
    await cancel(orderId);

    expect(await cancel(orderId)).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE', state: 'CANCELLED' });
  });

  it('looks missing to strangers, and asks nobody to sign in first', async () => {
    const { orderId } = await makeOrder(world, { buyerId: person.userId });

    const client = world.client('storefront');
    expect(await client.as(world.person().token).codeOf(CANCEL, { orderId })).toBe('NOT_FOUND');
    expect(await client.as(person.token).codeOf(CANCEL, { orderId: 'ord_unknown' })).toBe('NOT_FOUND');
    expect(await client.codeOf(CANCEL, { orderId })).toBe('UNAUTHENTICATED');
  });

  it('is done for the buyer when a quarter of an hour has passed', async () => {
    const orders = world.get(OrderService);
    world.clock.advance(60 * 60_000);
    await orders.expireDue(100); // What others here have left unpaid.
    const product = await makeProduct(world);
    const { orderId, buyerId } = await makeOrder(world, {}, product);
    world.clock.advance(15 * 60_000 - 1);
    expect(await orders.expireDue(100)).toBe(0);

    world.clock.advance(1);

    expect(await orders.expireDue(100)).toBe(1);
    expect(await orders.expireDue(100)).toBe(0);
    expect(await reservedOf(product.variantId)).toBe(0);
    const payload = { orderId, buyerId, reason: 'EXPIRED', wasPaid: false };
    expect((await factsOf(orderId)).at(-1)).toEqual({ name: 'order.cancelled', payload });
  });
});
