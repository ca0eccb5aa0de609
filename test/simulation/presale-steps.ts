import { PresaleHarvestService } from '#libs/harvest';
import { DAY_MS, businessDay, plus, present, refused } from '#libs/kernel';
import { DelayService, type OrderInput } from '#libs/ordering';
import type { Random } from '../../scripts/data/random.js';
import { type History, type Step, type Steps, unlessGone } from './history.js';
import type { Presold } from './stage.js';

/** Four boxes a day on three days: whoever comes late waits longer, or gets nothing. */
const CAPACITY_G = 10_000;
const ORDERS_DAYS = 5;
const BALANCE_AFTER_DAYS = 7;
const FIRST_AFTER_DAYS = 8;
const LAST_AFTER_DAYS = 10;

/** Of what is presold; where it takes orders already, nothing changes. */
export async function openPresale(
  history: History,
  chance: Random,
  { product, payment }: Presold,
): Promise<void> {
  const now = history.stage.clock.now();
  const inDays = (days: number) => businessDay(plus(now, days * DAY_MS));
  const isDeposit = payment === 'DEPOSIT';
  const wish = {
    variantIds: product.variantIds,
    likeBatchId: present(product.batchIds[0], 'a batch'),
    firstOn: inDays(FIRST_AFTER_DAYS),
    lastOn: inDays(LAST_AFTER_DAYS),
    capacityG: CAPACITY_G,
    ordersOpenAt: now,
    ordersCloseAt: plus(now, ORDERS_DAYS * DAY_MS),
    payment,
    depositBps: isDeposit ? chance.between(300, 2_000) : null,
    balanceDueOn: isDeposit ? inDays(BALANCE_AFTER_DAYS) : null,
  };
  const opened = await history
    .get(PresaleHarvestService)
    .open(wish, { userId: history.maker, merchantIds: [product.merchantId] });
  if (refused(opened) && opened.code !== 'PRESALE_OVERLAP') throw new Error(opened.message.en);
}

/** One kind of box, or two: what is ordered together leaves together. */
export function presaleLines(chance: Random, { product }: Presold): OrderInput['lines'] {
  return chance
    .shuffle([...product.variantIds])
    .slice(0, chance.between(1, 2))
    .map((variantId) => ({ variantId, quantity: chance.between(1, 2), channelPointId: '' }));
}

interface Day {
  readonly presaleId: string;
  readonly merchantId: string;
  readonly day: string;
}

const daysWith = (history: History, condition: string) =>
  history.rows<Day>(
    `SELECT d.presale_id AS presaleId, p.merchant_id AS merchantId, d.day FROM presale_day d JOIN presale p ON p.id = d.presale_id
     WHERE ${condition} ORDER BY d.presale_id, d.day`,
  );

/** More or less of a day; not less than is promised and sent of it. */
const setCapacity: Step = async (history, chance) => {
  const days = await daysWith(history, 'TRUE');
  if (days.length === 0) return;
  const { presaleId, merchantId, day } = chance.pick(days.slice(-6));
  const capacityG = chance.between(0, 8) * 2_500;
  const set = await history
    .get(PresaleHarvestService)
    .setCapacity([merchantId], { presaleId, day, capacityG });
  if (refused(set) && set.code !== 'PRESALE_DAY_TAKEN') throw new Error(set.message.en);
};

/** It rains: what is promised for a day comes some days later. Mostly the merchant makes room there first; else it is refused. */
const announceDelay: Step = async (history, chance) => {
  const held = await daysWith(history, 'd.reserved_g > 0');
  if (held.length === 0) return;
  const { presaleId, merchantId, day } = chance.pick(held);
  const today = businessDay(history.stage.clock.now());
  const from = day > today ? day : today;
  const newDay = businessDay(plus(new Date(`${from}T04:00:00Z`), chance.between(1, 4) * DAY_MS));
  if (chance.percent(85)) {
    const room = { presaleId, day: newDay, capacityG: 10 * CAPACITY_G };
    await history.get(PresaleHarvestService).setCapacity([merchantId], room);
  }
  const delay = { presaleId, day, newDay, reason: '连日下雨（演示）' };
  const ask = async () => {
    const asked = await history.get(PresaleHarvestService).announceDelay([merchantId], delay, history.maker);
    // No room on that day, or, asked again much later, a day that has come.
    if (refused(asked) && !['PRESALE_DAY_TAKEN', 'INVALID_INPUT'].includes(asked.code))
      throw new Error(asked.message.en);
  };
  history.asked.push(ask);
  await ask();
};

interface Notice {
  readonly id: string;
  readonly buyerId: string;
}

/** Waits, or has all of it back; the same answer may come again, or the other one, and too late. */
const answerNotice: Step = async (history, chance) => {
  const open = await history.rows<Notice>(
    `SELECT n.id, o.buyer_id AS buyerId FROM delay_notice n JOIN customer_order o ON o.id = n.order_id
     WHERE n.state = 'OPEN' ORDER BY n.id`,
  );
  if (open.length === 0) return;
  const { id, buyerId } = chance.pick(open);
  const choice = chance.pick(['KEEP', 'REFUND'] as const);
  const ask = async () => {
    const said = await unlessGone(history.get(DelayService).answer(buyerId, id, choice));
    if (said && refused(said) && !['DELAY_NOTICE_CLOSED', 'ORDER_NOT_CANCELLABLE'].includes(said.code))
      throw new Error(said.message.en);
  };
  history.asked.push(ask);
  await ask();
};

/** Whoever is told of a delay mostly says at once what they want. */
const rain: Step = async (history, chance) => {
  await announceDelay(history, chance);
  for (let n = chance.between(0, 2); n > 0; n -= 1) await answerNotice(history, chance);
};

export const PRESALE_STEPS: Steps = {
  'set capacity': { weight: 1, step: setCapacity },
  rain: { weight: 8, step: rain },
  'answer notice': { weight: 3, step: answerNotice },
};
