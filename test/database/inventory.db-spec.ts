import {
  InsufficientStockError,
  InventoryModule,
  PresaleClosedError,
  PresaleDayTakenError,
  PresaleOverlapError,
  PresaleReader,
  PresaleService,
  type PresaleWish,
  StockCauseReusedError,
  StockReader,
  StockService,
  takenBy,
} from '#libs/inventory';
import { DAY_MS, InvalidInputError, type PageRequest, newId, plus, refused } from '#libs/kernel';
import { RetryTransaction } from '#platform/database';
import { openRooms, type Rooms } from '../harness/rooms.js';
import { makeMerchant } from '../make/merchant.make.js';
import { grantsAll, makePresale } from '../make/presale.make.js';
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

  describe('presale', () => {
    const daysOf = async (presaleId: string) =>
      (await rooms.get(PresaleReader).daysOf([presaleId])).map((row) => ({
        day: row.day,
        capacityG: row.capacityG,
        reservedG: row.reservedG,
        shippedG: row.shippedG,
      }));
    const presales = () => rooms.get(PresaleService);

    /** An order of so many boxes of 2.5 kg, planned and held as a placed one is. */
    async function hold(presale: { id: string; variantId: string; batchId: string }, quantity: number) {
      const harvest = { presaleId: presale.id, batchId: presale.batchId, unitG: 2_500 };
      const [orderId, orderLineId] = [newId('ord'), newId('oln')];
      const plan = await rooms.database.transaction(async (tx) => {
        const allocations = await stock.plan(tx, [{ variantId: presale.variantId, quantity, harvest }]);
        if (refused(allocations)) return allocations;
        await stock.reserve(
          tx,
          orderId,
          allocations.map((each) => ({ orderLineId, ...takenBy(each) })),
        );
        return allocations;
      });
      return { orderId, orderLineId, plan };
    }

    it('opens with a batch of its own that grows where an earlier one grew, and with a capacity for each day', async () => {
      const presale = await makePresale(rooms, { days: 2, capacityG: 5_000 });

      expect(await daysOf(presale.id)).toEqual([
        { day: presale.firstOn, capacityG: 5_000, reservedG: 0, shippedG: 0 },
        { day: presale.lastOn, capacityG: 5_000, reservedG: 0, shippedG: 0 },
      ]);
      const [batch] = await rooms.database.query(
        'SELECT product_id AS productId, origin_county_code AS county, harvested_on AS day FROM product_batch WHERE id = ?',
        [presale.batchId],
      );
      expect(batch).toEqual({ productId: presale.productId, county: '430225', day: presale.firstOn });
      const open = await rooms.get(PresaleReader).openOf([presale.variantId, 'var_unknown']);
      expect([...open.keys()]).toEqual([presale.variantId]);
      expect(open.get(presale.variantId)).toMatchObject({
        id: presale.id,
        payment: 'DEPOSIT',
        depositBps: 1_000,
        days: [
          { day: presale.firstOn, freeG: 5_000 },
          { day: presale.lastOn, freeG: 5_000 },
        ],
      });
    });

    it('gives each the earliest day with room, gives back what is released, and keeps what is shipped', async () => {
      const presale = await makePresale(rooms, { days: 2, capacityG: 5_000 });
      const first = await hold(presale, 1);
      const second = await hold(presale, 2);
      const third = await hold(presale, 1);

      expect(
        [first, second, third].map(({ plan }) => !refused(plan) && plan[0]?.harvest?.promisedOn),
      ).toEqual([presale.firstOn, presale.lastOn, presale.firstOn]);
      expect((await hold(presale, 1)).plan).toEqual(new InsufficientStockError(presale.variantId, 0));

      for (let time = 0; time < 2; time += 1) {
        await rooms.database.transaction((tx) => stock.releaseOrder(tx, first.orderId));
        await rooms.database.transaction((tx) =>
          stock.shipOrderLines(tx, [second.orderLineId], rooms.clock.now()),
        );
      }
      expect(await daysOf(presale.id)).toMatchObject([
        { reservedG: 2_500, shippedG: 0 },
        { reservedG: 0, shippedG: 5_000 },
      ]);
      const moved = await rooms.database.query('SELECT id FROM stock_movement WHERE cause_key = ?', [
        `order_line:${second.orderLineId}`,
      ]);
      expect(moved).toEqual([]);
      expect((await hold(presale, 1)).plan).toMatchObject([{ harvest: { promisedOn: presale.firstOn } }]);
    });

    it('sells a day to exactly as many as it has room for, however many come at once', async () => {
      const presale = await makePresale(rooms, { days: 2, capacityG: 10_000 });

      const answers = await Promise.all(Array.from({ length: 12 }, () => hold(presale, 1)));

      expect(answers.filter(({ plan }) => !refused(plan))).toHaveLength(8);
      expect(await daysOf(presale.id)).toMatchObject([{ reservedG: 10_000 }, { reservedG: 10_000 }]);
    });

    it('is what can be had of a variant while it takes orders, and stock is again once it does not', async () => {
      const presale = await makePresale(rooms, { days: 2, capacityG: 8_000 });
      const available = async () =>
        (await rooms.get(StockReader).availableOf([presale.variantId])).get(presale.variantId);

      expect(await available()).toBe(3); // Of the two days one has room for three boxes; a hundred lie in the warehouse.
      await hold(presale, 3);
      await hold(presale, 3);
      expect(await available()).toBe(0);
      await presales().close([presale.merchantId], presale.id, grantsAll);
      expect(await available()).toBe(100);
    });

    it('has one open presale per variant, and leaves one that takes no orders behind', async () => {
      const presale = await makePresale(rooms);
      const { merchantId, productId, variantId, batchIds } = presale;

      const again = await presales().open([merchantId], presale.wish, newId('usr'), grantsAll);
      expect(again).toEqual(new PresaleOverlapError(presale.id));
      expect(
        await rooms.database.query('SELECT id FROM presale WHERE product_id = ?', [productId]),
      ).toHaveLength(1);

      rooms.clock.advance(12 * DAY_MS);
      const next = await makePresale(rooms, {
        product: { merchantId, productId, variantId, variantIds: [variantId], batchIds },
      });
      expect([...(await rooms.get(PresaleReader).openOf([variantId])).values()].map(({ id }) => id)).toEqual([
        next.id,
      ]);
      rooms.clock.advance(-12 * DAY_MS);
    });

    it('refuses what cannot be one, and looks missing to strangers', async () => {
      const { wish, merchantId, id } = await makePresale(rooms);
      const other = await makeProduct(rooms, { merchantId });
      const stranger = await makeMerchant(rooms);
      const open = (changes: Partial<PresaleWish>, of: readonly string[] = [merchantId]) =>
        presales().open(of, { ...wish, ...changes }, newId('usr'), grantsAll);

      expect(await open({ capacityG: 0 })).toBeInstanceOf(InvalidInputError);
      expect(await open({ variantIds: [...wish.variantIds, other.variantId] })).toBeInstanceOf(
        InvalidInputError,
      );
      await expect(open({}, [stranger.id])).rejects.toThrow('Variant');
      await expect(open({ likeBatchId: other.batchIds[0] ?? '' })).rejects.toThrow('Batch');
      await expect(presales().close([stranger.id], id, grantsAll)).rejects.toThrow('Presale');
      await expect(
        presales().setCapacity([], { presaleId: id, day: wish.firstOn, capacityG: 1_000 }, grantsAll),
      ).rejects.toThrow('Presale');
    });

    it('has as much room on a day as the merchant says, and never less than is taken of it', async () => {
      const presale = await makePresale(rooms, { days: 1, capacityG: 5_000 });
      const of = [presale.merchantId];
      const { id: presaleId, firstOn } = presale;
      await hold(presale, 2);
      const set = (day: string, capacityG: number) =>
        presales().setCapacity(of, { presaleId, day, capacityG }, grantsAll);

      expect(await set(firstOn, 4_999)).toEqual(new PresaleDayTakenError(firstOn, 5_000, 4_999));
      expect(await set(firstOn, -1)).toBeInstanceOf(InvalidInputError);
      expect(await set('2020-01-01', 5_000)).toBeInstanceOf(InvalidInputError);
      expect(await set(firstOn, 7_500)).toBe(presaleId);
      expect((await hold(presale, 1)).plan).toMatchObject([{ quantity: 1 }]);
      expect(await daysOf(presaleId)).toMatchObject([{ capacityG: 7_500, reservedG: 7_500 }]);
    });

    it('moves what is promised for a day to a later one that has room, and takes nothing more for the day', async () => {
      const presale = await makePresale(rooms, { days: 2, capacityG: 10_000 });
      const { id: presaleId, firstOn: day, lastOn: newDay, merchantId } = presale;
      const held = [await hold(presale, 1), await hold(presale, 2)];
      const move = (to = newDay) =>
        rooms.database.transaction((tx) =>
          presales().moveDay(tx, [merchantId], { presaleId, day, newDay: to }, grantsAll),
        );

      expect(await move(day)).toBeInstanceOf(InvalidInputError);
      await presales().setCapacity([merchantId], { presaleId, day: newDay, capacityG: 7_000 }, grantsAll);
      expect(await move()).toEqual(new PresaleDayTakenError(newDay, 7_500, 7_000));
      expect(await daysOf(presaleId)).toMatchObject([{ reservedG: 7_500 }, { reservedG: 0 }]);

      await presales().setCapacity([merchantId], { presaleId, day: newDay, capacityG: 10_000 }, grantsAll);
      expect(await move()).toEqual(held.map(({ orderId }) => orderId).toSorted());
      expect(await daysOf(presaleId)).toMatchObject([
        { capacityG: 0, reservedG: 0 },
        { capacityG: 10_000, reservedG: 7_500 },
      ]);
      expect(await move()).toEqual([]); // Told twice nothing more moves.
      // While it is locked, buyers of the day wait: nothing else that was ever held is gone through.
      const [plan] = await rooms.database.query<{ possible_keys: string | null }>(
        "EXPLAIN UPDATE stock_reservation SET stock_level_id = 'psd_b' WHERE stock_level_id = 'psd_a' AND state = 'HELD'",
      );
      expect(plan?.possible_keys).toContain('stock_reservation_of_level');
      await rooms.database.transaction((tx) => stock.releaseOrder(tx, held[0]?.orderId ?? ''));
      expect(await daysOf(presaleId)).toMatchObject([{ reservedG: 0 }, { reservedG: 5_000 }]);
    });

    it('takes orders until the merchant says, and not when it is closed', async () => {
      const presale = await makePresale(rooms);
      const { merchantId, id, wish } = presale;
      const until = (at: Date) => presales().setOrdersCloseAt([merchantId], id, at);

      expect(await until(plus(wish.ordersCloseAt, -DAY_MS))).toBe(id);
      expect(await until(plus(rooms.clock.now(), -1))).toBeInstanceOf(InvalidInputError);
      await presales().close([merchantId], id, grantsAll);
      expect(await presales().close([merchantId], id, grantsAll)).toBe(id);
      expect(await until(wish.ordersCloseAt)).toEqual(new PresaleClosedError());
      expect(await rooms.get(PresaleReader).openOf([presale.variantId])).toEqual(new Map());
    });

    it.each([
      ['more than a day has room for', 'UPDATE presale_day SET reserved_g = capacity_g + 1 LIMIT 1'],
      ['less than nothing', 'UPDATE presale_day SET reserved_g = -1 LIMIT 1'],
      ['a deposit above a fifth', "UPDATE presale SET deposit_bps = 2001 WHERE payment = 'DEPOSIT' LIMIT 1"],
    ])('cannot hold %s', async (_what, sql) => {
      await expect(rooms.database.transaction((tx) => tx.write(sql))).rejects.toThrow(
        /CONSTRAINT|Check constraint/,
      );
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
