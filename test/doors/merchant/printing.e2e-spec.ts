import { WaybillService } from '#libs/fulfillment';
import { newId, present } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makePaidOrder, partsOf } from '../../make/order.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';

const NUMBERS = `mutation ($input: WaybillNumbersAddInput!) { waybillNumbersAdd(input: $input) { __typename
  ... on WaybillNumbersAddPayload { addedCount knownCount } ... on InvalidInputError { code fields { path } } } }`;
const LEFT = 'query ($merchantId: ID!) { waybillNumbersLeft(merchantId: $merchantId) { carrier left } }';
const OPEN = `mutation ($input: PrintBatchOpenInput!) { printBatchOpen(input: $input) { __typename
  ... on PrintBatchOpenPayload { printBatch { id carrier packingPath labelsPath manifestPath waybills { id merchantOrderId trackingNo state } } }
  ... on OrdersNotPrintableError { code merchantOrderIds } ... on OtherWaybillError { code merchantOrderIds }
  ... on NumbersGoneError { code carrier missing } ... on PrintKeyUsedError { code } ... on InvalidInputError { code fields { path } } } }`;
const BATCHES = `query ($merchantId: ID!, $first: Int) { printBatches(merchantId: $merchantId, first: $first) {
  nodes { id waybills { trackingNo state } } pageInfo { hasNextPage endCursor } } }`;
const VOID = `mutation ($waybillId: ID!) { waybillVoid(waybillId: $waybillId) { __typename
  ... on WaybillVoidPayload { waybill { state } } ... on WaybillStateError { code state } } }`;
const SCAN = `mutation ($trackingNo: String!) { waybillShip(trackingNo: $trackingNo) { __typename
  ... on WaybillShipPayload { wasShipped merchantOrder { id state waybill { id } fulfillments { carrier trackingNo } } }
  ... on WaybillStateError { code state } ... on WaybillUnknownError { code message } ... on DomainError { code message } } }`;
const TO_SHIP = `query ($merchantId: ID!, $filter: OrdersToShipFilter) { ordersToShip(merchantId: $merchantId, filter: $filter) {
  nodes { id waybill { trackingNo state } } } }`;

interface Label {
  readonly id: string;
  readonly merchantOrderId: string;
  readonly trackingNo: string | null;
  readonly state: string;
}
interface Printed {
  readonly __typename: string;
  readonly printBatch: {
    readonly id: string;
    readonly packingPath: string;
    readonly labelsPath: string;
    readonly manifestPath: string;
    readonly waybills: readonly Label[];
  };
}

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant'] });
  await makeDivisions(world);
});
afterAll(() => world.close());

const tokenOf = (merchantId: string) =>
  world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId }).token;
const clerkOf = (merchantId: string): Client => world.client('merchant').as(tokenOf(merchantId));

async function shop(orders: number, numbers: readonly string[]) {
  const product = await makeProduct(world, { pricesFen: [4_000n] });
  const { merchantId } = product;
  const clerk = clerkOf(merchantId);
  const ids: string[] = [];
  for (let n = 0; n < orders; n += 1) ids.push(await toShip(product));
  if (numbers.length > 0)
    await clerk.ask(NUMBERS, { input: { merchantId, carrier: 'ZTO', trackingNos: numbers } });
  const open = (merchantOrderIds: readonly string[], idempotencyKey = newId('req'), carrier = 'ZTO') =>
    clerk.ask<Printed>(OPEN, { input: { merchantId, idempotencyKey, carrier, merchantOrderIds } });
  return { product, merchantId, clerk, ids, open };
}

async function toShip(product: MadeProduct) {
  const recipient = {
    name: '李女士',
    phone: '13900001234',
    countyCode: '430211',
    address: '泰山路街道天鹅花园 3 栋 2 单元 501 室',
  };
  const { orderId } = await makePaidOrder(world, { quantity: 2, recipient }, product);
  return present((await partsOf(world, orderId))[0], 'a merchant order').id;
}

const numbered = (count: number, from: string) => Array.from({ length: count }, (_, n) => `${from}${n + 1}`);

