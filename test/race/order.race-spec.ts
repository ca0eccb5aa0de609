import { FulfillmentModule, FulfillmentService } from '#libs/fulfillment';
import { InsufficientStockError } from '#libs/inventory';
import { DomainError, newId, present } from '#libs/kernel';
import {
  CartService,
  CartViewReader,
  IdempotencyConflictError,
  OrderNotCancellableError,
  OrderPlacementService,
  OrderReader,
  OrderService,
} from '#libs/ordering';
import { fillPool } from '../harness/pool.js';
import { SETTINGS, openRooms, type Rooms } from '../harness/rooms.js';
import { statementsOf } from '../harness/statements.js';
import { makeOrder, makePaidOrder, orderInput, partsOf, pay } from '../make/order.make.js';
import { makeProduct } from '../make/product.make.js';

const AT_ONCE = 16;

describe('an order, by several at once', () => {
  let rooms: Rooms;

  beforeAll(async () => {
    rooms = await openRooms(SETTINGS, FulfillmentModule);
    await fillPool(rooms.database);
  });
  afterAll(() => rooms.close());

  const many = <T>(work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, index) => work(index)));

  async function factsOf(orderId: string): Promise<string[]> {
    const rows = await rooms.database.query<{ name: string }>(
      "SELECT name FROM outbox WHERE JSON_VALUE(payload, '$.orderId') = ? ORDER BY id",
      [orderId],
    );
    return rows.map((row) => row.name);
  }

  async function reservedOf(variantId: string): Promise<number> {
    const [row] = await rooms.database.query<{ reserved: string }>(
      'SELECT SUM(reserved) AS reserved FROM stock_level WHERE variant_id = ?',
      [variantId],
    );
    return Number(row?.reserved);
  }

  it('is placed once for one key, and everybody hears of that one', async () => {
    const product = await makeProduct(rooms);
    const buyerId = newId('usr');
    const input = orderInput({ lines: [{ variantId: product.variantId, quantity: 2, channelPointId: '' }] });

    const answers = await many(() => rooms.get(OrderPlacementService).place(buyerId, input));

    const [first] = answers;
    expect(new Set(answers)).toEqual(new Set([first]));
    expect(await factsOf(typeof first === 'string' ? first : '')).toEqual(['order.placed']);
    expect(await reservedOf(product.variantId)).toBe(2);
  });

  it('keeps its key when different orders come at once', async () => {
    const { variantId } = await makeProduct(rooms);
    const [buyerId, idempotencyKey] = [newId('usr'), newId('req')];
    const place = (index: number) => {
      const lines = [{ variantId, quantity: index + 1, channelPointId: '' }];
      return rooms.get(OrderPlacementService).place(buyerId, orderInput({ idempotencyKey, lines }));
    };

    const answers = await many(place);

    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1);
    expect(answers.filter((answer) => answer instanceof IdempotencyConflictError)).toHaveLength(AT_ONCE - 1);
  });

  it('shares a transaction with what strangers order, and what one of them is refused touches no other', async () => {
    const products = await Promise.all(
      [100, 100, 100, 3].map((quantity) => makeProduct(rooms, { batches: [{ quantity }] })),
    );
    let answers: unknown[] = [];

    const statements = await statementsOf(async () => {
      answers = await many((index) => {
        const { variantId } = present(products[index % products.length], 'a product');
        const lines = [{ variantId, quantity: 1, channelPointId: '' }];
        return rooms.get(OrderPlacementService).place(newId('usr'), orderInput({ lines }));
      });
    });

    const placed = answers.filter((answer) => typeof answer === 'string');
    expect([
      placed.length,
      answers.filter((answer) => answer instanceof InsufficientStockError).length,
    ]).toEqual([AT_ONCE - 1, 1]);
    expect(await Promise.all(placed.map(factsOf))).toEqual(placed.map(() => ['order.placed']));
    expect(await Promise.all(products.map(({ variantId }) => reservedOf(variantId)))).toEqual([4, 4, 4, 3]);
    expect(statements.filter((statement) => statement === 'COMMIT').length).toBeLessThan(AT_ONCE / 2);
  });

  it('is prepared in carts by many at once: each has their own, and two windows of one buyer share theirs', async () => {
    const products = await Promise.all([makeProduct(rooms), makeProduct(rooms)]);
    const buyers = Array.from({ length: AT_ONCE / 2 }, () => newId('usr'));
    const set = (buyerId: string, { variantId }: { variantId: string }) =>
      rooms.get(CartService).setLine(buyerId, { variantId, quantity: 2, channelPointId: '' });

    const statements = await statementsOf(() =>
      Promise.all(buyers.flatMap((buyerId) => products.map((product) => set(buyerId, product)))),
    );

    for (const buyerId of buyers) {
      const { lines } = await rooms.get(CartViewReader).ofBuyer(buyerId);
      expect(new Map(lines.map(({ variantId, quantity }) => [variantId, quantity]))).toEqual(
        new Map(products.map(({ variantId }) => [variantId, 2])),
      );
    }
    expect(statements.filter((statement) => statement === 'COMMIT').length).toBeLessThan(AT_ONCE / 2);
  });

  it('is cancelled or paid, never both: late money is told apart', async () => {
    const product = await makeProduct(rooms);
    const outcomes = await many(async () => {
      const { orderId, buyerId } = await makeOrder(rooms, {}, product);
      const [cancelled, paid] = await Promise.all([
        rooms.get(OrderService).cancel(buyerId, orderId),
        pay(rooms, orderId),
      ]);
      const order = await rooms.get(OrderReader).byId(orderId);
      return { cancelled, paid, state: order?.state, facts: await factsOf(orderId) };
    });

    for (const { cancelled, paid, state, facts } of outcomes) {
      // Paid first, an order may still be called off, and then its money goes back.
      expect(typeof cancelled).toBe('string');
      expect(state).toBe('CANCELLED');
      expect(facts).toEqual(
        paid === 'KEPT'
          ? ['order.placed', 'order.paid', 'order.cancelled']
          : ['order.placed', 'order.cancelled'],
      );
    }
    expect(await reservedOf(product.variantId)).toBe(0);
  });

  it('is paid once, whatever arrives', async () => {
    const { orderId } = await makeOrder(rooms);

    const dispositions = await many(() => pay(rooms, orderId));

    expect(dispositions.filter((disposition) => disposition === 'KEPT')).toHaveLength(1);
    expect(dispositions.filter((disposition) => disposition === 'DUPLICATE')).toHaveLength(AT_ONCE - 1);
    expect(await factsOf(orderId)).toEqual(['order.placed', 'order.paid']);
  });

  it('is cancelled once and gives back its stock once', async () => {
    const product = await makeProduct(rooms);
    const { orderId, buyerId } = await makePaidOrder(rooms, { quantity: 3 }, product);

    const answers = await many(() => rooms.get(OrderService).cancel(buyerId, orderId));

    expect(answers.filter((answer) => answer instanceof OrderNotCancellableError)).toHaveLength(AT_ONCE - 1);
    expect(await reservedOf(product.variantId)).toBe(0);
    expect((await partsOf(rooms, orderId)).map((part) => part.state)).toEqual(['CANCELLED']);
  });

  it('is shipped or cancelled, never both', async () => {
    const product = await makeProduct(rooms);
    const outcomes = await many(async () => {
      const { orderId, buyerId } = await makePaidOrder(rooms, {}, product);
      const [part] = await partsOf(rooms, orderId);
      const parcel = { merchantOrderId: part?.id ?? '', carrier: '顺丰', trackingNo: 'SF1234567890' };
      const ship = rooms.get(FulfillmentService).ship([product.merchantId], parcel);
      const [cancelled, shipped] = await Promise.all([
        rooms.get(OrderService).cancel(buyerId, orderId),
        ship,
      ]);
      const [after] = await partsOf(rooms, orderId);
      return [cancelled instanceof OrderNotCancellableError, shipped instanceof DomainError, after?.state];
    });

    for (const [isKept, isHeldBack, state] of outcomes) {
      expect([isKept, isHeldBack]).toEqual(state === 'SHIPPED' ? [true, false] : [false, true]);
      expect(['SHIPPED', 'CANCELLED']).toContain(state);
    }
    expect(await reservedOf(product.variantId)).toBe(0);
  });

  it('expires once, while others pay and cancel, and stock is where the states say', async () => {
    const product = await makeProduct(rooms);
    const orders = await many(() => makeOrder(rooms, {}, product));
    rooms.clock.advance(16 * 60_000);
    const service = rooms.get(OrderService);

    await Promise.all([
      Promise.all([service.expireDue(100), service.expireDue(5), service.expireDue(100)]),
      ...orders.slice(0, 4).map(({ orderId }) => pay(rooms, orderId)),
      ...orders.slice(4, 8).map(({ orderId, buyerId }) => service.cancel(buyerId, orderId)),
    ]);
    await service.expireDue(100);

    const states = await rooms.database.query<{ state: string; cancelReason: string | null }>(
      'SELECT state, cancel_reason AS cancelReason FROM customer_order WHERE id IN (?)',
      [orders.map(({ orderId }) => orderId)],
    );
    const kept = states.filter(({ state }) => state === 'PAID').length;
    expect(states.filter(({ state }) => state === 'PLACED')).toEqual([]);
    expect(await reservedOf(product.variantId)).toBe(kept);
    expect(states.filter(({ cancelReason }) => cancelReason === 'EXPIRED').length).toBeGreaterThan(0);
  });

  it('empties a cart into one order', async () => {
    const { variantId } = await makeProduct(rooms);
    const buyerId = newId('usr');
    await rooms.database.transaction((tx) =>
      tx.insert('cart_line', [
        { buyerId, variantId, channelPointId: '', quantity: 2, addedAt: rooms.clock.now() },
      ]),
    );

    const answers = await many(() => rooms.get(OrderPlacementService).place(buyerId, orderInput()));

    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1);
    expect(await reservedOf(variantId)).toBe(2);
  });
});
