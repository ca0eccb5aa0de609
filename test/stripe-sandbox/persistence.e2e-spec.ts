import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../apps/stripe-sandbox/src/sandbox.js';
import { alipay, card, clientOf, closeAfterEach, Receiver, SECRET, stand } from './stand.js';

closeAfterEach();

let folder: string;
let stateFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'stripe-sandbox-'));
  stateFile = path.join(folder, 'state.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('remembers payments, money, keys, time and settings across a restart', async () => {
  const first = await startSandbox({ stateFile });
  const before = clientOf(first);
  const intent = await before.paymentIntents.create(card(), { idempotencyKey: 'pay_1' });
  const waiting = await before.paymentIntents.create(alipay());
  await first.control.advance(1_000);
  first.control.set({ walletRefundSeconds: 77 });
  const balance = await before.balance.retrieve();
  const now = first.control.now.getTime();
  await first.close();

  const second = await startSandbox({ stateFile });
  const after = clientOf(second);
  expect(await after.balance.retrieve()).toEqual(
    expect.objectContaining({ available: balance.available, pending: balance.pending }),
  );
  expect((await after.paymentIntents.create(card(), { idempotencyKey: 'pay_1' })).id).toBe(intent.id);
  expect(second.control.settings.walletRefundSeconds).toBe(77);
  expect(second.control.now.getTime() - now).toBeLessThan(60_000);
  expect(second.control.now.getTime()).toBeGreaterThanOrEqual(now);
  second.control.authorise(waiting.id);
  expect((await after.paymentIntents.retrieve(waiting.id)).status).toBe('succeeded');
  await second.close();
});

it('brings what was still on its way, and does what fell due meanwhile', async () => {
  const receiver = await Receiver.start();
  const settings = { webhookRetrySeconds: [0.01, 0.01, 0.01], walletRefundSeconds: 0.01 };
  const first = await startSandbox({
    stateFile,
    settings,
    webhookUrl: 'http://127.0.0.1:1/',
    webhookSecret: SECRET,
  });
  const before = clientOf(first);
  first.control.freeze();
  const { id } = await before.paymentIntents.create(alipay());
  first.control.authorise(id);
  const refund = await before.refunds.create({ payment_intent: id });
  await first.control.idle();
  await first.close();
  expect(receiver.received).toEqual([]);

  const second = await startSandbox({ stateFile, webhookUrl: receiver.url, webhookSecret: SECRET });
  second.control.thaw();
  await second.control.advance(1);
  expect(receiver.types()).toEqual(
    expect.arrayContaining(['payment_intent.succeeded', 'refund.created', 'refund.updated']),
  );
  expect((await clientOf(second).refunds.retrieve(refund.id)).status).toBe('succeeded');
  await second.close();
  await receiver.close();
});

it('is on disk before the answer is out, and survives a line broken by a kill', async () => {
  const first = await startSandbox({ stateFile });
  const { id } = await clientOf(first).paymentIntents.create(alipay());
  expect(readFileSync(stateFile, 'utf8')).toContain(id);
  appendFileSync(stateFile, '["payment_intents","pi_half",{"id":"pi_ha');
  const second = await startSandbox({ stateFile });
  expect((await clientOf(second).paymentIntents.retrieve(id)).status).toBe('requires_action');
  await Promise.all([first.close(), second.close()]);
});

it('rewrites its file when it starts, so that it does not grow with every change for ever', async () => {
  const first = await startSandbox({ stateFile });
  const client = clientOf(first);
  const { id } = await client.paymentIntents.create({ amount: 500, currency: 'cny' });
  for (let index = 0; index < 200; index += 1) first.control.set({ cardFeeFixed: index });
  await first.close();
  const grown = statSync(stateFile).size;
  const second = await startSandbox({ stateFile });
  expect(statSync(stateFile).size).toBeLessThan(grown / 5);
  expect(second.control.settings.cardFeeFixed).toBe(199);
  expect((await clientOf(second).paymentIntents.retrieve(id)).amount).toBe(500);
  second.control.reset();
  expect(readFileSync(stateFile, 'utf8')).not.toContain(id);
  await second.close();
});

it('forgets at once where it is given no file', async () => {
  const { stripe } = await stand();
  await stripe.paymentIntents.create(alipay());
  expect((await (await stand()).stripe.paymentIntents.list()).data).toEqual([]);
});