describe('printBatchOpen', () => {
  it('draws numbers before anything is printed, and the same print has the same ones', async () => {
    const { merchantId, clerk, ids, open } = await shop(2, numbered(3, '7310000000'));
    const key = newId('req');

    const [first, again] = await Promise.all([open(ids, key), open(ids, key)]);
    const later = await open([...ids].reverse());

    expect(first.printBatch.waybills.map(({ trackingNo, state }) => [trackingNo, state])).toEqual([
      ['73100000001', 'DRAWN'],
      ['73100000002', 'DRAWN'],
    ]);
    expect(again).toEqual(first);
    expect(later.printBatch.id).not.toBe(first.printBatch.id);
    expect(later.printBatch.waybills).toEqual([...first.printBatch.waybills].reverse());
    expect(await clerk.ask(LEFT, { merchantId })).toEqual([{ carrier: 'ZTO', left: 1 }]);
    expect(await open(ids.slice(0, 1), key)).toEqual({
      __typename: 'PrintKeyUsedError',
      code: 'PRINT_KEY_USED',
    });
    const labelled = await clerk.ask<{ nodes: readonly unknown[] }>(TO_SHIP, {
      merchantId,
      filter: { carrier: 'ZTO' },
    });
    expect(labelled.nodes).toHaveLength(2);
    expect(await clerk.ask(TO_SHIP, { merchantId, filter: { isLabelled: false } })).toEqual({ nodes: [] });
  });

  it('goes on where numbers were missing, under the same key', async () => {
    const { merchantId, clerk, ids, open } = await shop(2, ['YT00000001']);
    const key = newId('req');

    expect(await open(ids, key)).toEqual({
      __typename: 'NumbersGoneError',
      code: 'NUMBERS_GONE',
      carrier: 'ZTO',
      missing: 1,
    });
    await clerk.ask(NUMBERS, { input: { merchantId, carrier: 'ZTO', trackingNos: ['YT00000002'] } });
    const { printBatch } = await open(ids, key);

    expect(printBatch.waybills.map(({ trackingNo }) => trackingNo)).toEqual(['YT00000001', 'YT00000002']);
  });

  it('refuses what cannot be sent, and what has another carrier’s label', async () => {
    const { ids, open, clerk } = await shop(2, numbered(2, 'ZT0000000'));
    const [one = '', two = ''] = ids;
    await open([one]);

    expect(await open([one], newId('req'), 'SF')).toMatchObject({
      code: 'OTHER_WAYBILL',
      merchantOrderIds: [one],
    });
    await clerk.ask(SCAN, { trackingNo: 'ZT00000001' });
    expect(await open([one, two])).toMatchObject({ code: 'ORDERS_NOT_PRINTABLE', merchantOrderIds: [one] });
    const others = await shop(1, []);
    expect(
      await clerk.codeOf(OPEN, {
        input: {
          merchantId: others.merchantId,
          idempotencyKey: 'k',
          carrier: 'SF',
          merchantOrderIds: others.ids,
        },
      }),
    ).toBe('NOT_FOUND');
  });
});

