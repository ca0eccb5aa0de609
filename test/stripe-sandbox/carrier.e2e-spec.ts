import { present } from '#libs/kernel';
import { isSigned, signedAs } from '../../apps/stripe-sandbox/src/carrier/signature.js';
import { type RunningSandbox, startSandbox } from '../../apps/stripe-sandbox/src/sandbox.js';
import { Receiver } from './stand.js';

const SECRET = 'carrier_of_this_spec';
let sandbox: RunningSandbox;
let shop: Receiver;

beforeAll(async () => {
  shop = await Receiver.start();
  sandbox = await startSandbox({ port: 0, carrierSecret: SECRET, carrierWebhookUrl: shop.url });
  sandbox.control.freeze();
});
afterAll(async () => {
  await sandbox.close();
  await shop.close();
});

async function ask(path: string, question: object, secret = SECRET) {
  const body = JSON.stringify(question);
  const signature = signedAs(body, secret, 1_000_000_000);
  const response = await fetch(`${sandbox.url}/carrier/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'carrier-signature': signature },
    body,
  });
  return {
    status: response.status,
    answer: (await response.json()) as Record<string, Record<string, unknown>>,
  };
}
const byHand = (trackingNo: string, deed: object) =>
  fetch(`${sandbox.url}/carrier/parcels/ZTO/${trackingNo}`, { method: 'POST', body: JSON.stringify(deed) });
const follow = (trackingNo: string) => ask('follow', { parcels: [{ ref: 'f', carrier: 'ZTO', trackingNo }] });
const told = () => shop.received.map(({ body }) => (JSON.parse(body) as { kind: string }).kind);

it('gives a label one number, and nothing to whoever has no secret or asks for what is none', async () => {
  const question = { parcels: [{ ref: 'wbl_1', carrier: 'ZTO' }] };
  const [first, again] = [await ask('numbers', question), await ask('numbers', question)];
  expect(first.answer['numbers']?.['wbl_1']).toMatch(/^\d{13}$/);
  expect(again).toEqual(first);
  expect((await ask('numbers', question, 'carrier_of_somebody_else')).status).toBe(401);
  expect((await ask('numbers', { parcels: [{ ref: 'wbl_1', carrier: 'DHL' }] })).status).toBe(400);
});

it('carries what is followed, tells each step signed until it is heard, and has it all for whoever asks', async () => {
  await byHand('7310000000001', { fate: 'REFUSED' });
  expect((await follow('7310000000001')).answer['events']).toEqual({ f: [] });
  shop.answers.push(500);
  await sandbox.control.advance(31);
  expect(told()).toEqual(['COLLECTED', 'COLLECTED']);
  await sandbox.control.advance(600);

  expect(told().slice(1)).toEqual([
    'COLLECTED',
    'ARRIVED',
    'ARRIVED',
    'OUT_FOR_DELIVERY',
    'REFUSED',
    'RETURNED',
  ]);
  const { body, headers } = present(shop.received.at(-1), 'a notice');
  expect(isSigned(body, SECRET, String(headers['carrier-signature']))).toBe(true);
  const events = (await follow('7310000000001')).answer['events']?.['f'] as { kind: string }[];
  expect(events.map(({ kind }) => kind)).toEqual(told().slice(1));
});

it('takes a void number for one under which nothing comes, and does by hand whatever is wanted', async () => {
  await ask('voids', { ref: 'wbl_2', carrier: 'ZTO', trackingNo: '7310000000002' });
  await follow('7310000000002');
  const before = shop.received.length;
  await sandbox.control.advance(600);
  expect(shop.received).toHaveLength(before);

  await byHand('7310000000002', { kind: 'LOST', place: '长沙' });
  await sandbox.control.advance(1);
  expect(told().at(-1)).toBe('LOST');
  expect((await byHand('7310000000002', { kind: 'EATEN' })).status).toBe(400);
});
