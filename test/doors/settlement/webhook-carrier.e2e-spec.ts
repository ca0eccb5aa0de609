import { FulfillmentReader, FulfillmentService, ParcelTrackService, ReceiptService } from '#libs/fulfillment';
import { DAY_MS, HOUR_MS, MINUTE_MS, newId, present, refused } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import { signedAs } from '../../../apps/stripe-sandbox/src/carrier/signature.js';
import { type RunningSandbox, startSandbox } from '../../../apps/stripe-sandbox/src/sandbox.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makePaidOrder, partsOf } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';

const SECRET = 'carrier_of_this_spec';
const OPEN = `mutation ($input: PrintBatchOpenInput!) { printBatchOpen(input: $input) { ... on PrintBatchOpenPayload {
  printBatch { waybills { id trackingNo state } } } ... on DomainError { code } } }`;
const VOID = `mutation ($waybillId: ID!) { waybillVoid(waybillId: $waybillId) { __typename } }`;
const SCAN = `mutation ($trackingNo: String!) { waybillShip(trackingNo: $trackingNo) { __typename } }`;
const ORDER = `query ($id: ID!) { merchantOrder(id: $id) { state autoReceiptAt fulfillments { autoReceiptAt tracking { kind place } } } }`;
const TROUBLES = `query ($merchantId: ID!, $first: Int) { parcelsInTrouble(merchantId: $merchantId, first: $first) {
  nodes { carrier trackingNo trouble merchantOrder { id recipient { name } } } } }`;

interface Shown {
  readonly state: string;
  readonly autoReceiptAt: string | null;
  readonly fulfillments: readonly {
    readonly autoReceiptAt: string | null;
    readonly tracking: readonly object[];
  }[];
}

let world: World;
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, carrierSecret: SECRET });
  world = await World.start({
    services: ['merchant', 'settlement'],
    settings: { CARRIER_API_URL: `${sandbox.url}/carrier`, CARRIER_SECRET: SECRET },
  });
  await makeDivisions(world);
  // The sandbox's time cannot go back, so ours starts where it stands.
  sandbox.control.freeze();
  world.clock.set(sandbox.control.now.toISOString());
});
afterAll(async () => {
  await world.close();
  await sandbox.close();
});

const clerkOf = (merchantId: string) =>
  world
    .client('merchant')
    .as(world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId }).token);

async function toShip() {
  const { merchantId, ...product } = await makeProduct(world, { pricesFen: [4_000n] });
  const { orderId, buyerId } = await makePaidOrder(world, { quantity: 2 }, { merchantId, ...product });
  const part = present((await partsOf(world, orderId))[0], 'a merchant order');
  return { merchantId, buyerId, id: part.id, clerk: clerkOf(merchantId) };
}

let numbers = 0;

async function shipped() {
  const order = await toShip();
  const trackingNo = `SF7${String((numbers += 1)).padStart(10, '0')}`;
  const gone = await world
    .get(FulfillmentService)
    .ship([order.merchantId], { merchantOrderId: order.id, carrier: '顺丰速运', trackingNo });
  if (refused(gone)) throw new Error(gone.message.en);
  return { ...order, trackingNo, look: () => order.clerk.ask<Shown>(ORDER, { id: order.id }) };
}

const at = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();

/** As a carrier tells it; what is wrong on purpose says so. */
function tell(
  trackingNo: string,
  kind: string,
  {
    id = newId('evt') as string,
    when = at(0),
    secret = SECRET,
    signedMs = world.clock.now().getTime(),
    body = JSON.stringify({ id, carrier: 'SF', trackingNo, kind, place: '长沙', at: when }),
  } = {},
) {
  return world
    .client('settlement')
    .http.post('/webhooks/carrier')
    .set({
      'content-type': 'application/json',
      'carrier-signature': signedAs(body, secret, Math.floor(signedMs / 1_000)),
    })
    .send(body);
}

const kindsOf = async ({ look }: Awaited<ReturnType<typeof shipped>>) =>
  (await look()).fulfillments[0]?.tracking.map((event) => (event as { kind: string }).kind);

describe('the carrier over HTTP', () => {
  it('gives a label one number, hears of void ones, and is asked where a parcel is', async () => {
    const { merchantId, id, clerk } = await toShip();
    const open = (idempotencyKey: string) =>
      clerk.ask<{ printBatch: { waybills: readonly { id: string; trackingNo: string }[] } }>(OPEN, {
        input: { merchantId, idempotencyKey, carrier: 'SF', merchantOrderIds: [id] },
      });

    const [first] = (await open(newId('req'))).printBatch.waybills;
    const [again] = (await open(newId('req'))).printBatch.waybills;
    expect(again).toEqual(first);
    expect(first?.trackingNo).toMatch(/^SF\d{13}$/);

    await clerk.ask(VOID, { waybillId: first?.id });
    const [second] = (await open(newId('req'))).printBatch.waybills;
    expect(second?.trackingNo).not.toBe(first?.trackingNo);
    expect(await clerk.ask(SCAN, { trackingNo: second?.trackingNo })).toEqual({
      __typename: 'WaybillShipPayload',
    });

    const tracks = world.get(ParcelTrackService);
    expect(await tracks.followDue(100)).toBe(1);
    expect(await tracks.followDue(100)).toBe(0);
    await sandbox.control.advance(60);
    world.clock.advance(6 * HOUR_MS);
    expect(await tracks.followDue(100)).toBe(1);
    expect(await clerk.ask(ORDER, { id })).toMatchObject({
      fulfillments: [{ tracking: [{ kind: 'COLLECTED', place: '揽投部' }, { kind: 'ARRIVED' }] }],
    });
  });
});

