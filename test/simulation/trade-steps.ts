import {
  type AfterSaleKind,
  AfterSaleOpeningService,
  type AfterSaleReason,
  AfterSaleService,
  type PhotoSubject,
  VERDICTS,
} from '#libs/aftersale';
import { type IdOf, newId, refused } from '#libs/kernel';
import { CouponService } from '#libs/promotion';
import type { Random } from '../../scripts/data/random.js';
import { makePhoto } from '../make/photo.make.js';
import { type History, type Step, type Steps, unlessGone } from './history.js';

/** Somebody wants a coupon, and asks again where nothing was heard. */
const claim: Step = async (history, chance) => {
  const [buyerId, promotionId, key] = [
    chance.pick(history.buyers),
    chance.pick(history.stage.promotionIds),
    newId('key'),
  ];
  const ask = async () => {
    await unlessGone(history.get(CouponService).claim(buyerId, promotionId, key));
  };
  history.asked.push(ask);
  await ask();
};

/** Some of what one has, in any mixture: what does not go together is refused. */
export async function couponsOf(history: History, chance: Random, buyerId: string): Promise<string[]> {
  const rows = await history.rows<{ id: string }>(
    "SELECT id FROM coupon WHERE holder_id = ? AND state = 'CLAIMED' ORDER BY id",
    [buyerId],
  );
  return chance.shuffle(rows.map(({ id }) => id)).slice(0, chance.between(1, 3));
}

interface Sold {
  readonly id: string;
  readonly buyerId: IdOf<'usr'>;
  readonly quantity: number;
  readonly goods: string;
  readonly weight: number;
  readonly isPerishable: number;
}

interface Photo {
  readonly photoId: IdOf<'fil'>;
  readonly subject: PhotoSubject;
}

/** Mostly a photo that was taken for it, now and then one that has served before. */
async function photoOf(history: History, chance: Random, buyerId: IdOf<'usr'>): Promise<IdOf<'fil'>> {
  const taken = history.photos.get(buyerId) ?? [];
  if (taken.length > 0 && chance.percent(40)) return chance.pick(taken);
  const photo = await makePhoto(history.stage, buyerId, chance.between(1, 1_000_000_000));
  history.photos.set(buyerId, [...taken, photo]);
  return photo;
}

async function photosOf(history: History, chance: Random, { buyerId, isPerishable }: Sold): Promise<Photo[]> {
  const subjects: readonly PhotoSubject[] = isPerishable ? ['WAYBILL', 'SCALE'] : ['GOODS'];
  const photos: Photo[] = [];
  for (const subject of subjects) photos.push({ photoId: await photoOf(history, chance, buyerId), subject });
  return photos.length === 2 && photos[0]?.photoId === photos[1]?.photoId ? [] : photos;
}

const KINDS: readonly (readonly [AfterSaleKind, AfterSaleReason])[] = [
  ['REFUND_ONLY', 'DAMAGED'],
  ['RETURN_REFUND', 'NO_LONGER_WANTED'],
  ['EXCHANGE', 'DAMAGED'],
  // The longest way, so that enough of them come to its end.
  ['EXCHANGE', 'WRONG_GOODS'],
];

const soldIn = (history: History, condition: string, values: readonly string[] = []) =>
  history.rows<Sold>(
    `SELECT l.id, o.buyer_id AS buyerId, l.quantity, l.goods_fen AS goods, l.net_weight_g AS weight, l.is_perishable AS isPerishable
     FROM order_line l JOIN customer_order o ON o.id = l.order_id JOIN merchant_order m ON m.id = l.merchant_order_id
     WHERE o.payment_term = 'PREPAID' AND ${condition} ORDER BY l.id`,
    values,
  );

/** What is not possible (not there yet, too late, open already) is refused. */
async function openAbout(history: History, chance: Random, line: Sold, isMissing: boolean): Promise<void> {
  const [kind, reason] = isMissing
    ? (['REFUND_ONLY', 'NOT_RECEIVED'] as const)
    : line.isPerishable
      ? (['FRESH_CLAIM', 'SPOILED'] as const)
      : chance.pick(KINDS);
  const quantity = chance.between(1, line.quantity);
  const claimedG = Math.floor((line.weight * quantity) / line.quantity);
  const isPart = kind === 'REFUND_ONLY' && chance.percent(40);
  const wish = {
    idempotencyKey: newId('key'),
    orderLineId: line.id,
    kind,
    reason,
    quantity,
    amountFen: isPart ? (BigInt(line.goods) * BigInt(chance.between(1, 60)) + 99n) / 100n : null,
    badWeightG: kind === 'FRESH_CLAIM' ? Math.ceil((claimedG * chance.between(5, 100)) / 100) : null,
    text: 'simulated',
    photos: isMissing ? [] : await photosOf(history, chance, line),
  };
  const ask = async () => {
    await unlessGone(history.get(AfterSaleOpeningService).open(line.buyerId, wish));
  };
  history.asked.push(ask);
  await ask();
}

