import {
  FulfillmentModule,
  FulfillmentReader,
  FulfillmentService,
  type LineUnits,
  ParcelExceedsRestError,
  ParcelExistsError,
  ParcelReceivedError,
  ReceiptService,
  RestService,
} from '#libs/fulfillment';
import { DAY_MS, newId, present, refused } from '#libs/kernel';
import {
  MerchantOrderNotReceivableError,
  MerchantOrderNotShippableError,
  MerchantOrderReader,
  type MerchantOrderRow,
  MerchantOrderService,
  NothingToCallOffError,
  type OrderId,
  OrderReader,
  OrderService,
} from '#libs/ordering';
import { SETTINGS, openRooms, type Rooms } from '../harness/rooms.js';
import { type OrderOptions, makeOrder, makePaidOrder, partsOf, pay } from '../make/order.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../make/product.make.js';

describe('an order', () => {
  let rooms: Rooms;
  let merchantOrders: MerchantOrderService;

  beforeAll(async () => {
    rooms = await openRooms(SETTINGS, FulfillmentModule);
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

  let parcelNo = 0;
  /** A parcel with `lines` of it, or with all that has not left. */
  const ship = (
    part: MerchantOrderRow,
    { lines = null as readonly LineUnits[] | null, merchantIds = [part.merchantId], trackingNo = '' } = {},
  ) => {
    parcelNo += 1;
    return rooms.get(FulfillmentService).ship(merchantIds, {
      merchantOrderId: part.id,
      carrier: '顺丰',
      trackingNo: trackingNo || `SF${String(parcelNo).padStart(8, '0')}`,
      lines,
    });
  };
  const receive = (part: MerchantOrderRow, buyerId: string = part.buyerId) =>
    rooms.get(ReceiptService).receive(buyerId, part.id);
  const receiveDue = () => rooms.get(ReceiptService).receiveDue(100);
  const parcelsOf = (part: MerchantOrderRow) => rooms.get(FulfillmentReader).ofMerchantOrders([part.id]);

  /** One line of tea and one of peaches of the same merchant. */
  const mixed = async () => {
    const peach = await makeProduct(rooms, { isPerishable: true });
    const tea = await makeProduct(rooms, { isPerishable: false, merchantId: peach.merchantId });
    return {
      lines: [tea, peach].map(({ variantId }) => ({ variantId, quantity: 1, channelPointId: '' })),
    };
  };

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

  describe('ship', () => {
    it('starts the ten days after which nobody needs to say anything', async () => {
      const { orderId } = await makePaidOrder(rooms);
      const part = await onlyPart(orderId);

      expect(await ship(part)).toBe(part.id);

      const shippedAt = rooms.clock.now();
      const autoReceiptAt = new Date(shippedAt.getTime() + 10 * DAY_MS);
      expect(await onlyPart(orderId)).toMatchObject({ state: 'SHIPPED', shippedAt, autoReceiptAt });
      const [parcel] = await parcelsOf(part);
      expect((await factsOf(orderId)).at(-1)).toEqual({
        name: 'merchant_order.shipped',
        payload: { merchantOrderId: part.id, orderId, fulfillmentId: parcel?.id },
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

      await expect(ship(part, { merchantIds: ['mer_other'] })).rejects.toThrow('was not found');
      await expect(ship(part, { merchantIds: [] })).rejects.toThrow('was not found');
    });
  });

  describe('receive', () => {
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

    it('leaves the money where it is until the last window is over, when only one line is perishable', async () => {
      const part = await shippedPart(await mixed());

      await receive(part);

      const { releaseDueAt } = await onlyPart(part.orderId);
      expect(releaseDueAt).toEqual(new Date(rooms.clock.now().getTime() + 7 * DAY_MS));
    });

    it('is done by the buyer, once, and not before shipping', async () => {
      const { orderId } = await makePaidOrder(rooms);
      const unshipped = await onlyPart(orderId);
      expect(await receive(unshipped)).toEqual(new MerchantOrderNotReceivableError('TO_SHIP'));

      const part = await shippedPart();
      await expect(receive(part, 'usr_stranger')).rejects.toThrow('was not found');
      await receive(part);
      expect(await receive(part)).toEqual(new MerchantOrderNotReceivableError('RECEIVED'));
    });

    it('is taken for granted after ten days', async () => {
      const part = await shippedPart();
      rooms.clock.advance(10 * DAY_MS - 1);
      await receiveDue();
      expect(await onlyPart(part.orderId)).toMatchObject({ state: 'SHIPPED' });

      rooms.clock.advance(1);

      expect(await receiveDue()).toBeGreaterThan(0);
      expect(await onlyPart(part.orderId)).toMatchObject({ state: 'RECEIVED', receivedBy: 'AUTO' });
      expect(await receiveDue()).toBe(0);
    });
  });

  describe('in several parcels', () => {
    /** Five boxes of tea and two of peaches. */
    const toShip = async () => {
      const { lines, ...options } = await mixed();
      const { orderId } = await makePaidOrder(rooms, {
        ...options,
        lines: lines.map((line, index) => ({ ...line, quantity: index === 0 ? 5 : 2 })),
      });
      const [tea, peach] = (await linesOf(orderId)).map(({ id }) => id);
      return { part: await onlyPart(orderId), tea: present(tea, 'tea'), peach: present(peach, 'peaches') };
    };
    const held = ({ orderId }: Pick<MerchantOrderRow, 'orderId'>) =>
      rooms.database.query(
        `SELECT r.state, r.quantity, l.on_hand AS onHand, l.reserved FROM stock_reservation r
         JOIN stock_level l ON l.id = r.stock_level_id WHERE r.order_id = ? ORDER BY r.order_line_id`,
        [orderId],
      );
    const namesOf = async (orderId: string) => (await factsOf(orderId)).slice(2).map(({ name }) => name);
    const stateOf = async ({ orderId }: MerchantOrderRow) => (await onlyPart(orderId)).state;
    const only = async (part: MerchantOrderRow, at: number) =>
      present((await parcelsOf(part)).at(at), 'a parcel');
    const units = (orderLineId: string, quantity: number) => [{ orderLineId, quantity }];

    it('carries out what is in each, and is shipped with the last unit', async () => {
      const { part, tea, peach } = await toShip();

      expect(await ship(part, { lines: units(tea, 2) })).toBe(part.id);
      expect(await onlyPart(part.orderId)).toMatchObject({
        state: 'PARTLY_SHIPPED',
        shippedAt: null,
        autoReceiptAt: null,
      });
      expect(await held(part)).toEqual([
        { state: 'HELD', quantity: 3, onHand: 98, reserved: 3 },
        { state: 'HELD', quantity: 2, onHand: 100, reserved: 2 },
      ]);

      rooms.clock.advance(DAY_MS);
      await ship(part, { lines: [...units(tea, 1), ...units(peach, 2)] });
      expect(await stateOf(part)).toBe('PARTLY_SHIPPED');
      await ship(part);

      const shippedAt = rooms.clock.now();
      expect(await onlyPart(part.orderId)).toMatchObject({ state: 'SHIPPED', shippedAt });
      expect(await held(part)).toEqual([
        { state: 'SHIPPED', quantity: 2, onHand: 95, reserved: 0 },
        { state: 'SHIPPED', quantity: 2, onHand: 98, reserved: 0 },
      ]);
      const inParcels = await rooms.get(FulfillmentReader).linesOf([part.id]);
      expect(inParcels.map(({ orderLineId, quantity }) => [orderLineId, quantity])).toEqual(
        expect.arrayContaining([
          [tea, 2],
          [tea, 1],
          [peach, 2],
          [tea, 2],
        ]),
      );
      expect(await namesOf(part.orderId)).toEqual([
        'merchant_order.partly_shipped',
        'merchant_order.partly_shipped',
        'merchant_order.shipped',
      ]);
    });

    it('leaves once under one number, and more than is left never', async () => {
      const { part, tea, peach } = await toShip();
      const parcel = { lines: units(tea, 2), trackingNo: 'SF-THE-SAME' };
      await ship(part, parcel);

      expect(await ship(part, parcel)).toBe(part.id);
      const { id } = await only(part, 0);
      expect(await ship(part, { ...parcel, lines: units(tea, 1) })).toEqual(new ParcelExistsError(id));
      expect(await ship(part, { trackingNo: parcel.trackingNo })).toEqual(new ParcelExistsError(id));
      expect(await ship(part, { lines: units(tea, 4) })).toEqual(new ParcelExceedsRestError(tea, 3));
      expect(await ship(part, { lines: [] })).toMatchObject({ fields: [{ path: 'lines' }] });
      expect(await ship(part, { lines: units(peach, -1) })).toMatchObject({
        fields: [{ path: 'lines.0.quantity' }],
      });
      await expect(ship(part, { lines: units('oln_of_others', 1) })).rejects.toThrow('was not found');
      expect(await held(part)).toMatchObject([{ quantity: 3 }, { quantity: 2 }]);
      expect(await parcelsOf(part)).toHaveLength(1);
      await ship(part);
      // Heard late: nothing has changed, although there is nothing left.
      expect(await ship(part, parcel)).toBe(part.id);
      expect(await parcelsOf(part)).toHaveLength(2);
    });

    it('never leaves with more than was ordered, however many ship at once', async () => {
      const { part, tea } = await toShip();

      const answers = await Promise.all(
        Array.from({ length: 6 }, () => ship(part, { lines: units(tea, 2) })),
      );

      expect(answers.filter((answer) => !refused(answer))).toHaveLength(2);
      expect(await held(part)).toMatchObject([{ quantity: 1, onHand: 96, reserved: 1 }, { quantity: 2 }]);
    });

    it('is received with the last parcel, each in its own time', async () => {
      const { part, tea } = await toShip();
      await ship(part, { lines: units(tea, 5) });
      const first = await only(part, 0);
      const receipts = rooms.get(ReceiptService);
      await expect(receipts.receiveParcel('usr_stranger', first.id)).rejects.toThrow('was not found');
      expect(await receive(part)).toEqual(new MerchantOrderNotReceivableError('PARTLY_SHIPPED'));

      expect(await receipts.receiveParcel(part.buyerId, first.id)).toBe(part.id);
      expect(await receipts.receiveParcel(part.buyerId, first.id)).toEqual(
        new ParcelReceivedError(rooms.clock.now()),
      );
      const teaReceivedAt = rooms.clock.now();
      expect(await stateOf(part)).toBe('PARTLY_SHIPPED');
      rooms.clock.advance(3 * DAY_MS);
      await ship(part);
      rooms.clock.advance(10 * DAY_MS - 1);
      await receiveDue();
      expect(await stateOf(part)).toBe('SHIPPED');
      rooms.clock.advance(1);
      await receiveDue();

      // The peaches' 48 hours end later than the seven days of the tea that came before them.
      const receivedAt = rooms.clock.now();
      expect(await onlyPart(part.orderId)).toMatchObject({
        state: 'RECEIVED',
        receivedAt,
        receivedBy: 'AUTO',
        releaseDueAt: new Date(receivedAt.getTime() + 2 * DAY_MS),
      });
      expect(await parcelsOf(part)).toMatchObject([
        { receivedAt: teaReceivedAt, receivedBy: 'BUYER' },
        { receivedAt, receivedBy: 'AUTO' },
      ]);
      expect(await namesOf(part.orderId)).toEqual([
        'merchant_order.partly_shipped',
        'merchant_order.partly_received',
        'merchant_order.shipped',
        'merchant_order.received',
      ]);
    });

    it('signs by time for the parcels that are due, and not for those behind them', async () => {
      const { part, tea } = await toShip();
      await ship(part, { lines: units(tea, 5) });
      rooms.clock.advance(2 * DAY_MS);
      await ship(part);
      rooms.clock.advance(8 * DAY_MS);

      await Promise.all([receiveDue(), receiveDue()]);

      expect(await parcelsOf(part)).toMatchObject([{ receivedBy: 'AUTO' }, { receivedAt: null }]);
      expect(await stateOf(part)).toBe('SHIPPED');
      await receive(part);
      expect(await parcelsOf(part)).toMatchObject([{ receivedBy: 'AUTO' }, { receivedBy: 'BUYER' }]);
      expect(await stateOf(part)).toBe('RECEIVED');
    });

    it.each([
      // who, when the parcel has      leaves it
      ['BUYER', false, 'SHIPPED'],
      ['MERCHANT', true, 'RECEIVED'],
    ] as const)('leaves the rest where the %s calls it off (arrived: %s)', async (by, hasArrived, state) => {
      const { part, tea, peach } = await toShip();
      const rests = rooms.get(RestService);
      const callOff = (ids: readonly string[] = [part.merchantId], buyerId: string = part.buyerId) =>
        by === 'BUYER' ? rests.callOffForBuyer(buyerId, part.id) : rests.callOffForMerchants(ids, part.id);
      expect(await callOff()).toEqual(new NothingToCallOffError('TO_SHIP'));
      await ship(part, { lines: units(tea, 2) });
      const { id } = await only(part, 0);
      if (hasArrived) await rooms.get(ReceiptService).receiveParcel(part.buyerId, id);
      await expect(callOff([], 'usr_stranger')).rejects.toThrow('was not found');

      expect(await callOff()).toBe(part.id);

      expect(await callOff()).toEqual(new NothingToCallOffError(state));
      expect(await onlyPart(part.orderId)).toMatchObject({ state, shippedAt: rooms.clock.now() });
      expect(await held(part)).toEqual([
        { state: 'RELEASED', quantity: 3, onHand: 98, reserved: 0 },
        { state: 'RELEASED', quantity: 2, onHand: 100, reserved: 0 },
      ]);
      const lines = [...units(tea, 3), ...units(peach, 2)];
      expect(await rooms.get(MerchantOrderReader).callOffsOf([part.id])).toMatchObject(
        lines.map((line) => ({ ...line, calledOffBy: by })),
      );
      const { orderId, id: merchantOrderId } = part;
      const told = (await factsOf(orderId)).find(({ name }) => name === 'merchant_order.rest_called_off');
      expect(told?.payload).toEqual({ merchantOrderId, orderId, lines, calledOffBy: by, isWhole: false });
      expect((await namesOf(orderId)).slice(hasArrived ? 3 : 2)).toEqual([
        'merchant_order.shipped',
        ...(hasArrived ? ['merchant_order.received'] : []),
      ]);
    });

    it('is shipped or called off, never both', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const { part, tea } = await toShip();
          await ship(part, { lines: units(tea, 2) });
          const [shipped, calledOff] = await Promise.all([
            ship(part),
            rooms.get(RestService).callOffForBuyer(part.buyerId, part.id),
          ]);
          return [refused(shipped), refused(calledOff), (await parcelsOf(part)).length];
        }),
      );

      for (const [isNotShipped, isNotCalledOff, parcels] of outcomes) {
        expect(isNotShipped).toBe(!isNotCalledOff);
        expect(parcels).toBe(isNotShipped ? 1 : 2);
      }
    });

    it('is not cancelled as a whole any more', async () => {
      const { part, tea } = await toShip();
      await ship(part, { lines: units(tea, 1) });

      expect(await rooms.get(OrderService).cancel(part.buyerId, part.orderId)).toMatchObject({
        code: 'ORDER_NOT_CANCELLABLE',
      });
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
        reader.pageForMerchants(
          [product.merchantId],
          { state: 'TO_SHIP', orderId: null },
          { first: 2, after },
        );

      const first = await page(null);
      const cursor: unknown = JSON.parse(Buffer.from(first.pageInfo.endCursor ?? '', 'base64url').toString());
      const second = await page(cursor as string[]);

      expect([...first.nodes, ...second.nodes].map((part) => part.orderId)).toEqual(placed);
      expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
      expect(
        (await reader.pageForMerchants([], { state: null, orderId: null }, { first: 2, after: null })).nodes,
      ).toEqual([]);
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
