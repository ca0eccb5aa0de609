import { InventoryModule, StockCauseReusedError, StockReader, StockService } from '#libs/inventory';
import { InvalidInputError, type PageRequest, newId } from '#libs/kernel';
import { RetryTransaction } from '#platform/database';
import { openRooms, type Rooms } from '../harness/rooms.js';
import { makeMerchant } from '../make/merchant.make.js';
import { makeProduct } from '../make/product.make.js';

const ALL: PageRequest = { first: 100, after: null };

describe('stock', () => {
  let rooms: Rooms;
  let stock: StockService;

  beforeAll(async () => {
    rooms = await openRooms(InventoryModule);
    stock = rooms.get(StockService);
  });
  afterAll(() => rooms.close());

  const levelsOf = (variantId: string) =>
    rooms.database.query<{ id: string; onHand: number; reserved: number; bestBeforeOn: string }>(
      `SELECT id, on_hand AS onHand, reserved, best_before_on AS bestBeforeOn FROM stock_level
       WHERE variant_id = ? ORDER BY id`,
      [variantId],
    );
  const movementsOf = (levelId = '') =>
    rooms.database.query<{ kind: string; quantity: number }>(
      'SELECT kind, quantity FROM stock_movement WHERE stock_level_id = ? ORDER BY id',
      [levelId],
    );

  /** Two lines of one order, each holding some of the same level. */
  async function holdTwo(variantId: string) {
    const [level] = await levelsOf(variantId);
    const orderId = newId('ord');
    const lines = [newId('oln'), newId('oln')] as const;
    const reservations = lines.map((orderLineId, index) => ({
      orderLineId,
      levelId: level?.id ?? '',
      quantity: index + 1,
    }));
    await rooms.database.transaction((tx) => stock.reserve(tx, orderId, reservations));
    return { orderId, lines };
  }

  describe('receive', () => {
    it('opens a level, adds to it, and keeps the movements', async () => {
      const { variantId, merchantId, batchIds } = await makeProduct(rooms, {
        batches: [{ quantity: 7, bestBeforeOn: null }],
      });

      const level = await stock.receive([merchantId], {
        variantId,
        batchId: batchIds[0] ?? '',
        quantity: 5,
        causeKey: 'note-2',
      });

      expect(level).toMatchObject({ onHand: 12, reserved: 0 });
      const levels = await levelsOf(variantId);
      expect(levels).toMatchObject([{ onHand: 12, reserved: 0, bestBeforeOn: '9999-12-31' }]);
      expect(await movementsOf(levels[0]?.id)).toEqual([
        { kind: 'RECEIVED', quantity: 7 },
        { kind: 'RECEIVED', quantity: 5 },
      ]);
    });

    it('takes one delivery note once, also many times at once', async () => {
      const { variantId, merchantId, batchIds } = await makeProduct(rooms, { batches: [{ quantity: 0 }] });
      const receipt = { variantId, batchId: batchIds[0] ?? '', quantity: 5, causeKey: 'note-1' };

      const answers = await Promise.all(
        Array.from({ length: 8 }, () => stock.receive([merchantId], receipt)),
      );

      expect(answers.map((answer) => 'onHand' in answer && answer.onHand)).toEqual(Array(8).fill(5));
      expect(await levelsOf(variantId)).toMatchObject([{ onHand: 5 }]);
    });

    it('refuses a delivery note that comes with another quantity', async () => {
      const { variantId, merchantId, batchIds } = await makeProduct(rooms, { batches: [{ quantity: 7 }] });

      const receipt = { variantId, batchId: batchIds[0] ?? '', quantity: 8, causeKey: 'first-delivery' };
      expect(await stock.receive([merchantId], receipt)).toEqual(new StockCauseReusedError(7));
      expect(await levelsOf(variantId)).toMatchObject([{ onHand: 7 }]);
    });

    it('looks missing for the goods of others, and for the batch of another product', async () => {
      const peach = await makeProduct(rooms);
      const tea = await makeProduct(rooms);
      const stranger = await makeMerchant(rooms);
      const receipt = {
        variantId: peach.variantId,
        batchId: peach.batchIds[0] ?? '',
        quantity: 1,
        causeKey: 'note-9',
      };

      await expect(stock.receive([stranger.id], receipt)).rejects.toThrow('Variant');
      await expect(stock.receive([], receipt)).rejects.toThrow('Variant');
      const mixed = { ...receipt, batchId: tea.batchIds[0] ?? '' };
      await expect(stock.receive([peach.merchantId], mixed)).rejects.toThrow('Batch');
    });

    it('refuses what cannot be a receipt', async () => {
      const { variantId, merchantId, batchIds } = await makeProduct(rooms);

      const receipt = { variantId, batchId: batchIds[0] ?? '', quantity: 0, causeKey: 'note-3' };
      expect(await stock.receive([merchantId], receipt)).toBeInstanceOf(InvalidInputError);
    });
  });

  describe('reserve', () => {
    it('holds what it is told to, and nothing when a level has too little', async () => {
      const { variantId } = await makeProduct(rooms, { batches: [{ quantity: 5 }] });
      const { orderId } = await holdTwo(variantId);
      const [level] = await levelsOf(variantId);
      const tooMuch = [{ orderLineId: newId('oln'), levelId: level?.id ?? '', quantity: 3 }];

      // Eight attempts, as for every reason to begin again; the level never grows.
      const attempt = rooms.database.transaction((tx) => stock.reserve(tx, newId('ord'), tooMuch));

      await expect(attempt).rejects.toBeInstanceOf(RetryTransaction);
      expect(await levelsOf(variantId)).toMatchObject([{ onHand: 5, reserved: 3 }]);
      const held = await rooms.database.query(
        'SELECT order_id FROM stock_reservation WHERE stock_level_id = ?',
        [level?.id ?? ''],
      );
      expect(held).toEqual([{ order_id: orderId }, { order_id: orderId }]);
    });
  });

  describe('releaseOrder', () => {
    it('gives back what is held, once', async () => {
      const { variantId } = await makeProduct(rooms);
      const { orderId } = await holdTwo(variantId);

      for (let time = 0; time < 2; time += 1)
        await rooms.database.transaction((tx) => stock.releaseOrder(tx, orderId));

      expect(await levelsOf(variantId)).toMatchObject([{ onHand: 100, reserved: 0 }]);
    });
  });

  describe('shipOrderLines', () => {
    it('carries out what the lines hold, once, and leaves the rest held', async () => {
      const { variantId } = await makeProduct(rooms);
      const { orderId, lines } = await holdTwo(variantId);
      const ship = () =>
        rooms.database.transaction((tx) => stock.shipOrderLines(tx, [lines[1]], rooms.clock.now()));

      await ship();
      await ship();

      const levels = await levelsOf(variantId);
      expect(levels).toMatchObject([{ onHand: 98, reserved: 1 }]);
      expect(await movementsOf(levels[0]?.id)).toEqual([
        { kind: 'RECEIVED', quantity: 100 },
        { kind: 'SHIPPED', quantity: -2 },
      ]);
      await rooms.database.transaction((tx) => stock.releaseOrder(tx, orderId));
      expect(await levelsOf(variantId)).toMatchObject([{ onHand: 98, reserved: 0 }]);
    });
  });

  describe('the reader', () => {
    it('counts what can be delivered today', async () => {
      const batches = [
        { quantity: 3, bestBeforeOn: '2026-11-01' }, // Yesterday.
        { quantity: 4, bestBeforeOn: '2026-11-02' },
        { quantity: 5, bestBeforeOn: null },
      ];
      const { variantId } = await makeProduct(rooms, { batches });
      await rooms.database.transaction(async (tx) => {
        const shelf = { id: newId('loc'), kind: 'SHELF', channelPointId: newId('chp'), name: '货架' };
        await tx.insert('stock_location', [shelf]);
        const place = { id: newId('stk'), variantId, locationId: shelf.id, batchId: newId('bat') };
        await tx.insert('stock_level', [{ ...place, bestBeforeOn: '9999-12-31', onHand: 50, reserved: 0 }]);
      });

      expect(await rooms.get(StockReader).availableOf([variantId, 'var_unknown'])).toEqual(
        new Map([[variantId, 9]]),
      );
    });

    it("pages through a merchant's own levels", async () => {
      const { merchantId } = await makeProduct(rooms, {
        batches: [{ quantity: 1 }, { quantity: 2 }, { quantity: 3 }],
      });
      await makeProduct(rooms);
      const reader = rooms.get(StockReader);

      const first = await reader.pageForMerchants([merchantId], { first: 2, after: null });
      const second = await reader.pageForMerchants([merchantId], {
        first: 2,
        after: [first.nodes[1]?.id ?? ''],
      });

      expect([...first.nodes, ...second.nodes].map((row) => row.onHand)).toEqual([1, 2, 3]);
      expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
      expect((await reader.pageForMerchants([], ALL)).nodes).toEqual([]);
    });
  });

  it.each([
    ['reserved beyond what is there', 'UPDATE stock_level SET reserved = on_hand + 1 LIMIT 1'],
    ['less than nothing reserved', 'UPDATE stock_level SET reserved = -1 LIMIT 1'],
    ['an unknown kind of place', "UPDATE stock_location SET kind = 'CLOUD' LIMIT 1"],
    ['an unknown state of a reservation', "UPDATE stock_reservation SET state = 'LOST' LIMIT 1"],
    ['a reservation of nothing', 'UPDATE stock_reservation SET quantity = 0 LIMIT 1'],
    ['an unknown kind of movement', "UPDATE stock_movement SET kind = 'LOST' LIMIT 1"],
  ])('cannot be %s', async (_what, sql) => {
    await expect(rooms.database.transaction((tx) => tx.write(sql))).rejects.toThrow(
      /CONSTRAINT|Check constraint/,
    );
  });
});
