import { DAY_MS, HOUR_MS, MINUTE_MS, newId, present, refused } from '#libs/kernel';
import { FulfillmentService, ReceiptService, RestService } from '#libs/fulfillment';
import { type OrderInput, OrderPlacementService, OrderService } from '#libs/ordering';
import { PAYMENT_METHODS, PaymentService, RefundRequestService } from '#libs/payment';
import { MonthCloseService } from '#libs/volume';
import { SealService } from '#libs/seal';
import { DeadLetterService, Dispatcher } from '#platform/outbox';
import { takenApart } from '#platform/queue';
import type { Random } from '../../scripts/data/random.js';
import { RECIPIENT } from '../make/order.make.js';
import { ADOPTION_STEPS, adoptionLines, declareHarvest, openOffer } from './adoption-steps.js';
import { BOOKS_STEPS } from './books-steps.js';
import { isMishap } from './faults.js';
import { type History, type PlacedOrder, type Step, type Steps, unlessGone } from './history.js';
import { BUYER_ACCOUNT, PAYOUT_STEPS, wasAtDesk } from './payout-steps.js';
import { PRESALE_STEPS, openPresale, presaleLines } from './presale-steps.js';
import {
  atProvider,
  decide,
  finishRefund,
  hear,
  pay,
  refundAtDesk,
  webhook,
  webhookLost,
} from './provider-steps.js';
import { TRADE_STEPS, couponsOf, openCases, talk } from './trade-steps.js';

/** As Bull gives up. */
const TRIES_MAX = 8;
const SEAL_NOW = { delayMs: 0, leaseMs: 30_000 };

/** What an order may be refused for that is well formed. */
const EXPECTED = ['INSUFFICIENT_STOCK', 'CREDIT_EXCEEDED', 'COUPON_NOT_USABLE'];

type Purchase = Pick<PlacedOrder, 'buyerId'> & Pick<OrderInput, 'unitId' | 'paymentTerm'>;

const place: Step = (history, chance) => placeFor(history, chance, { buyerId: chance.pick(history.buyers) });

const placeOnAccount: Step = (history, chance) => {
  const { unitId, buyerId } = chance.pick(history.stage.units);
  return placeFor(history, chance, { buyerId, unitId, paymentTerm: 'ON_ACCOUNT' });
};

/** Of what is in stock, some. */
function someGoods(history: History, chance: Random): OrderInput['lines'] {
  const goods = chance.shuffle(history.stage.goods).slice(0, chance.between(1, history.stage.goods.length));
  return goods.map(({ product, channelPointId }) => ({
    variantId: product.variantId,
    quantity: chance.between(1, 3),
    channelPointId,
  }));
}

async function placeFor(
  history: History,
  chance: Random,
  { buyerId, ...purchase }: Purchase,
  lines = someGoods(history, chance),
): Promise<void> {
  // What is bought for a unit is paid with nobody's coupons.
  const couponIds = purchase.unitId || chance.percent(40) ? [] : await couponsOf(history, chance, buyerId);
  const input = {
    idempotencyKey: newId('req'),
    lines,
    recipient: RECIPIENT,
    totalFen: null,
    couponIds,
    ...purchase,
  };
  const ask = async () => {
    const orderId = await history.get(OrderPlacementService).place(buyerId, input);
    if (refused(orderId)) {
      if (!EXPECTED.includes(orderId.code)) throw new Error(orderId.message.en);
      return;
    }
    if (!history.orders.some((order) => order.orderId === orderId)) history.orders.push({ orderId, buyerId });
  };
  history.asked.push(ask);
  await ask();
}

/** Whoever got no answer asks again, in the same words. */
const askAgain: Step = async (history, chance) => {
  if (history.asked.length > 0) await chance.pick(history.asked)();
};

const ofAnOrder =
  (act: (history: History, order: History['orders'][number], chance: Random) => Promise<unknown>): Step =>
  async (history, chance) => {
    // Mostly a recent one, so that something comes of it.
    const { orders } = history;
    if (orders.length === 0) return;
    const order = chance.percent(60) ? orders.at(-1) : chance.pick(orders);
    await unlessGone(act(history, present(order, 'an order'), chance).then(() => undefined));
  };

const startPayment = ofAnOrder((history, { buyerId, orderId }, chance) =>
  history.get(PaymentService).start(buyerId, orderId, chance.pick(PAYMENT_METHODS)),
);