describe('POST /webhooks/carrier', () => {
  it('notes once what is signed, in whatever order it comes', async () => {
    const order = await shipped();
    const id = newId('evt');

    await Promise.all(
      [1, 2, 3].map(() =>
        tell(order.trackingNo, 'OUT_FOR_DELIVERY', { id, when: at(3 * HOUR_MS) }).expect(200),
      ),
    );
    await tell(order.trackingNo, 'COLLECTED', { when: at(HOUR_MS) }).expect(200);
    await tell(order.trackingNo.toLowerCase(), 'ARRIVED', { when: at(2 * HOUR_MS) }).expect(200);
    // Of another parcel, which once had this number.
    await tell(order.trackingNo, 'SIGNED', { when: at(-2 * DAY_MS) }).expect(200);

    expect(await kindsOf(order)).toEqual(['COLLECTED', 'ARRIVED', 'OUT_FOR_DELIVERY']);
    expect((await order.look()).autoReceiptAt).toBe(at(10 * DAY_MS));
  });

  it('refuses whoever has no secret, what was signed long ago, and what is no notice', async () => {
    const order = await shipped();

    await tell(order.trackingNo, 'SIGNED', { secret: 'carrier_of_somebody_else' }).expect(400);
    await tell(order.trackingNo, 'SIGNED', { signedMs: world.clock.now().getTime() - 6 * MINUTE_MS }).expect(
      400,
    );
    await tell(order.trackingNo, 'SIGNED', { body: '{"id":1}' }).expect(400);
    await world.client('settlement').http.post('/webhooks/carrier').send({}).expect(400);
    // Signed, and of nobody's parcel: told again it would be no better.
    await tell('SF0000000000000', 'SIGNED').expect(200);

    expect(await kindsOf(order)).toEqual([]);
  });

  it('counts as received two days after the carrier’s signature', async () => {
    const order = await shipped();
    await tell(order.trackingNo, 'SIGNED', { when: at(DAY_MS) });
    expect(await order.look()).toMatchObject({
      autoReceiptAt: at(3 * DAY_MS),
      fulfillments: [{ autoReceiptAt: at(3 * DAY_MS) }],
    });

    world.clock.advance(3 * DAY_MS - 1);
    await world.get(ReceiptService).receiveDue(100);
    expect((await order.look()).state).toBe('SHIPPED');
    world.clock.advance(1);
    await world.get(ReceiptService).receiveDue(100);
    expect(await world.get(MerchantOrderReader).byId(order.id)).toMatchObject({
      state: 'RECEIVED',
      receivedBy: 'AUTO',
    });
  });

  it('leaves the buyer’s own word as it is, which came first', async () => {
    const order = await shipped();
    await world.get(ReceiptService).receive(order.buyerId, order.id);
    const before = await world.get(MerchantOrderReader).byId(order.id);
    world.clock.advance(HOUR_MS);

    await tell(order.trackingNo, 'REFUSED').expect(200);

    expect(await world.get(MerchantOrderReader).byId(order.id)).toEqual(before);
    expect(await order.clerk.ask(TROUBLES, { merchantId: order.merchantId })).toEqual({ nodes: [] });
    expect(await kindsOf(order)).toEqual(['REFUSED']);
  });

  it('is received by nobody while it is refused, and by somebody once it is taken after all', async () => {
    const order = await shipped();
    const shippedAt = world.clock.now();
    await tell(order.trackingNo, 'REFUSED', { when: at(DAY_MS) });

    expect(await order.clerk.ask(TROUBLES, { merchantId: order.merchantId })).toEqual({
      nodes: [
        {
          carrier: '顺丰速运',
          trackingNo: order.trackingNo,
          trouble: 'REFUSED',
          merchantOrder: { id: order.id, recipient: { name: '李女士' } },
        },
      ],
    });
    world.clock.advance(11 * DAY_MS);
    await world.get(ReceiptService).receiveDue(100);
    expect(await order.look()).toMatchObject({ state: 'SHIPPED', autoReceiptAt: null });

    await tell(order.trackingNo, 'SIGNED');
    expect(await order.look()).toMatchObject({ autoReceiptAt: at(2 * DAY_MS) });
    expect(await order.clerk.ask(TROUBLES, { merchantId: order.merchantId })).toEqual({ nodes: [] });
    const [parcel] = await world.get(FulfillmentReader).ofMerchantOrders([order.id]);
    expect(parcel).toMatchObject({ shippedAt, receivedAt: null });
  });

  it('follows no second parcel of a number that travels', async () => {
    const [first, second] = [await shipped(), await toShip()];
    await world.get(FulfillmentService).ship([second.merchantId], {
      merchantOrderId: second.id,
      carrier: '顺丰速运',
      trackingNo: first.trackingNo,
    });
    await tell(first.trackingNo, 'SIGNED');

    expect((await first.look()).autoReceiptAt).toBe(at(2 * DAY_MS));
    expect(await second.clerk.ask(ORDER, { id: second.id })).toMatchObject({
      autoReceiptAt: at(10 * DAY_MS),
      fulfillments: [{ tracking: [] }],
    });
  });
});

it('shows troubles to whoever works there, whatever there is of them in as many statements', async () => {
  const order = await shipped();
  await tell(order.trackingNo, 'LOST');
  const ask = (first: number) => order.clerk.ask(TROUBLES, { merchantId: order.merchantId, first });
  const one = await countStatements(() => ask(1));
  expect(await countStatements(() => ask(100))).toBe(one);
  expect(await clerkOf(newId('mer')).codeOf(TROUBLES, { merchantId: order.merchantId })).toBe('NOT_FOUND');
});
