import { DelayAnswerService, FulfillmentService } from '#libs/fulfillment';
import { DAY_MS, HOUR_MS, newId, present, refused } from '#libs/kernel';
import {
  DelayService,
  MerchantOrderReader,
  OrderPlacementService,
  OrderReader,
  PartDelayService,
} from '#libs/ordering';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makePaidOrder, orderInput, partsOf, pay } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';

const DELAY = `mutation ($input: OrderDelayAnnounceInput!) { orderDelayAnnounce(input: $input) { __typename
  ... on OrderDelayAnnouncePayload { askedCount } ... on OrdersNotDelayableError { code merchantOrderIds }
  ... on InvalidInputError { code fields { path } } } }`;
const ORDER = `query ($id: ID!) { merchantOrder(id: $id) { state dueOn lines { promisedOn calledOffQuantity } delayNotices { promisedOn proposedOn reason state } } }`;

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement'] });
  await makeDivisions(world);
});
afterAll(() => world.close());

const clerkOf = (merchantId: string) =>
  world
    .client('merchant')
    .as(world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId }).token);

/** An order with a part of each of two sellers, or of one. */
async function ordered(sellers: 1 | 2) {
  const products = await Promise.all(
    Array.from({ length: sellers }, () => makeProduct(world, { pricesFen: [4_000n] })),
  );
  const lines = products.map(({ variantId }) => ({ variantId, quantity: 2, channelPointId: '' }));
  const buyerId = newId('usr');
  const orderId = await world.get(OrderPlacementService).place(buyerId, orderInput({ lines }));
  if (refused(orderId)) throw new Error(orderId.message.en);
  await pay(world, orderId);
  const parts = await partsOf(world, orderId);
  const part = present(parts[0], 'a part');
  const clerk = clerkOf(part.merchantId);
  const announce = (newDay: string, reason = '连日降雨') =>
    clerk.ask(DELAY, { input: { merchantId: part.merchantId, merchantOrderIds: [part.id], newDay, reason } });
  const look = (id: string = part.id) => world.get(MerchantOrderReader).byId(id);
  const notice = async () =>
    present(
      (
        await world.database.query<{ id: string; state: string }>(
          'SELECT id, state FROM delay_notice WHERE merchant_order_id = ? ORDER BY id DESC LIMIT 1',
          [part.id],
        )
      )[0],
      'a notice',
    );
  return { orderId, buyerId, part, other: parts[1], clerk, announce, look, notice };
}

/** What the fact asks the money side for. */
const calledOff = (merchantOrderId: string) =>
  world.database.query<{ payload: string | { isWhole: boolean; lines: object[] } }>(
    "SELECT payload FROM outbox WHERE name = 'merchant_order.rest_called_off' AND JSON_VALUE(payload, '$.merchantOrderId') = ?",
    [merchantOrderId],
  );

describe('orderDelayAnnounce', () => {
  it('moves the day of what waits, asks its buyer once, and leaves what was promised first on the lines', async () => {
    const { clerk, part, announce, look } = await ordered(1);
    const first = part.dueOn;

    expect(await announce('2026-11-09')).toEqual({ __typename: 'OrderDelayAnnouncePayload', askedCount: 1 });
    expect(await announce('2026-11-09')).toMatchObject({ askedCount: 0 });
    expect(await announce('2026-11-07')).toMatchObject({ askedCount: 0 });
    expect(await announce('2026-11-12', '路断了')).toMatchObject({ askedCount: 1 });

    expect(await clerk.ask(ORDER, { id: part.id })).toMatchObject({
      dueOn: '2026-11-12',
      lines: [{ promisedOn: first }],
      delayNotices: [
        { promisedOn: first, proposedOn: '2026-11-09', reason: '连日降雨', state: 'MOOT' },
        { promisedOn: '2026-11-09', proposedOn: '2026-11-12', reason: '路断了', state: 'OPEN' },
      ],
    });
    expect((await look())?.state).toBe('TO_SHIP');
  });

  it('refuses what has left, a bad day, no reason and orders of others, and changes nothing', async () => {
    const { clerk, part, announce, look } = await ordered(1);
    const stranger = await ordered(1);
    expect(await announce('2026-01-01', ' ')).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      fields: [{ path: 'input.newDay' }, { path: 'input.reason' }],
    });
    const foreign = {
      merchantId: part.merchantId,
      merchantOrderIds: [stranger.part.id],
      newDay: '2026-11-09',
      reason: '雨',
    };
    expect(await clerk.codeOf(DELAY, { input: foreign })).toBe('NOT_FOUND');
    expect(await clerk.codeOf(DELAY, { input: { ...foreign, merchantId: stranger.part.merchantId } })).toBe(
      'NOT_FOUND',
    );
    expect((await look())?.dueOn).toBe(part.dueOn);

    await world
      .get(FulfillmentService)
      .ship([part.merchantId], { merchantOrderId: part.id, carrier: '顺丰速运', trackingNo: 'SF1234567890' });
    expect(await announce('2026-11-09')).toEqual({
      __typename: 'OrdersNotDelayableError',
      code: 'ORDERS_NOT_DELAYABLE',
      merchantOrderIds: [part.id],
    });
  });
});

