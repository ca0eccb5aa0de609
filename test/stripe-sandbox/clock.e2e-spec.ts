import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../harness/fleet.js';
import { alipay, closeAfterEach, stand } from './stand.js';

closeAfterEach();

it('moves everything that time moves, in the order of time', async () => {
  const { sandbox, stripe } = await stand({ openingFloat: 0, settings: { walletAttemptSeconds: 300_000 } });
  sandbox.control.freeze();
  const paid = await stripe.paymentIntents.create(alipay());
  const unpaid = await stripe.paymentIntents.create(alipay());
  sandbox.control.authorise(paid.id);
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 100 });
  await sandbox.control.advance(4 * 86_400);
  const late = sandbox.control.events().slice(-7);
  expect(late.map(({ type }) => type)).toEqual(
    [
      'balance.available',
      'refund.updated', // drawn from what has become available
      'refund.updated', // three seconds later
      'charge.refund.updated',
      'charge.failed',
      'payment_intent.payment_failed',
    ].toSpliced(0, 0, 'charge.refunded'),
  );
  expect(late.map(({ created }) => created)).toEqual(
    late.map(({ created }) => created).toSorted((a, b) => a - b),
  );
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  expect((await stripe.paymentIntents.retrieve(unpaid.id)).status).toBe('requires_payment_method');
});

it('stands still when frozen, and goes on from there', async () => {
  const { sandbox, stripe } = await stand({ settings: { walletAttemptSeconds: 0.05 } });
  sandbox.control.freeze();
  const { id } = await stripe.paymentIntents.create(alipay());
  const before = sandbox.control.now;
  await sleep(120);
  expect(sandbox.control.now).toEqual(before);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_action');
  sandbox.control.thaw();
  await eventually('the attempt ends', async () => {
    const { status } = await stripe.paymentIntents.retrieve(id);
    return status === 'requires_payment_method';
  });
  expect(sandbox.control.now.getTime()).toBeGreaterThan(before.getTime());
});

it('dates objects by virtual time', async () => {
  const { sandbox, stripe } = await stand();
  await sandbox.control.advance(10 * 86_400);
  const { created } = await stripe.paymentIntents.create(alipay());
  expect(Math.abs(created - sandbox.control.now.getTime() / 1000)).toBeLessThan(5);
  await expect(sandbox.control.advance(-1)).rejects.toThrow('forward');
});

it('starts anew with a reset, as it was started', async () => {
  const { sandbox, stripe, receiver } = await stand({
    openingFloat: 500,
    settings: { walletRefundSeconds: 9 },
  });
  const before = sandbox.control.now;
  sandbox.control.break({ webhooks: [{ type: '*', fault: 'reorder', window: 9, holdMs: 20 }] });
  await stripe.paymentIntents.create(alipay());
  await sandbox.control.advance(86_400);
  sandbox.control.set({ walletRefundSeconds: 1, cardFeeFixed: 1 });
  const seen = receiver.received.length;
  sandbox.control.reset();
  expect(sandbox.control.settings).toMatchObject({ walletRefundSeconds: 9, cardFeeFixed: 30 });
  expect(sandbox.control.now.getTime() - before.getTime()).toBeLessThan(60_000);
  expect(sandbox.control.balance().available).toMatchObject([{ amount: 500 }]);
  await sleep(60);
  await sandbox.control.idle();
  expect(sandbox.control.deliveries()).toEqual([]);
  expect(receiver.received).toHaveLength(seen);
});
