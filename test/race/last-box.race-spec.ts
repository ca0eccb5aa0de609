import { InsufficientStockError } from '#libs/inventory';
import { newId } from '#libs/kernel';
import {
  OrderPlacementService,
  OrderingModule,
  PurchaseLimitError,
  PurchaseLimitService,
} from '#libs/ordering';
import { fillPool } from '../harness/pool.js';
import { openRooms, type Rooms } from '../harness/rooms.js';
import { orderInput } from '../make/order.make.js';
import { type MadeProduct, type ProductOptions, makeProduct } from '../make/product.make.js';

const BUYERS = 200;

describe('200 buyers at once', () => {
  let rooms: Rooms;

  beforeAll(async () => {
    rooms = await openRooms(OrderingModule);
    await fillPool(rooms.database);
  });
  afterAll(() => rooms.close());

  async function rush(product: MadeProduct, quantity = 1) {
    const placements = rooms.get(OrderPlacementService);
    const lines = product.variantIds.map((variantId) => ({ variantId, quantity, channelPointId: '' }));
    const buy = () => placements.place(newId('usr'), orderInput({ lines }));
    const answers = await Promise.all(Array.from({ length: BUYERS }, buy));
    const orderIds = answers.filter((answer) => typeof answer === 'string');
    const refusals = answers.filter((answer) => answer instanceof InsufficientStockError);
    return { orderIds, refusals };
  }

  async function booksOf(product: MadeProduct) {
    const [level] = await rooms.database.query<Record<string, string>>(
      'SELECT SUM(on_hand) AS onHand, SUM(reserved) AS reserved FROM stock_level WHERE variant_id IN (?)',
      [product.variantIds],
    );
    const [held] = await rooms.database.query<Record<string, string>>(
      `SELECT COUNT(DISTINCT l.order_id) AS orders, COALESCE(SUM(l.quantity), 0) AS sold,
         COALESCE(SUM(r.quantity), 0) AS held
       FROM order_line l JOIN stock_reservation r ON r.order_line_id = l.id AND r.state = 'HELD'
       WHERE l.variant_id IN (?)`,
      [product.variantIds],
    );
    return { ...level, ...held };
  }

  it.each([1, 10, 100])('get %s boxes between them, and nobody a box that is not there', async (boxes) => {
    const product = await makeProduct(rooms, { batches: [{ quantity: boxes }] });

    const { orderIds, refusals } = await rush(product);

    expect([new Set(orderIds).size, refusals.length]).toEqual([boxes, BUYERS - boxes]);
    const [onHand, orders] = [String(boxes), String(boxes)];
    expect(await booksOf(product)).toEqual({ onHand, reserved: onHand, orders, sold: onHand, held: onHand });
  });

  it.each<[string, ProductOptions, number, number]>([
    // what                                                                    quantity  orders
    ['ten batches of one box', { batches: Array.from({ length: 10 }, () => ({ quantity: 1 })) }, 1, 10],
    [
      'three batches cut across orders',
      { batches: [{ quantity: 7 }, { quantity: 7 }, { quantity: 7 }] },
      2,
      10,
    ],
    ['two variants of one order', { pricesFen: [5_000n, 9_000n], batches: [{ quantity: 30 }] }, 1, 30],
    [
      'two variants of three batches',
      { pricesFen: [5_000n, 9_000n], batches: [{ quantity: 5 }, { quantity: 5 }, { quantity: 5 }] },
      2,
      7,
    ],
  ])('sell %s to the last box', async (_what, options, quantity, orders) => {
    const product = await makeProduct(rooms, options);

    const { orderIds, refusals } = await rush(product, quantity);

    expect([orderIds.length, refusals.length]).toEqual([orders, BUYERS - orders]);
    const sold = String(orders * quantity * product.variantIds.length);
    expect(await booksOf(product)).toMatchObject({
      orders: String(orders),
      sold,
      held: sold,
      reserved: sold,
    });
  });

  it('sell one person at twenty windows no more than one person may have', async () => {
    const product = await makeProduct(rooms);
    const { variantId, merchantId } = product;
    const limit = { variantId, orderMax: null, personMax: 5, periodDays: 7 };
    await rooms.get(PurchaseLimitService).set([merchantId], limit, newId('usr'));
    const buyerId = newId('usr');
    const lines = [{ variantId, quantity: 1, channelPointId: '' }];
    const placements = rooms.get(OrderPlacementService);

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => placements.place(buyerId, orderInput({ lines }))),
    );

    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(5);
    expect(answers.filter((answer) => answer instanceof PurchaseLimitError)).toHaveLength(15);
    expect(await booksOf(product)).toMatchObject({ sold: '5', reserved: '5' });
  });
});