const cancel = ofAnOrder((history, { buyerId, orderId }) =>
  history.get(OrderService).cancel(buyerId, orderId),
);

interface Part {
  readonly id: string;
  readonly merchantId: string;
}

const partsIn = (history: History, orderId: string, ...states: readonly string[]) =>
  history.rows<Part>(
    `SELECT id, merchant_id AS merchantId FROM merchant_order
     WHERE order_id = ? AND state IN (${states.map(() => '?').join(', ')}) ORDER BY id`,
    [orderId, ...states],
  );

async function shipOrder(history: History, orderId: string): Promise<void> {
  for (const { id, merchantId } of await partsIn(history, orderId, 'TO_SHIP', 'PARTLY_SHIPPED')) {
    const parcel = { merchantOrderId: id, carrier: '中国邮政', trackingNo: 'SIM-0001' };
    await history.get(FulfillmentService).ship([merchantId], parcel);
  }
}

async function fulfilOrder(history: History, { orderId, buyerId }: PlacedOrder): Promise<void> {
  await shipOrder(history, orderId);
  for (const { id } of await partsIn(history, orderId, 'SHIPPED'))
    await history.get(ReceiptService).receive(buyerId, id);
}

const ship = ofAnOrder((history, { orderId }) => shipOrder(history, orderId));

/** Some units of one line; the rest follows, or is called off. */
const shipSome = ofAnOrder(async (history, { orderId }, chance) => {
  const lines = await history.rows<SoldLine & { readonly merchantId: string }>(
    `SELECT id, merchant_order_id AS merchantOrderId, merchant_id AS merchantId, quantity, goods_fen AS goods FROM order_line
     WHERE order_id = ? ORDER BY id`,
    [orderId],
  );
  const { id, merchantOrderId, merchantId, quantity } = chance.pick(lines);
  await history.get(FulfillmentService).ship([merchantId], {
    merchantOrderId,
    carrier: '中国邮政',
    trackingNo: `SIM-1${chance.between(0, 9)}`,
    lines: [{ orderLineId: id, quantity: chance.between(1, quantity) }],
  });
});

const callOffRest = ofAnOrder(async (history, { orderId, buyerId }, chance) => {
  for (const { id, merchantId } of await partsIn(history, orderId, 'PARTLY_SHIPPED')) {
    const rests = history.get(RestService);
    if (chance.percent(50)) await rests.callOffForBuyer(buyerId, id);
    else await rests.callOffForMerchants([merchantId], id);
  }
});

/** Whatever has left, parcel by parcel. */
const receiveParcel = ofAnOrder(async (history, { orderId, buyerId }, chance) => {
  const parcels = await history.rows<{ id: string }>(
    `SELECT f.id FROM fulfillment f JOIN merchant_order m ON m.id = f.merchant_order_id
     WHERE m.order_id = ? AND f.received_at IS NULL ORDER BY f.id`,
    [orderId],
  );
  if (parcels.length > 0) await history.get(ReceiptService).receiveParcel(buyerId, chance.pick(parcels).id);
});

const receive = ofAnOrder(async (history, { orderId, buyerId }) => {
  for (const { id } of await partsIn(history, orderId, 'SHIPPED'))
    await history.get(ReceiptService).receive(buyerId, id);
});

interface SoldLine {
  readonly id: string;
  readonly merchantOrderId: string;
  readonly quantity: number;
  readonly goods: string;
}

const refund = ofAnOrder(async (history, { orderId }, chance) => {
  const lines = await history.rows<SoldLine>(
    'SELECT id, merchant_order_id AS merchantOrderId, quantity, goods_fen AS goods FROM order_line WHERE order_id = ? ORDER BY id',
    [orderId],
  );
  const line = chance.pick(lines);
  const amountFen = (BigInt(line.goods) * BigInt(chance.between(1, 110)) + 99n) / 100n;
  const asks = {
    FULL: { lines: [], freightOf: [], amountFen: null },
    LINE: {
      lines: [{ orderLineId: line.id, quantity: chance.between(1, line.quantity), amountFen: null }],
      freightOf: chance.percent(30) ? [line.merchantOrderId] : [],
      amountFen: null,
    },
    PARTIAL: { lines: [{ orderLineId: line.id, quantity: null, amountFen }], freightOf: [], amountFen: null },
    FREIGHT: { lines: [], freightOf: [line.merchantOrderId], amountFen: null },
    GOODWILL: { lines: [], freightOf: [], amountFen },
  } as const;
  const kind = chance.pick(['FULL', 'LINE', 'PARTIAL', 'FREIGHT', 'GOODWILL'] as const);
  const isAtOurCost = kind === 'GOODWILL' && chance.percent(50);
  const request = {
    orderId: orderId as `ord_${string}`,
    ask: { kind, ...asks[kind] },
    borneBy: isAtOurCost ? ('PLATFORM' as const) : ('SELLERS' as const),
    note: 'simulated',
    requestedBy: history.maker,
    bankAccount: chance.percent(15) && !wasAtDesk(history, orderId) ? BUYER_ACCOUNT : null,
  };
  const key = newId('key');
  const ask = async () => {
    await history.get(RefundRequestService).submit(request, key);
  };
  history.asked.push(ask);
  await ask();
});

