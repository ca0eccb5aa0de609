import { present } from '#libs/kernel';
import { ProviderNotificationService } from '#libs/payment';
import type { Random } from '../../scripts/data/random.js';
import type { History, Step } from './history.js';
import { type ModelEvent, bodyOf } from './model-provider.js';

/** The provider's own life. */
export const atProvider =
  (
    act: (
      history: History,
      intent: History['provider']['intents'][number],
      chance: Random,
    ) => Promise<void> | void,
  ): Step =>
  async (history, chance) => {
    const { intents } = history.provider;
    const recent = intents.slice(-3);
    if (intents.length > 0) await act(history, chance.pick(chance.percent(70) ? recent : intents), chance);
  };

export const pay = atProvider(({ provider }, intent, chance) => {
  const luck = chance.between(1, 10);
  if (luck === 1) provider.decline(intent);
  else if (luck === 2) provider.begin(intent);
  else provider.pay(intent);
});

export const finishRefund = atProvider(({ provider }, intent, chance) => {
  const waiting = intent.refunds.filter(({ state }) => state === 'PENDING');
  if (waiting.length > 0) provider.finish(intent, chance.pick(waiting), chance.percent(65));
});

export const refundAtDesk = atProvider(async (history, intent, chance) => {
  const { provider } = history;
  const left = provider.left(intent);
  const byBank = await history.rows(
    "SELECT id FROM refund WHERE payment_id = ? AND channel = 'MANUAL_BANK' AND state <> 'FAILED'",
    [intent.paymentId],
  );
  if (left <= 0n || provider.isDisputed(intent) || byBank.length > 0) return;
  const amount = (left * BigInt(chance.between(1, 100)) + 99n) / 100n;
  provider.giveBack(intent, null, amount, chance.percent(30));
});

export const decide = atProvider(({ provider }, intent, chance) => {
  const open = intent.disputes.filter(({ state }) => state === 'INQUIRY' || state === 'OPEN');
  if (open.length > 0) provider.decide(chance.pick(open), chance.percent(50));
});

/** A notification in any order, and now and then one that was delivered before. */
export const webhook: Step = async (history, chance) => {
  const { events } = history.provider;
  const fresh = events.filter(({ id }) => !history.delivered.has(id));
  const from = fresh.length > 0 && chance.percent(85) ? fresh : events;
  if (from.length === 0) return;
  await hear(history, chance.percent(60) ? present(from[0], 'an event') : chance.pick(from));
};

export async function hear(history: History, event: ModelEvent): Promise<void> {
  const notifications = history.get(ProviderNotificationService);
  const at = String(history.provider.now.getTime());
  // With a wrong clock we take it for a forgery, and it is sent again later.
  if ((await notifications.receive(Buffer.from(bodyOf(event)), at)) !== 'REFUSED')
    history.delivered.add(event.id);
}

/** The provider gives up on some that nobody took. Of a fee that is booked after a week only the statement would tell (R4). */
export const webhookLost: Step = async (history, chance) => {
  const fresh = history.provider.events.filter(
    ({ id, type }) => !history.delivered.has(id) && type !== 'fee',
  );
  if (fresh.length > 0) history.delivered.add(chance.pick(fresh).id);
};