describe('the buyer', () => {
  const answer = (buyerId: string, noticeId: string, choice: 'KEEP' | 'REFUND') =>
    world.get(DelayAnswerService).answer(buyerId, noticeId, choice);

  it('has the whole order back where it has one part, also after having waited', async () => {
    const { buyerId, orderId, announce, notice } = await ordered(1);
    await announce('2026-11-09');
    const { id } = await notice();
    await expect(answer(newId('usr'), id, 'REFUND')).rejects.toThrow(/DelayNotice/);

    expect(await answer(buyerId, id, 'KEEP')).toBe(orderId);
    expect((await notice()).state).toBe('KEPT');
    expect(await answer(buyerId, id, 'REFUND')).toBe(orderId);
    expect(await answer(buyerId, id, 'REFUND')).toBe(orderId);
    expect(await answer(buyerId, id, 'KEEP')).toMatchObject({
      code: 'DELAY_NOTICE_CLOSED',
      state: 'REFUNDED',
    });
    expect(await world.get(OrderReader).byIdForBuyer(orderId, buyerId)).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'DELAYED',
    });
  });

  it('has one part back with its freight, once, and keeps the other', async () => {
    const { buyerId, orderId, part, other, announce, look, notice } = await ordered(2);
    await announce('2026-11-09');
    const { id } = await notice();

    await Promise.all([answer(buyerId, id, 'REFUND'), answer(buyerId, id, 'REFUND')]);

    expect((await look())?.state).toBe('CANCELLED');
    expect((await look(present(other, 'the other part').id))?.state).toBe('TO_SHIP');
    expect((await world.get(OrderReader).byIdForBuyer(orderId, buyerId))?.state).toBe('PAID');
    const facts = await calledOff(part.id);
    expect(facts).toHaveLength(1);
    expect(JSON.stringify(facts)).toMatch(/isWhole\W+true/);
  });

  it('has the rest back of what has left in part; an earlier notice is nobody’s answer any more', async () => {
    const { buyerId, part, clerk, announce, notice } = await ordered(1);
    const [line] = await world.get(OrderReader).linesOfMerchantOrder(part.id);
    await world.get(FulfillmentService).ship([part.merchantId], {
      merchantOrderId: part.id,
      carrier: '顺丰速运',
      trackingNo: 'SF1234567891',
      lines: [{ orderLineId: present(line, 'a line').id, quantity: 1 }],
    });
    await announce('2026-11-09');
    const early = await notice();
    await announce('2026-11-10');
    expect(await answer(buyerId, early.id, 'REFUND')).toMatchObject({ state: 'MOOT' });

    await answer(buyerId, (await notice()).id, 'REFUND');
    expect(await clerk.ask(ORDER, { id: part.id })).toMatchObject({
      state: 'SHIPPED',
      lines: [{ calledOffQuantity: 1 }],
    });
    expect(JSON.stringify(await calledOff(part.id))).toMatch(/isWhole\W+false/);
  });

  it('waits who says nothing for two days', async () => {
    const { announce, notice, look } = await ordered(2);
    await announce('2026-11-09');
    world.clock.advance(2 * DAY_MS);
    await world.get(DelayService).settleUnanswered(100);
    expect((await notice()).state).toBe('KEPT');
    expect((await look())?.state).toBe('TO_SHIP');
  });
});

it('tells a merchant once a day what is late and due, by day', async () => {
  const { merchantId, ...product } = await makeProduct(world, { pricesFen: [4_000n] });
  await makePaidOrder(world, {}, { merchantId, ...product });
  const told = async () => {
    const rows = await world.database.query<{ late: number; dueToday: number; dueTomorrow: number }>(
      'SELECT late, due_today AS dueToday, due_tomorrow AS dueTomorrow FROM dispatch_reminder WHERE merchant_id = ? ORDER BY day',
      [merchantId],
    );
    return rows.map(({ late, dueToday, dueTomorrow }) => [late, dueToday, dueTomorrow]);
  };
  const dueOn = new Date(
    `${present((await world.database.query<{ on: string }>('SELECT due_on AS `on` FROM merchant_order WHERE merchant_id = ?', [merchantId]))[0], 'an order').on}T01:00:00Z`,
  );
  for (const days of [-1, 0, 1]) {
    world.clock.set(new Date(dueOn.getTime() + days * DAY_MS - 2 * HOUR_MS).toISOString());
    await world.get(PartDelayService).remindDue(100);
    world.clock.advance(2 * HOUR_MS);
    while ((await world.get(PartDelayService).remindDue(100)) > 0);
  }
  expect(await told()).toEqual([
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
  ]);
});