/** One job, from any place in the queue: done, done twice, or begun and never acknowledged. */
export const deliver: Step = async (history, chance) => {
  const { queue } = history.stage;
  if (queue.length === 0) return;
  const job = present(queue.take(chance.percent(50) ? 0 : chance.between(0, queue.length - 1)), 'a job');
  const isDoubled = chance.percent(10);
  if (isDoubled) await queue.add([job]);
  history.tell(`    ${job.delivery.consumer} x${job.delivery.eventIds.length}`);
  const dispatcher = history.get(Dispatcher);
  try {
    await dispatcher.deliver(job.delivery);
  } catch (error) {
    if (isMishap(error)) {
      // Stalled, and taken up by another worker; or forgotten, and found by the sweeper.
      if (chance.percent(70)) await queue.add([job]);
      throw error;
    }
    const failure = error instanceof Error ? error : new Error(String(error));
    history.tell(`    failed: ${failure.message}`);
    const tries = (history.tries.get(job.id) ?? 0) + 1;
    history.tries.set(job.id, tries);
    if (job.delivery.eventIds.length > 1) await queue.add(takenApart(job));
    else if (tries < TRIES_MAX) await queue.add([job]);
    else await dispatcher.bury(job.delivery, failure);
  }
};

const deliverMany: Step = async (history, chance) => {
  for (let n = 0; n < 6; n += 1) await deliver(history, chance);
};

const tick =
  (name: string): Step =>
  async (history) => {
    await present(history.stage.schedules.get(name), name)();
  };

/** Whatever is due next of an order, whose money nevertheless takes the way of everybody's. */
async function payNext(
  history: History,
  chance: Random,
  { orderId, buyerId }: PlacedOrder,
  isHeardAtOnce: boolean,
): Promise<void> {
  const { provider } = history;
  await history.get(PaymentService).start(buyerId, orderId, chance.pick(PAYMENT_METHODS));
  const intent = provider.intents.findLast((each) => each.orderId === orderId);
  if (!intent) return;
  const before = provider.events.length;
  provider.pay(intent);
  if (isHeardAtOnce) for (const event of provider.events.slice(before)) await hear(history, event);
  else for (let n = 0; n < 2; n += 1) await webhook(history, chance);
  await workAWhile(history, chance);
}

/** A buyer in a hurry. */
const buy: Step = async (history, chance) => {
  await place(history, chance);
  const order = history.orders.at(-1);
  if (order) await payNext(history, chance, order, false);
};

/** Before it is harvested: all of it is paid, or the deposit, and by some the rest as soon as they can. */
const buyAhead: Step = async (history, chance) => {
  const presold = present(history.stage.presold[chance.percent(65) ? 0 : 1], 'what is presold');
  await openPresale(history, chance, presold);
  const buyerId = chance.pick(history.buyers);
  await placeFor(history, chance, { buyerId }, presaleLines(chance, presold));
  const order = history.orders.at(-1);
  for (let n = chance.percent(40) ? 2 : 1; order && n > 0; n -= 1)
    await payNext(history, chance, order, chance.percent(80));
};

/** A tree is adopted, by whoever pays for it first, and soon one of them has borne what it bears. */
const adopt: Step = async (history, chance) => {
  const product = present(history.stage.adopted, 'what can be adopted');
  await openOffer(history, product);
  await placeFor(history, chance, { buyerId: chance.pick(history.buyers) }, adoptionLines(chance, product));
  const order = history.orders.at(-1);
  if (order) await payNext(history, chance, order, chance.percent(80));
  if (chance.percent(40)) await declareHarvest(history, chance);
};