/** About one line of what has left the house. */
const openCase: Step = async (history, chance) => {
  const sold = await soldIn(history, "m.state IN ('PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED')");
  if (sold.length === 0) return;
  const line = chance.pick(chance.percent(60) ? sold.slice(-3) : sold);
  await openAbout(history, chance, line, chance.percent(15));
};

/** About some lines of an order that has just been received. */
export async function openCases(history: History, chance: Random, orderId: string): Promise<void> {
  const sold = await soldIn(history, "o.id = ? AND m.state = 'RECEIVED'", [orderId]);
  for (const line of chance.shuffle(sold).slice(0, chance.between(1, 2)))
    await openAbout(history, chance, line, false);
}

interface Case {
  readonly id: string;
  readonly buyerId: IdOf<'usr'>;
  readonly merchantId: IdOf<'mer'>;
  readonly state: string;
  readonly asked: string;
}

const casesOf = (history: History) =>
  history.rows<Case>(
    `SELECT id, buyer_id AS buyerId, merchant_id AS merchantId, state, asked_fen AS asked FROM after_sale
     WHERE closed_at IS NULL ORDER BY id`,
  );

const SENT = { carrier: '中国邮政', trackingNo: 'SIM-0003' };
const ADDRESS = '炎陵县霞阳镇 2 号 合作社 13900001234';

/** One of the open cases, by whoever's turn it may be; what is not possible in its state is refused. */
const ofACase =
  (
    act: (service: AfterSaleService, each: Case, chance: Random, history: History) => Promise<unknown>,
  ): Step =>
  async (history, chance) => {
    const cases = await casesOf(history);
    if (cases.length === 0) return;
    // Mostly a recent one, so that something comes of it before silence does.
    const each = chance.pick(chance.percent(70) ? cases.slice(-2) : cases);
    await unlessGone(act(history.get(AfterSaleService), each, chance, history).then(() => undefined));
  };

const answerCase = ofACase((service, { id, merchantId, state }, chance) => {
  const seller = { userId: newId('usr'), merchantIds: [merchantId] };
  if (state === 'RETURNING' && chance.percent(70)) return service.confirmReturn(id, seller);
  if (state === 'TO_REPLACE') return service.shipReplacement(id, SENT, seller);
  if (chance.percent(75)) return service.approve(id, ADDRESS, seller);
  return chance.percent(50)
    ? service.refuse(id, 'simulated', [], seller)
    : service.appeal(id, 'simulated', [], seller);
});

const goOnWithCase = ofACase((service, { id, buyerId, state }, chance) => {
  const buyer = { buyerId };
  if (state === 'AWAITING_RETURN' && chance.percent(80)) return service.sendBack(id, SENT, buyer);
  if (state === 'REPLACING') return service.receiveReplacement(id, buyer);
  if (state === 'REFUSED')
    return chance.percent(30) ? service.accept(id, buyer) : service.contest(id, 'simulated', buyer);
  return chance.percent(6) ? service.withdraw(id, buyer) : Promise.resolve();
});

const decideCase = ofACase((service, { id, asked }, chance, history) => {
  const verdict = chance.pick(VERDICTS);
  const isPart = verdict === 'REFUND' && BigInt(asked) > 1n && chance.percent(40);
  const amountFen = isPart ? (BigInt(asked) * BigInt(chance.between(1, 99)) + 99n) / 100n : null;
  const decision = { verdict, amountFen, reason: 'simulated', returnAddress: ADDRESS };
  return service.decide(id, decision, { userId: history.maker, divisions: 'ALL' });
});

/** The seller says something, and then the buyer. */
export const talk: Step = async (history, chance) => {
  await answerCase(history, chance);
  await goOnWithCase(history, chance);
};

/** Whatever a person has to decide is decided: money back where there is some, nothing otherwise. */
export async function decideCases(history: History): Promise<void> {
  const arbiter = { userId: history.maker, divisions: 'ALL' as const };
  const decision = { amountFen: null, reason: 'simulated', returnAddress: null };
  const service = history.get(AfterSaleService);
  for (const { id, state } of await casesOf(history)) {
    if (state !== 'AT_PLATFORM') continue;
    const ruled = await service.decide(id, { ...decision, verdict: 'REFUND' }, arbiter);
    if (refused(ruled)) await service.decide(id, { ...decision, verdict: 'REJECT' }, arbiter);
  }
}

export const TRADE_STEPS: Steps = {
  'claim coupon': { weight: 5, step: claim },
  'open case': { weight: 6, step: openCase },
  'answer case': { weight: 5, step: answerCase },
  'go on with case': { weight: 4, step: goOnWithCase },
  'decide case': { weight: 2, step: decideCase },
};
