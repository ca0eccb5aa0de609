import fc from 'fast-check';
import { createConnection } from 'mysql2/promise';
import { AdoptionOfferModule, InsufficientStockError, PresaleReader } from '#libs/inventory';
import { type IdOf, newId, present, refused } from '#libs/kernel';
import {
  CrowdedError,
  OrderPlacementService,
  OrderService,
  OrderingModule,
  PurchaseLimitError,
  PurchaseLimitService,
} from '#libs/ordering';
import { withTrace } from '#platform/log';
import { eventually } from '../harness/fleet.js';
import { fillPool } from '../harness/pool.js';
import { SETTINGS, openBeside, openRooms, type Rooms } from '../harness/rooms.js';
import { statementsOf } from '../harness/statements.js';
import { makeAdoptionOffer } from '../make/adoption.make.js';
import { orderInput } from '../make/order.make.js';
import { type MadeProduct, type ProductOptions, makeProduct } from '../make/product.make.js';
import { type MadePresale, makePresale } from '../make/presale.make.js';
import { makePromotion } from '../make/promotion.make.js';

const BUYERS = 200;
/** Longer than anybody is kept waiting. */
const WAITED_MS = 2_000;

describe('200 buyers at once', () => {
  let rooms: Rooms;

  beforeAll(async () => {
    rooms = await openRooms(SETTINGS, OrderingModule, AdoptionOfferModule);
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

  it('adopt each tree once, whether they choose one or not', async () => {
    const offer = await makeAdoptionOffer(rooms, { trees: 7 });
    const placements = rooms.get(OrderPlacementService);
    const lines = [{ variantId: offer.variantId, quantity: 5, channelPointId: '' }];
    const chosen = offer.objects.map(({ id }) => id as string);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const adoptionObjectIds = index % 3 === 0 ? [chosen[index % chosen.length] ?? ''] : [];
        return placements.place(newId('usr'), orderInput({ lines, adoptionObjectIds }));
      }),
    );
    const sold = answers.filter((answer) => typeof answer === 'string');
    // Whoever has chosen a tree that is gone is told so, and the others that all are; nobody is turned away while one is free.
    expect(sold).toHaveLength(7);
    const rows = await rooms.database.query<{ objectId: string }>(
      'SELECT object_id AS objectId FROM adoption WHERE offer_id = ? ORDER BY object_id',
      [offer.id],
    );
    expect(rows.map(({ objectId }) => objectId)).toEqual(chosen.toSorted());
    const [books] = await rooms.database.query<Record<string, string>>(
      `SELECT SUM(reserved) AS reserved, (SELECT SUM(r.quantity) FROM stock_reservation r JOIN adoption_object b
         ON b.id = r.stock_level_id WHERE b.offer_id = ? AND r.state = 'HELD') AS held FROM adoption_object WHERE offer_id = ?`,
      [offer.id, offer.id],
    );
    expect(books).toEqual({ reserved: '35', held: '35' });
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

/** The same buyers, and the shop as two processes: each has its own queue, and the database decides between them. */
describe('a crowd around one variant', () => {
  let rooms: Rooms;
  let beside: Awaited<ReturnType<typeof openBeside>>;

  beforeAll(async () => {
    rooms = await openRooms(SETTINGS, OrderingModule);
    beside = await openBeside(rooms, SETTINGS, OrderingModule);
    await Promise.all([fillPool(rooms.database), fillPool(beside.database)]);
  });
  afterAll(async () => {
    await beside.close();
    await rooms.close();
  });

  const placementsOf = (index: number) => (index % 2 === 0 ? rooms : beside).get(OrderPlacementService);
  const lineOf = (variantId: string, quantity = 1) => ({ variantId, quantity, channelPointId: '' });

  async function inCart(buyerId: string, variantId: string, quantity: number): Promise<void> {
    const row = { buyerId, variantId, channelPointId: '', quantity, addedAt: rooms.clock.now() };
    await rooms.database.transaction((tx) => tx.insert('cart_line', [row]));
  }

  /** What must hold whatever happened: stock is what is held, and an order has its parts, its lines, what they hold, and its fact. */
  async function assertWhole(variantId: string, onHand: number): Promise<number> {
    const [level] = await rooms.database.query<{ reserved: string }>(
      'SELECT SUM(reserved) AS reserved FROM stock_level WHERE variant_id = ?',
      [variantId],
    );
    const lines = await rooms.database.query<{ orderId: string; sold: number }>(
      `SELECT o.id AS orderId, l.quantity AS sold FROM customer_order o JOIN order_line l ON l.order_id = o.id
       WHERE l.variant_id = ? AND o.state = 'PLACED'`,
      [variantId],
    );
    const [held] = await rooms.database.query<Record<string, string>>(
      `SELECT COUNT(*) AS kept, COUNT(DISTINCT r.id) AS holds, COALESCE(SUM(r.quantity), 0) AS units, COUNT(DISTINCT m.id) AS parts,
         COUNT(DISTINCT e.id) AS facts, COUNT(DISTINCT o.id) AS orders
       FROM order_line l JOIN customer_order o ON o.id = l.order_id AND o.state = 'PLACED'
         LEFT JOIN merchant_order m ON m.id = l.merchant_order_id AND m.order_id = o.id
         LEFT JOIN stock_reservation r ON r.order_line_id = l.id AND r.order_id = o.id AND r.state = 'HELD'
         LEFT JOIN outbox e ON e.name = 'order.placed' AND JSON_VALUE(e.payload, '$.orderId') = o.id
       WHERE l.variant_id = ?`,
      [variantId],
    );
    const [count, orders] = [String(lines.length), String(new Set(lines.map(({ orderId }) => orderId)).size)];
    const units = String(lines.reduce((sum, { sold }) => sum + sold, 0));
    expect(held).toEqual({ kept: count, holds: count, units, parts: orders, facts: orders, orders });
    const [unequal] = await rooms.database.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM customer_order o
       JOIN (SELECT order_id, SUM(goods_fen) AS goods FROM order_line GROUP BY order_id) l ON l.order_id = o.id
       WHERE o.goods_fen <> l.goods`,
    );
    expect(unequal?.n).toBe('0');
    expect(Number(level?.reserved)).toBe(Number(units));
    expect(Number(units)).toBeLessThanOrEqual(onHand);
    return Number(units);
  }

  it.each([
    ['of what is in stock', false],
    ['of a harvest', true],
  ])('gets the very same rows and facts as whoever comes alone, %s', async (_what, isPresold) => {
    const product = await makeProduct(rooms, { pricesFen: [3_300n], batches: [{ quantity: 500 }] });
    if (isPresold) await makePresale(rooms, { product, capacityG: 1_000_000 });
    await makePromotion(rooms, { kind: 'PRICE_CUT', amountFen: 333n }, { merchantId: product.merchantId });
    const place = async (key: string) => {
      const input = orderInput({ idempotencyKey: key, lines: [lineOf(product.variantId, 2)] });
      const placed = await withTrace({ traceId: `trace-of-${key}` }, () =>
        rooms.get(OrderPlacementService).place(newId('usr'), input),
      );
      if (refused(placed)) throw new Error(placed.message.en);
      return rowsOf(rooms, placed, key);
    };

    const alone = await place('key-of-one-alone');
    let together: Rows[] = [];
    const statements = await statementsOf(async () => {
      together = await Promise.all(Array.from({ length: 30 }, (_, index) => place(`key-of-one-of-${index}`)));
    });

    // Four go alone, the others share.
    const inserts = statements.filter((sql) => sql.startsWith('INSERT INTO `customer_order`'));
    expect(inserts.length).toBeLessThan(15);
    expect(alone['order_line_funding']).toHaveLength(1);
    expect(alone['presale_order']).toHaveLength(isPresold ? 1 : 0);
    for (const rows of together) expect(rows).toEqual(alone);
  });

  it('sells exactly what there is, whoever comes how often, from where, and whatever else they do', async () => {
    const attempt = fc.record({
      buyer: fc.nat(25),
      key: fc.nat(2),
      quantity: fc.integer({ min: 1, max: 3 }),
      process: fc.nat(1),
      way: fc.constantFrom('LINES', 'LINES', 'LINES', 'CART', 'CANCEL'),
    });
    const storm = fc.record({
      boxes: fc.integer({ min: 1, max: 40 }),
      batches: fc.integer({ min: 1, max: 3 }),
      personMax: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 2 }),
      attempts: fc.array(attempt, { minLength: 40, maxLength: 90 }),
    });

    await fc.assert(
      fc.asyncProperty(storm, async ({ boxes, batches, personMax, attempts }) => {
        const product = await makeProduct(rooms, {
          batches: Array.from({ length: batches }, () => ({ quantity: boxes })),
        });
        const { variantId, merchantId } = product;
        if (personMax !== null) {
          const limit = { variantId, orderMax: null, personMax, periodDays: 7 };
          await rooms.get(PurchaseLimitService).set([merchantId], limit, newId('usr'));
        }
        const buyers = Array.from({ length: 26 }, () => newId('usr'));
        await Promise.all(buyers.map((buyerId) => inCart(buyerId, variantId, 1)));
        const buyerAt = (index: number) => present(buyers[index], 'a buyer');

        const dearer = () =>
          rooms.database.transaction((tx) =>
            tx.write('UPDATE product_variant SET price_fen = price_fen + 7 WHERE id = ?', [variantId]),
          );
        const answers = await Promise.all(
          attempts.map(async ({ buyer, key, quantity, process, way }, index) => {
            if (index % 20 === 0) await dearer();
            const buyerId = buyerAt(buyer);
            const lines = way === 'CART' ? null : [lineOf(variantId, quantity)];
            const input = orderInput({ idempotencyKey: `of-buyer-${key}-${way}-${quantity}`, lines });
            const placed = await placementsOf(process).place(buyerId, input);
            if (way === 'CANCEL' && typeof placed === 'string')
              await rooms.get(OrderService).cancel(buyerId, placed);
            return { buyerId, key: input.idempotencyKey, placed };
          }),
        );

        const units = await assertWhole(variantId, boxes * batches);
        // Whoever was told that an order is placed has it, and one key has one order.
        const told = answers.filter(({ placed }) => typeof placed === 'string');
        const orderOf = new Map(told.map(({ buyerId, key, placed }) => [`${buyerId} ${key}`, placed]));
        for (const { buyerId, key, placed } of told) expect(orderOf.get(`${buyerId} ${key}`)).toBe(placed);
        const [kept] = await rooms.database.query<{ n: string }>(
          'SELECT COUNT(DISTINCT order_id) AS n FROM order_line WHERE variant_id = ?',
          [variantId],
        );
        expect(Number(kept?.n)).toBe(orderOf.size);
        // Nobody is sent away for want of stock while there is some that nobody has given back.
        const isSoldOut = answers.some(
          ({ placed }) => placed instanceof InsufficientStockError && placed.available === 0,
        );
        if (isSoldOut && attempts.every(({ way }) => way !== 'CANCEL')) expect(units).toBe(boxes * batches);
        if (personMax !== null) {
          const rows = await rooms.database.query<{ bought: string }>(
            `SELECT SUM(l.quantity) AS bought FROM order_line l JOIN customer_order o ON o.id = l.order_id
             WHERE l.variant_id = ? AND o.state = 'PLACED' GROUP BY o.buyer_id`,
            [variantId],
          );
          for (const { bought } of rows) expect(Number(bought)).toBeLessThanOrEqual(personMax);
        }
      }),
      { numRuns: 6, endOnFailure: true }, // A race is not the same twice, so nothing is gained by shrinking.
    );
  }, 60_000);

  describe('around a harvest', () => {
    /** Of each day the grams that are held. What must hold whatever happened: an order leaves whole on one day, which is promised, and no day has more than it can. */
    async function assertHarvest({ id, wish }: MadePresale): Promise<number[]> {
      const holds = await rooms.database.query<Record<string, string>>(
        `SELECT o.id, MIN(r.stock_level_id) AS dayId, COUNT(DISTINCT r.stock_level_id) AS days, SUM(r.quantity) AS grams,
           SUM(l.net_weight_g) AS weightG, COUNT(*) AS kept, COUNT(DISTINCT r.id) AS holds,
           COUNT(DISTINCT l.promised_on, p.promised_on, d.day) AS promises, SUM(l.promised_on = d.day AND p.promised_on = d.day) AS kept2,
           MAX(o.deposit_fen) AS deposit, MAX(o.goods_fen) AS goods,
           (SELECT COUNT(*) FROM outbox e WHERE e.name = 'order.placed' AND JSON_VALUE(e.payload, '$.orderId') = o.id) AS facts
         FROM presale_order p JOIN customer_order o ON o.id = p.order_id AND o.state = 'PLACED'
           JOIN order_line l ON l.order_id = o.id
           LEFT JOIN stock_reservation r ON r.order_line_id = l.id AND r.state = 'HELD' LEFT JOIN presale_day d ON d.id = r.stock_level_id
         WHERE p.presale_id = ? GROUP BY o.id`,
        [id],
      );
      for (const { kept, grams, goods, ...order } of holds)
        expect(order).toMatchObject({
          days: '1',
          weightG: grams,
          holds: kept,
          promises: '1',
          kept2: kept,
          deposit: String(BigInt(goods ?? '0') / 10n),
          facts: '1',
        });
      const days = await rooms.get(PresaleReader).daysOf([id]);
      for (const day of days) {
        const held = holds.filter(({ dayId }) => dayId === day.id);
        expect(day.reservedG).toBe(held.reduce((sum, { grams }) => sum + Number(grams), 0));
        expect(day.reservedG).toBeLessThanOrEqual(wish.capacityG);
      }
      return days.map(({ reservedG }) => reservedG);
    }

    it('gets exactly what each day has room for, whichever boxes it wants, and each answer twice the same', async () => {
      const product = await makeProduct(rooms, { pricesFen: [3_300n, 4_400n] });
      const presale = await makePresale(rooms, { product, days: 3, capacityG: 26_000 });
      const boxes = product.variantIds.map((variantId) => lineOf(variantId));
      const attempts = Array.from({ length: 90 }, (_, index) => ({
        buyerId: newId('usr'),
        input: orderInput({ lines: index % 3 === 2 ? boxes : boxes.slice(index % 3, (index % 3) + 1) }),
      }));

      const answers = await Promise.all(
        // Each asks twice, as whoever has heard nothing does.
        [...attempts, ...attempts].map(({ buyerId, input }) =>
          rooms.get(OrderPlacementService).place(buyerId, input),
        ),
      );

      expect(await assertHarvest(presale)).toEqual([25_000, 25_000, 25_000]);
      // What is still to be had is another number the second time; whether it was had is not.
      const had = answers.map((answer) => (typeof answer === 'string' ? answer : 'nothing'));
      expect(had.slice(90)).toEqual(had.slice(0, 90));
      const told = answers.filter((answer) => typeof answer === 'string');
      const refusals = answers.filter((answer) => answer instanceof InsufficientStockError);
      expect(told.length + refusals.length).toBe(180);
    });

    it('gets no gram more, whoever comes how often, from where, and whatever else they do', async () => {
      const attempt = fc.record({
        buyer: fc.nat(15),
        key: fc.nat(1),
        quantities: fc.tuple(fc.nat(2), fc.nat(2)),
        process: fc.nat(1),
        way: fc.constantFrom('LINES', 'LINES', 'CART', 'CANCEL'),
      });
      const storm = fc.record({
        days: fc.integer({ min: 1, max: 4 }),
        capacityG: fc.integer({ min: 2_500, max: 30_000 }),
        personMax: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 2 }),
        attempts: fc.array(attempt, { minLength: 30, maxLength: 60 }),
      });

      await fc.assert(
        fc.asyncProperty(storm, async ({ days, capacityG, personMax, attempts }) => {
          const product = await makeProduct(rooms, { pricesFen: [3_300n, 4_400n] });
          const { variantId, variantIds, merchantId } = product;
          const presale = await makePresale(rooms, { product, days, capacityG });
          if (personMax !== null) {
            const limit = { variantId, orderMax: null, personMax, periodDays: 7 };
            await rooms.get(PurchaseLimitService).set([merchantId], limit, newId('usr'));
          }
          const buyers = Array.from({ length: 16 }, () => newId('usr'));
          for (const buyerId of buyers) for (const id of variantIds) await inCart(buyerId, id, 1);

          const answers = await Promise.all(
            attempts.map(async ({ buyer, key, quantities, process, way }) => {
              const buyerId = present(buyers[buyer], 'a buyer');
              const some = variantIds.flatMap((id, index) =>
                quantities[index] ? [lineOf(id, quantities[index])] : [],
              );
              const lines = way === 'CART' || some.length === 0 ? null : some;
              const idempotencyKey = `of-buyer-${key}-${lines ? quantities.join('-') : 'cart'}`;
              const placed = await placementsOf(process).place(
                buyerId,
                orderInput({ idempotencyKey, lines }),
              );
              if (way === 'CANCEL' && typeof placed === 'string')
                await rooms.get(OrderService).cancel(buyerId, placed);
              return { whose: `${buyerId} ${idempotencyKey}`, placed };
            }),
          );

          const reserved = await assertHarvest(presale);
          const told = answers.filter(({ placed }) => typeof placed === 'string');
          const orderOf = new Map(told.map(({ whose, placed }) => [whose, placed]));
          for (const { whose, placed } of told) expect(orderOf.get(whose)).toBe(placed);
          const [kept] = await rooms.database.query<{ n: string }>(
            'SELECT COUNT(*) AS n FROM presale_order WHERE presale_id = ?',
            [presale.id],
          );
          expect(Number(kept?.n)).toBe(orderOf.size);
          // Nobody is sent away for want of room while there is some that nobody has given back.
          const isFull = answers.some(
            ({ placed }) => placed instanceof InsufficientStockError && placed.available === 0,
          );
          if (isFull && attempts.every(({ way }) => way !== 'CANCEL'))
            for (const grams of reserved) expect(capacityG - grams).toBeLessThan(2_500);
          if (personMax === null) return;
          const rows = await rooms.database.query<{ bought: string }>(
            `SELECT SUM(l.quantity) AS bought FROM order_line l JOIN customer_order o ON o.id = l.order_id
             WHERE l.variant_id = ? AND o.state = 'PLACED' GROUP BY o.buyer_id`,
            [variantId],
          );
          for (const { bought } of rows) expect(Number(bought)).toBeLessThanOrEqual(personMax);
        }),
        { numRuns: 5, endOnFailure: true }, // As above.
      );
    }, 60_000);
  });

  it('is told to come again when a row does not come free, and then nothing is sold', async () => {
    const product = await makeProduct(rooms, { batches: [{ quantity: 50 }] });
    const blocker = await createConnection({ uri: rooms.url });
    const buyers = Array.from({ length: 40 }, () => newId('usr'));
    const place = (buyerId: IdOf<'usr'>) =>
      rooms
        .get(OrderPlacementService)
        .place(buyerId, orderInput({ idempotencyKey: 'one-and-only', lines: [lineOf(product.variantId)] }));
    await blocker.beginTransaction();
    await blocker.query('SELECT id FROM stock_level WHERE variant_id = ? FOR UPDATE', [product.variantId]);

    let answered = 0;
    const answers = buyers.map(async (buyerId) => {
      const answer = await place(buyerId);
      answered += 1;
      return answer;
    });
    // Four go without the crowd, in a transaction of theirs or in several, and wait for the row as long as the database lets them; the others are told.
    await eventually('everybody who shares is told', async () => {
      const [held] = await rooms.database.query<{ n: string }>(
        "SELECT COUNT(*) AS n FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'UPDATE stock_level%'",
      );
      if (Number(held?.n) >= 2) rooms.clock.advance(WAITED_MS);
      return answered === 36;
    });
    await blocker.rollback();
    await blocker.end();

    const told = await Promise.all(answers);
    const refusals = told.filter((answer) => answer instanceof CrowdedError);
    const sold = await assertWhole(product.variantId, 50);
    expect([refusals.length, sold]).toEqual([36, 4]);
    // The same key asks again.
    const again = await Promise.all(buyers.map(place));
    expect(again.every((answer) => typeof answer === 'string')).toBe(true);
    expect(await assertWhole(product.variantId, 50)).toBe(40);
  });
});

type Rows = Readonly<Record<string, readonly object[]>>;

/** All that is kept of an order, without what differs from order to order. */
async function rowsOf(rooms: Rooms, orderId: string, key: string): Promise<Rows> {
  const tables = {
    customer_order: 'id',
    merchant_order: 'order_id',
    order_line: 'order_id',
    order_line_funding: 'order_id',
    stock_reservation: 'order_id',
    presale_order: 'order_id',
  };
  const rows: Record<string, object[]> = {};
  const bare = (row: object) =>
    JSON.parse(
      JSON.stringify(row, (_, value: unknown) =>
        typeof value === 'string'
          ? value.replaceAll(key, 'KEY').replace(/^(ord|mor|oln|rsv|usr|evt)_\w+$/, '$1')
          : value,
      ),
    ) as object;
  for (const [table, column] of Object.entries(tables)) {
    const found = await rooms.database.query<object>(`SELECT * FROM ${table} WHERE ${column} = ?`, [orderId]);
    rows[table] = found.map(bare);
  }
  const facts = await rooms.database.query<{ payload: string }>(
    "SELECT name, payload, trace_id, occurred_at, published_at FROM outbox WHERE JSON_VALUE(payload, '$.orderId') = ?",
    [orderId],
  );
  rows['outbox'] = facts.map(({ payload, ...fact }) =>
    bare({ ...fact, payload: typeof payload === 'string' ? (JSON.parse(payload) as object) : payload }),
  );
  return rows;
}