/** Whoever has paid the deposit pays the rest, some in time. */
const payBalance: Step = async (history, chance) => {
  const waiting = await history.rows<PlacedOrder>(
    `SELECT id AS orderId, buyer_id AS buyerId FROM customer_order
     WHERE state = 'PLACED' AND deposit_paid_at IS NOT NULL ORDER BY id`,
  );
  if (waiting.length > 0) await payNext(history, chance, chance.pick(waiting), chance.percent(80));
};

/** The days of the harvest come: who has not paid the rest has lost the place, and who has not been sent anything is asked, and may say nothing. */
const harvestDays: Step = async (history, chance) => {
  history.advance(chance.between(5, 12) * DAY_MS);
  for (const name of ['expire-orders', 'ask-about-delays']) await tick(name)(history, chance);
  await workAWhile(history, chance);
  if (chance.percent(50)) return;
  history.advance(3 * DAY_MS);
  await tick('settle-delay-notices')(history, chance);
};

/** An order that has just come is not as it should be; buyer and seller go on with it as fast as they can. */
const complain: Step = async (history, chance) => {
  const paid = () =>
    history.rows<PlacedOrder>(
      `SELECT o.id AS orderId, o.buyer_id AS buyerId FROM customer_order o JOIN merchant_order m ON m.order_id = o.id
     WHERE o.state = 'PAID' AND o.payment_term = 'PREPAID' AND m.state = 'TO_SHIP' ORDER BY o.id DESC LIMIT 1`,
    );
  let [order] = await paid();
  if (!order) {
    await place(history, chance);
    const placed = history.orders.at(-1);
    if (placed) await payNext(history, chance, placed, true);
    [order] = await paid();
  }
  if (!order) return;
  await fulfilOrder(history, order);
  await workAWhile(history, chance);
  await openCases(history, chance, order.orderId);
  for (let n = 0; n < 6; n += 1) await talk(history, chance);
  await workAWhile(history, chance);
};

/** A school in a hurry: signed for at once. */
const buyOnAccount: Step = async (history, chance) => {
  await placeOnAccount(history, chance);
  await BOOKS_STEPS.sign.step(history, chance);
  await workAWhile(history, chance);
};

/** What workers do in a few seconds. */
const workAWhile: Step = async (history, chance) => {
  for (let n = 0; n < 3; n += 1) {
    await tick('relay')(history, chance);
    await deliverMany(history, chance);
  }
};

/** Out of the house, and in the buyer's hands; the after-sale window passes as time does. */
const fulfil = ofAnOrder((history, order) => fulfilOrder(history, order));

/** Everything that was paid is delivered, a week passes, and what is theirs becomes free. */
const week: Step = async (history, chance) => {
  for (const order of history.orders) await fulfilOrder(history, order);
  await workAWhile(history, chance);
  history.advance(8 * DAY_MS);
  for (const name of ['auto-receipt', 'complete-orders']) await tick(name)(history, chance);
  await workAWhile(history, chance);
};

/** A run, and both kinds of batches agreed to; the file goes to the bank, transfers wait for the clockwork. */
const payDay: Step = async (history, chance) => {
  await PAYOUT_STEPS['start payout run'].step(history, chance);
  for (let n = 0; n < 4; n += 1) await tick('pay-out')(history, chance);
  for (let n = 0; n < 2; n += 1) {
    await PAYOUT_STEPS['make batch'].step(history, chance);
    await PAYOUT_STEPS['vote on batch'].step(history, chance);
    await PAYOUT_STEPS['export batch'].step(history, chance);
  }
};

/** The fourth of the next month, when the month before is cut off. */
const monthEnd: Step = async (history, chance) => {
  const { now } = history.provider;
  const fourth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 4, 3);
  history.advance(fourth - now.getTime());
  await workAWhile(history, chance);
  for (const name of ['roll-up', 'keep-months']) await tick(name)(history, chance);
  for (let n = 0; n < 4; n += 1) await closeMonth(history, chance);
};

/** Any round of the clockwork. */
const tickAny: Step = async (history, chance) => {
  const name = chance.pick([...history.stage.schedules.keys()]);
  history.tell(`    ${name}`);
  await tick(name)(history, chance);
};

