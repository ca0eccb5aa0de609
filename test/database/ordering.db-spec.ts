import { newId, present } from '#libs/kernel';
import {
  MerchantOrderNotReceivableError,
  MerchantOrderNotShippableError,
  MerchantOrderReader,
  type MerchantOrderRow,
  MerchantOrderService,
  type OrderId,
  OrderReader,
  OrderService,
  OrderingModule,
} from '#libs/ordering';
import { openRooms, type Rooms } from '../harness/rooms.js';
import { type OrderOptions, makeOrder, makePaidOrder, partsOf, pay } from '../make/order.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../make/product.make.js';

const DAY_MS = 24 * 3_600_000;

describe('an order', () => {
  let rooms: Rooms;
  let merchantOrders: MerchantOrderService;

  beforeAll(async () => {
    rooms = await openRooms(OrderingModule);
    merchantOrders = rooms.get(MerchantOrderService);
  });
  afterAll(() => rooms.close());

  const factsOf = async (orderId: string) => {
    const rows = await rooms.database.query<{ name: string; payload: object }>(
      "SELECT name, payload FROM outbox WHERE JSON_VALUE(payload, '$.orderId') = ? ORDER BY id",
      [orderId],
    );
    return rows;
  };
  const onlyPart = async (orderId: OrderId): Promise<MerchantOrderRow> =>
    present((await partsOf(rooms, orderId))[0], 'a part');
  const linesOf = (orderId: OrderId) => rooms.get(OrderReader).linesOfOrder(orderId);

  const ship = (part: MerchantOrderRow, merchantIds: readonly string[] = [part.merchantId]) => {
    const shipment = {
      merchantIds,
      fulfillmentId: 'ful_1',
      handover: 'PARCEL',
      at: rooms.clock.now(),
    } as const;
    return rooms.database.transaction((tx) => merchantOrders.markShipped(tx, part.id, shipment));
  };
  const receive = (
    part: MerchantOrderRow,
    receiver: { buyerId: string } | 'AUTO' = { buyerId: part.buyerId },
  ) =>
    rooms.database.transaction((tx) => merchantOrders.markReceived(tx, part.id, receiver, rooms.clock.now()));

  async function shippedPart(options: OrderOptions = {}, product?: MadeProduct): Promise<MerchantOrderRow> {
    const { orderId } = await makePaidOrder(rooms, options, product);
    await ship(await onlyPart(orderId));
    return onlyPart(orderId);
  }

  describe('markPaid', () => {
    it('lets the merchants ship, and says so once', async () => {
      const { orderId } = await makeOrder(rooms);

      expect(await pay(rooms, orderId, 'pay_1')).toBe('KEPT');
      expect(await pay(rooms, orderId, 'pay_2')).toBe('DUPLICATE');

      const paidAt = rooms.clock.now();
      expect(await rooms.get(OrderReader).byId(orderId)).toMatchObject({ state: 'PAID', paidAt });
      expect(await onlyPart(orderId)).toMatchObject({ state: 'TO_SHIP', paidAt });
      expect((await factsOf(orderId)).slice(1)).toEqual([
        { name: 'order.paid', payload: { orderId, paymentId: 'pay_1', paidAt: paidAt.toISOString() } },
      ]);
    });

    it('is late for an order that is cancelled, and changes nothing', async () => {
      const { orderId, buyerId } = await makeOrder(rooms);
      await rooms.get(OrderService).cancel(buyerId, orderId);

      expect(await pay(rooms, orderId)).toBe('LATE');

      expect(await onlyPart(orderId)).toMatchObject({ state: 'CANCELLED', paidAt: null });
      expect((await factsOf(orderId)).map((fact) => fact.name)).toEqual(['order.placed', 'order.cancelled']);
    });

    it('keeps money that comes after the quarter of an hour, while nobody has cancelled', async () => {
      const { orderId } = await makeOrder(rooms);
      rooms.clock.advance(16 * 60_000);

      expect(await pay(rooms, orderId)).toBe('KEPT');
      await rooms.get(OrderService).expireDue(100);
      expect(await rooms.get(OrderReader).byId(orderId)).toMatchObject({ state: 'PAID' });
    });

    it('freezes the certificate that is valid at that moment, product by product', async () => {
      const certified = await makeProduct(rooms);
      const expired = await makeProduct(rooms);
      const certificationId = await makeCertification(rooms, certified.productId);
      await makeCertification(rooms, expired.productId, {
        validFrom: '2025-01-01T00:00:00Z',
        validTo: '2026-01-01T00:00:00Z',
      });
      const lines = [certified, expired].map(({ variantId }) => ({
        variantId,
        quantity: 1,
        channelPointId: '',
      }));
      const { orderId } = await makeOrder(rooms, { lines });
      expect((await linesOf(orderId)).map((line) => line.certificationId)).toEqual([null, null]);

      await pay(rooms, orderId);
      await rooms.database.transaction((tx) =>
        tx.write('UPDATE certification SET revoked_at = ?', [rooms.clock.now()]),
      );

      const byProduct = new Map(
        (await linesOf(orderId)).map((line) => [line.productId, line.certificationId]),
      );
      expect(byProduct).toEqual(
        new Map([
          [certified.productId, certificationId],
          [expired.productId, null],
        ]),
      );
    });

    it('does not find what does not exist', async () => {
      await expect(pay(rooms, 'ord_unknown')).rejects.toThrow('was not found');
    });
  });

  describe('lockPayable', () => {
    it('is for the buyer', async () => {
      const { orderId, buyerId } = await makeOrder(rooms);
      const lock = (by: string) =>
        rooms.database.transaction((tx) => rooms.get(OrderService).lockPayable(tx, by, orderId));

      expect(await lock(buyerId)).toMatchObject({ id: orderId, state: 'PLACED', totalFen: 10_000n });
      await expect(lock('usr_stranger')).rejects.toThrow('was not found');
    });
  });

  describe('markShipped', () => {
    it('starts the ten days after which nobody needs to say anything', async () => {
      const { orderId } = await makePaidOrder(rooms);
      const part = await onlyPart(orderId);

      expect(await ship(part)).toMatchObject({ id: part.id, state: 'SHIPPED' });

      const shippedAt = rooms.clock.now();
      const autoReceiptAt = new Date(shippedAt.getTime() + 10 * DAY_MS);
      expect(await onlyPart(orderId)).toMatchObject({ state: 'SHIPPED', shippedAt, autoReceiptAt });
      expect((await factsOf(orderId)).at(-1)).toEqual({
        name: 'merchant_order.shipped',
        payload: { merchantOrderId: part.id, orderId, fulfillmentId: 'ful_1' },
      });
    });

    it('waits for the money, and happens once', async () => {
      const { orderId } = await makeOrder(rooms);
      const part = await onlyPart(orderId);

      expect(await ship(part)).toEqual(new MerchantOrderNotShippableError('UNPAID'));
      await pay(rooms, orderId);
      await ship(part);
      expect(await ship(part)).toEqual(new MerchantOrderNotShippableError('SHIPPED'));
    });

    it('is done by its own merchant', async () => {
      const { orderId } = await makePaidOrder(rooms);
      const part = await onlyPart(orderId);

      await expect(ship(part, ['mer_other'])).rejects.toThrow('was not found');
      await expect(ship(part, [])).rejects.toThrow('was not found');
    });
  });

  describe('markReceived', () => {
    it.each([
      // perishable  window in days
      [true, 2],
      [false, 7],
    ])('opens the after-sale window (perishable %s: %s days)', async (isPerishable, days) => {
      const part = await shippedPart({}, await makeProduct(rooms, { isPerishable }));

      await receive(part);

      const receivedAt = rooms.clock.now();
      const releaseDueAt = new Date(receivedAt.getTime() + days * DAY_MS);
      expect(await onlyPart(part.orderId)).toMatchObject({
        state: 'RECEIVED',
        receivedAt,
        receivedBy: 'BUYER',
        releaseDueAt,
      });
      expect((await factsOf(part.orderId)).at(-1)).toEqual({
        name: 'merchant_order.received',
        payload: {
          merchantOrderId: part.id,
          orderId: part.orderId,
          receivedAt: receivedAt.toISOString(),
          receivedBy: 'BUYER',
        },
      });
    });

    it('closes early for the whole parcel when one line is perishable', async () => {
      const peach = await makeProduct(rooms, { isPerishable: true });
      const tea = await makeProduct(rooms, { isPerishable: false, merchantId: peach.merchantId });
      const lines = [tea, peach].map(({ variantId }) => ({ variantId, quantity: 1, channelPointId: '' }));
      const part = await shippedPart({ lines });

      await receive(part);

      const { releaseDueAt } = await onlyPart(part.orderId);
      expect(releaseDueAt).toEqual(new Date(rooms.clock.now().getTime() + 2 * DAY_MS));
    });

    it('is done by the buyer, once, and not before shipping', async () => {
      const { orderId } = await makePaidOrder(rooms);
      const unshipped = await onlyPart(orderId);
      expect(await receive(unshipped)).toEqual(new MerchantOrderNotReceivableError('TO_SHIP'));

      const part = await shippedPart();
      await expect(receive(part, { buyerId: 'usr_stranger' })).rejects.toThrow('was not found');
      await receive(part);
      expect(await receive(part)).toEqual(new MerchantOrderNotReceivableError('RECEIVED'));
    });

    it('is taken for granted after ten days', async () => {
      const part = await shippedPart();
      const due = () => rooms.database.transaction((tx) => merchantOrders.lockDueForReceipt(tx, 100));
      rooms.clock.advance(10 * DAY_MS - 1);
      expect(await due()).not.toContain(part.id);

      rooms.clock.advance(1);

      expect(await due()).toContain(part.id);
      await receive(part, 'AUTO');
      expect(await onlyPart(part.orderId)).toMatchObject({ state: 'RECEIVED', receivedBy: 'AUTO' });
      expect(await due()).not.toContain(part.id);
    });
  });

  describe('completeDue', () => {
    it('completes what nobody complained about in time, once', async () => {
      const part = await shippedPart();
      await receive(part);
      rooms.clock.advance(2 * DAY_MS - 1);
      await merchantOrders.completeDue(100);
      expect(await onlyPart(part.orderId)).toMatchObject({ state: 'RECEIVED' });

      rooms.clock.advance(1);
      await Promise.all([merchantOrders.completeDue(100), merchantOrders.completeDue(100)]);

      const completedAt = rooms.clock.now();
      expect(await onlyPart(part.orderId)).toMatchObject({ state: 'COMPLETED', completedAt });
      const payload = {
        merchantOrderId: part.id,
        orderId: part.orderId,
        completedAt: completedAt.toISOString(),
      };
      const facts = (await factsOf(part.orderId)).filter((fact) => fact.name === 'merchant_order.completed');
      expect(facts).toEqual([{ name: 'merchant_order.completed', payload }]);
    });
  });

  describe('expireDue', () => {
    it('takes no more at once than it is told to', async () => {
      const product = await makeProduct(rooms);
      for (let count = 0; count < 5; count += 1) await makeOrder(rooms, {}, product);
      rooms.clock.advance(15 * 60_000);
      const orders = rooms.get(OrderService);

      expect(await orders.expireDue(2)).toBe(2);
      while ((await orders.expireDue(2)) > 0);

      const [level] = await rooms.database.query('SELECT reserved FROM stock_level WHERE variant_id = ?', [
        product.variantId,
      ]);
      expect(level).toEqual({ reserved: 0 });
    });
  });

  describe('the merchants’ reader', () => {
    it('shows their own, newest first, by state', async () => {
      const product = await makeProduct(rooms);
      const placed: OrderId[] = [];
      for (let count = 0; count < 3; count += 1) {
        placed.unshift((await makePaidOrder(rooms, {}, product)).orderId);
        rooms.clock.advance(1);
      }
      await makeOrder(rooms, {}, product);
      await makePaidOrder(rooms);
      const reader = rooms.get(MerchantOrderReader);
      const page = (after: readonly string[] | null) =>
        reader.pageForMerchants([product.merchantId], { state: 'TO_SHIP' }, { first: 2, after });

      const first = await page(null);
      const cursor: unknown = JSON.parse(Buffer.from(first.pageInfo.endCursor ?? '', 'base64url').toString());
      const second = await page(cursor as string[]);

      expect([...first.nodes, ...second.nodes].map((part) => part.orderId)).toEqual(placed);
      expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
      expect((await reader.pageForMerchants([], { state: null }, { first: 2, after: null })).nodes).toEqual(
        [],
      );
    });

    it('finds one of theirs, and none of others', async () => {
      const { orderId, buyerId } = await makeOrder(rooms);
      const part = await onlyPart(orderId);
      const reader = rooms.get(MerchantOrderReader);

      expect(await reader.byIdForMerchants(part.id, [part.merchantId])).toEqual(part);
      expect(await reader.byIdForMerchants(part.id, ['mer_other'])).toBeNull();
      expect(await reader.byIdForMerchants(part.id, [])).toBeNull();
      expect(await reader.byIdForBuyer(part.id, buyerId)).toEqual(part);
      expect(await reader.byIdForBuyer(part.id, newId('usr'))).toBeNull();
      expect(await rooms.get(OrderReader).linesOfMerchantOrder(part.id)).toEqual(await linesOf(orderId));
    });
  });

  it.each([
    ['an unknown state', "UPDATE customer_order SET state = 'LOST' LIMIT 1"],
    ['a total that is not the sum', 'UPDATE customer_order SET total_fen = total_fen + 1 LIMIT 1'],
    ['negative freight', 'UPDATE customer_order SET freight_fen = -1, total_fen = goods_fen - 1 LIMIT 1'],
    ['a part in an unknown state', "UPDATE merchant_order SET state = 'LOST' LIMIT 1"],
    ['a line of nothing', 'UPDATE order_line SET quantity = 0, goods_fen = 0 LIMIT 1'],
    ['a line that does not multiply', 'UPDATE order_line SET goods_fen = goods_fen + 1 LIMIT 1'],
    ['a line of an unknown channel', "UPDATE order_line SET channel_kind = 'DREAM' LIMIT 1"],
  ])('cannot have %s', async (_what, sql) => {
    await expect(rooms.database.transaction((tx) => tx.write(sql))).rejects.toThrow(
      /CONSTRAINT|Check constraint/,
    );
  });
});