describe('what is printed', () => {
  it('is two PDFs and a list, of one’s own, and each time is written down', async () => {
    const { merchantId, ids, open } = await shop(1, ['SF1234567890']);
    const { printBatch } = await open(ids);
    const get = (path: string, token = tokenOf(merchantId)) =>
      world.client('merchant').http.get(path).set('authorization', `Bearer ${token}`);

    for (const path of [printBatch.packingPath, printBatch.labelsPath]) {
      const { headers, body } = await get(path).buffer(true).expect(200);
      expect(headers['content-type']).toBe('application/pdf');
      expect((body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    }
    const { text } = await get(printBatch.manifestPath).expect(200);
    expect(text).toContain('中通快递,SF1234567890,李女士,13900001234,');
    expect(text).toContain('泰山路街道天鹅花园 3 栋 2 单元 501 室,2');
    await get(printBatch.labelsPath, tokenOf((await shop(0, [])).merchantId)).expect(404);
    await get(`/print-batches/${printBatch.id}/secrets`).expect(404);
    await world.client('merchant').http.get(printBatch.labelsPath).expect(401);
    const entries = await world.database.query(
      "SELECT act FROM audit_entry WHERE act = 'print_batch.printed' AND subject = ?",
      [printBatch.id],
    );
    expect(entries).toHaveLength(3);
  });

  it('costs the same statements for one print as for ten', async () => {
    const { merchantId, clerk, ids, open } = await shop(2, numbered(2, 'AB1234567'));
    await open(ids);
    const cost = () => countStatements(() => clerk.ask(BATCHES, { merchantId }));
    const one = await cost();
    for (let n = 0; n < 9; n += 1) await open(ids);

    expect([one, await cost()]).toEqual([one, one]);
  });
});

describe('waybillShip', () => {
  it('sends what was scanned once, however often it comes', async () => {
    const { clerk, ids, open } = await shop(1, ['JT9876543210']);
    await open(ids);
    const scan = () => clerk.ask<{ wasShipped: boolean }>(SCAN, { trackingNo: ' jt9876543210 ' });

    const both = await Promise.all([scan(), scan()]);
    const third = await scan();

    expect(both.filter(({ wasShipped }) => wasShipped)).toHaveLength(1);
    expect(third).toEqual({
      __typename: 'WaybillShipPayload',
      wasShipped: true,
      merchantOrder: {
        id: ids[0],
        state: 'SHIPPED',
        waybill: null,
        fulfillments: [{ carrier: '中通快递', trackingNo: 'JT9876543210' }],
      },
    });
  });

  it('sends the rest where some has left, and gives the rest a number of its own', async () => {
    const { clerk, ids, open } = await shop(1, numbered(2, 'ST1000000'));
    const [id = ''] = ids;
    await open(ids);
    const [line] = await world.get(OrderReader).linesOfMerchantOrder(id);
    const lines = [{ orderLineId: present(line, 'a line').id, quantity: 1 }];
    await clerk.ask(
      'mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename } }',
      { input: { merchantOrderId: id, carrier: '中通快递', trackingNo: 'ST10000001', lines } },
    );

    const { printBatch } = await open(ids);
    const second = present(printBatch.waybills[0], 'a label');

    expect(second.trackingNo).toBe('ST10000002');
    expect(await clerk.ask(SCAN, { trackingNo: 'ST10000002' })).toMatchObject({
      merchantOrder: { state: 'SHIPPED' },
    });
  });

  it('refuses kindly what was printed elsewhere, and what is void, of which the carrier is told', async () => {
    const { clerk, ids, open } = await shop(2, numbered(2, 'YD5000000'));
    const [one, two] = (await open(ids)).printBatch.waybills;
    const label = present(one, 'a label');
    const stranger = await shop(0, []);

    expect(await stranger.clerk.ask(SCAN, { trackingNo: label.trackingNo })).toEqual({
      __typename: 'WaybillUnknownError',
      code: 'WAYBILL_UNKNOWN',
      message: 'This label was not printed here: look again, or type its number at the order.',
    });
    expect(await stranger.clerk.codeOf(VOID, { waybillId: label.id })).toBe('NOT_FOUND');
    for (let n = 0; n < 2; n += 1)
      expect(await clerk.ask(VOID, { waybillId: label.id })).toMatchObject({ waybill: { state: 'VOIDED' } });
    expect(await clerk.ask(SCAN, { trackingNo: label.trackingNo })).toMatchObject({
      code: 'WAYBILL_STATE',
      state: 'VOIDED',
    });
    await clerk.ask(SCAN, { trackingNo: present(two, 'a label').trackingNo });
    expect(await clerk.ask(VOID, { waybillId: two?.id })).toMatchObject({
      code: 'WAYBILL_STATE',
      state: 'SHIPPED',
    });
    expect(await world.get(WaybillService).tellVoided(10)).toBe(1);
    expect(await world.get(WaybillService).tellVoided(10)).toBe(0);
  });

  it('has nothing to send of what was cancelled or sent under another number', async () => {
    const { clerk, ids, open } = await shop(1, ['PO123456789']);
    await open(ids);
    await clerk.ask(
      'mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename } }',
      { input: { merchantOrderId: ids[0], carrier: '村里的车', trackingNo: '0001' } },
    );

    expect(await clerk.ask(SCAN, { trackingNo: 'PO123456789' })).toMatchObject({ state: 'VOIDED' });
  });
});

it('waybillNumbersAdd keeps each number once, and names what is none', async () => {
  const { merchantId, clerk } = await shop(0, ['SF00000001']);
  const add = (trackingNos: readonly string[]) =>
    clerk.ask(NUMBERS, { input: { merchantId, carrier: 'ZTO', trackingNos } });

  expect(await add(['sf00000001', 'SF00000002'])).toMatchObject({ addedCount: 1, knownCount: 1 });
  expect(await add(['SF00000003', '1'])).toMatchObject({ fields: [{ path: 'input.trackingNos.1' }] });
  expect(await clerk.ask(LEFT, { merchantId })).toEqual([{ carrier: 'ZTO', left: 2 }]);
  expect(await clerkOf(newId('mer')).codeOf(LEFT, { merchantId })).toBe('NOT_FOUND');
});