const closeMonth: Step = async (history, chance) => {
  const closes = history.get(MonthCloseService);
  const months = await history.rows<{ month: string; state: string }>(
    "SELECT month, state FROM volume_close WHERE state NOT IN ('LOCKING', 'PUBLISHED') ORDER BY month",
  );
  if (months.length === 0) return;
  const { month, state } = chance.pick(months);
  const [maker, checker] = [history.maker, history.checkers[0]].map((userId) => ({
    userId,
    scope: 'ALL' as const,
  }));
  if (!maker || !checker) return;
  const decision = (requestId: unknown) => ({
    month,
    requestId: requestId as `apr_${string}`,
    ...checker,
    verdict: 'APPROVE' as const,
    reason: null,
  });
  if (state === 'OPEN') await unlessGone(closes.cutOff(month, maker).then(() => undefined));
  if (state === 'CUT_OFF') await closes.startReview(month, maker);
  if (state === 'IN_REVIEW') {
    const requestId = await closes.requestLock(month, maker);
    if (!refused(requestId)) await closes.decideLock(decision(requestId));
  }
  if (state === 'LOCKED') {
    const requestId = await closes.requestPublish(month, maker);
    if (!refused(requestId)) await closes.decidePublish(decision(requestId));
  }
};

const passing =
  (fromMs: number, toMs: number): Step =>
  async (history, chance) =>
    history.advance(chance.between(fromMs, toMs));

/** Two hours fast, two hours slow, or put right. */
const skew: Step = async (history, chance) => history.skew(chance.pick([-2 * HOUR_MS, 0, 0, 2 * HOUR_MS]));

export const STEPS: Steps = {
  place: { weight: 4, step: place },
  buy: { weight: 12, step: buy },
  fulfil: { weight: 5, step: fulfil },
  'work a while': { weight: 10, step: workAWhile },
  week: { weight: 4, step: week },
  'pay day': { weight: 4, step: payDay },
  'month end': { weight: 1, step: monthEnd },
  'ask again': { weight: 3, step: askAgain },
  'start payment': { weight: 4, step: startPayment },
  'pay at provider': { weight: 5, step: pay },
  cancel: { weight: 2, step: cancel },
  ship: { weight: 6, step: ship },
  'ship some': { weight: 3, step: shipSome },
  'call off rest': { weight: 1, step: callOffRest },
  receive: { weight: 5, step: receive },
  'receive parcel': { weight: 2, step: receiveParcel },
  refund: { weight: 8, step: refund },
  'book fee': { weight: 3, step: atProvider(({ provider }, intent) => provider.charge(intent)) },
  'finish refund': { weight: 4, step: finishRefund },
  'refund at desk': { weight: 1, step: refundAtDesk },
  dispute: {
    weight: 3,
    step: atProvider(({ provider }, intent, chance) => provider.dispute(intent, chance.percent(30))),
  },
  'decide dispute': { weight: 3, step: decide },
  webhook: { weight: 13, step: webhook },
  'lose webhook': { weight: 1, step: webhookLost },
  relay: { weight: 9, step: tick('relay') },
  deliver: { weight: 10, step: deliver },
  'deliver many': { weight: 9, step: deliverMany },
  'lose redis': {
    weight: 1,
    step: async ({ stage }) => stage.queue.lose(),
  },
  'roll up': { weight: 3, step: tick('roll-up') },
  clockwork: { weight: 14, step: tickAny },
  seal: {
    weight: 2,
    step: async (history) => void (await history.get(SealService).sealDue(50, SEAL_NOW)),
  },
  'close month': { weight: 2, step: closeMonth },
  'replay dead': {
    weight: 1,
    step: async (history) => void (await history.get(DeadLetterService).replay(null)),
  },
  minutes: { weight: 3, step: passing(MINUTE_MS, 40 * MINUTE_MS) },
  hours: { weight: 2, step: passing(HOUR_MS, 26 * HOUR_MS) },
  days: { weight: 2, step: passing(DAY_MS, 9 * DAY_MS) },
  'wrong clock': { weight: 1, step: skew },
  'place on account': { weight: 2, step: placeOnAccount },
  'buy on account': { weight: 5, step: buyOnAccount },
  'buy ahead': { weight: 11, step: buyAhead },
  adopt: { weight: 4, step: adopt },
  'pay balance': { weight: 6, step: payBalance },
  'harvest days': { weight: 4, step: harvestDays },
  complain: { weight: 9, step: complain },
  ...PAYOUT_STEPS,
  ...BOOKS_STEPS,
  ...TRADE_STEPS,
  ...PRESALE_STEPS,
  ...ADOPTION_STEPS,
};
