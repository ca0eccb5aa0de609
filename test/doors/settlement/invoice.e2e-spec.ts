import { createHash } from 'node:crypto';
import { type IdOf, newId, present } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import type { RefundSucceeded } from '#libs/payment';
import { RequestRedInvoiceOnRefundSucceeded } from '../../../apps/settlement/src/consumers/request-red-invoice-on-refund-succeeded.consumer.js';
import type { Role, ScopeKind } from '#platform/auth';
import { InvoiceRequestService } from '#libs/invoice';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeOrder, makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';

const INVOICE =
  'id kind title taxNumber totalFen state number issuedOn failureNote items { name quantity amountFen }';
const REQUEST = `mutation ($input: InvoiceRequestInput!) { invoiceRequest(input: $input) { __typename
  ... on InvoiceRequestPayload { invoices { ${INVOICE} } } ... on DomainError { code message }
  ... on InvalidInputError { fields { path } } } }`;
const MINE = `query ($orderId: ID!) { orderInvoices(orderId: $orderId) { ${INVOICE} } }`;
const QUEUE = `query ($filter: InvoiceFilter) { invoices(filter: $filter) { nodes { ${INVOICE} orderId originalId exportId } pageInfo { hasNextPage } } }`;
const EXPORT = `mutation { invoiceExport { __typename ... on InvoiceExportPayload { export { id sha256 invoiceCount path } }
  ... on DomainError { code message } } }`;
const EXPORTS = '{ invoiceExports { nodes { id sha256 path } pageInfo { hasNextPage } } }';
const IMPORT = `mutation ($contentBase64: String!) { invoiceImport(contentBase64: $contentBase64) { __typename
  ... on InvoiceImportPayload { applied repeated faults { line invoiceId fault } } ... on DomainError { code message } } }`;

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly totalFen: string;
  readonly state: string;
}
interface Queue {
  readonly nodes: readonly Shown[];
}

const TITLE = { title: '炎陵县教育局', taxNumber: '11430225006300000X' };

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'settlement'] });
});
afterEach(() => world.clear('invoice_item', 'invoice', 'invoice_export', 'invoice_gate'));
afterAll(() => world.close());

const person = (role: Role, scopeKind: ScopeKind = 'PLATFORM', scopeId = '*') =>
  world.person({ role, scopeKind, scopeId });
const as = (role: Role, scopeKind: ScopeKind = 'PLATFORM', scopeId = '*') =>
  world.client('settlement').as(person(role, scopeKind, scopeId).token);
const finance = () => as('FINANCE');
const bought = async () => {
  const buyer = world.person();
  const product = await makeProduct(world);
  const { orderId } = await makePaidOrder(world, { buyerId: buyer.userId, quantity: 2 }, product);
  const shop = world.client('storefront').as(buyer.token);
  const parts = await world.get(MerchantOrderReader).ofOrders([orderId]);
  return { buyer, orderId, shop, part: present(parts[0], 'a part') };
};
const asked = async () => {
  const made = await bought();
  const { invoices } = await made.shop.ask<{ invoices: readonly Shown[] }>(REQUEST, {
    input: { orderId: made.orderId, ...TITLE },
  });
  return { ...made, invoice: present(invoices[0], 'an invoice') };
};
const answered = (...rows: readonly string[]) =>
  finance().ask(IMPORT, {
    contentBase64: Buffer.from(
      ['invoice_id,result,number,issued_on,total,note', ...rows].join('\r\n'),
    ).toString('base64'),
  });
const yuan = (amountFen: string) => `${amountFen.slice(0, -2)}.${amountFen.slice(-2)}`;
const issued = ({ id, totalFen }: Shown, number: string) =>
  `${id},ISSUED,${number},2026-11-05,${yuan(totalFen)},`;
/** A refund as the payment context has settled it: some of the goods of the order's only line. */
const refunded = async (
  orderId: string,
  merchantOrderId: string,
  amountFen: bigint,
  borneBy = 'SELLERS',
): Promise<IdOf<'rfd'>> => {
  const id = newId('rfd');
  const [line] = await world.database.query<{ id: string }>('SELECT id FROM order_line WHERE order_id = ?', [
    orderId,
  ]);
  const at = world.clock.now();
  await world.database.transaction(async (tx) => {
    await tx.insert('refund', [
      {
        id,
        paymentId: newId('pay'),
        orderId,
        reason: 'AFTER_SALE',
        amountFen,
        state: 'SUCCEEDED',
        createdAt: at,
        updatedAt: at,
        kind: 'PARTIAL',
        borneBy,
      },
    ]);
    await tx.insert('refund_line', [
      {
        refundId: id,
        orderLineId: line?.id ?? '',
        merchantOrderId,
        goodsFen: amountFen,
        freightFen: 0n,
        quantity: 0,
        subsidyFen: 0n,
      },
    ]);
    const fact = { payload: { refundId: id, orderId } } as RefundSucceeded;
    await world.get(RequestRedInvoiceOnRefundSucceeded).apply(tx, fact);
    // Delivered twice: at least once is what a fact is.
    await world.get(RequestRedInvoiceOnRefundSucceeded).apply(tx, fact);
  });
  return id;
};

describe('invoiceRequest', () => {
  it('asks for what the buyer has paid, once', async () => {
    const { orderId, shop, part } = await bought();
    const paidFen = (BigInt(part.goodsFen) + BigInt(part.freightFen)).toString();

    const first = await shop.ask<{ invoices: readonly Shown[] }>(REQUEST, { input: { orderId, ...TITLE } });

    expect(first).toMatchObject({
      __typename: 'InvoiceRequestPayload',
      invoices: [{ kind: 'BLUE', ...TITLE, totalFen: paidFen, state: 'REQUESTED', number: null }],
    });
    expect(await shop.ask(REQUEST, { input: { orderId, ...TITLE } })).toEqual(first);
    expect(await shop.ask(MINE, { orderId })).toEqual(first.invoices);
    expect(await shop.ask(REQUEST, { input: { orderId, title: '炎陵县卫健局' } })).toMatchObject({
      code: 'INVOICE_TITLE_TAKEN',
    });
    expect(await countStatements(() => shop.ask(MINE, { orderId }))).toBe(2);
  });

  it('refuses what cannot be billed, and knows nobody else’s order', async () => {
    const { orderId } = await bought();
    const stranger = world.client('storefront').as(world.person().token);
    const { orderId: unpaid, buyerId } = await makeOrder(world);
    const input = { orderId, ...TITLE };

    expect(await stranger.codeOf(REQUEST, { input })).toBe('NOT_FOUND');
    expect(await stranger.ask(MINE, { orderId })).toEqual([]);
    expect(await world.client('storefront').codeOf(REQUEST, { input })).toBe('UNAUTHENTICATED');
    const wrong = await world.get(InvoiceRequestService).request(buyerId, { orderId: unpaid, ...TITLE });
    expect(wrong).toMatchObject({ code: 'NOTHING_TO_INVOICE' });
    expect(
      await world
        .get(InvoiceRequestService)
        .request(buyerId, { orderId: unpaid, title: '=', taxNumber: '1' }),
    ).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect((await finance().ask<Queue>(QUEUE)).nodes).toEqual([]);
  });
});

describe('finance and the tax system', () => {
  it('take the requests out as one file, the same bytes each time', async () => {
    const { invoice } = await asked();
    await asked();
    const { token, userId } = person('FINANCE');

    const { export: made } = await finance().ask<{ export: { id: string; sha256: string; path: string } }>(
      EXPORT,
    );
    const take = () => world.client('settlement').http.get(made.path).set('authorization', `Bearer ${token}`);
    const [one, two] = [await take().expect(200), await take().expect(200)];

    expect(made).toMatchObject({ invoiceCount: 2 });
    expect(two.text).toBe(one.text);
    expect(createHash('sha256').update(one.text).digest('hex')).toBe(made.sha256);
    expect(one.text).toContain(`${invoice.id},BLUE,,`);
    expect(one.text).toContain('炎陵县教育局,11430225006300000X');
    expect(await finance().ask(EXPORT)).toMatchObject({ code: 'NO_INVOICE_REQUESTS' });
    expect(await finance().ask(EXPORTS)).toMatchObject({ nodes: [{ id: made.id }] });
    const seen = await world.database.query(
      "SELECT 1 FROM audit_entry WHERE act = 'invoice.downloaded' AND actor_id = ?",
      [userId],
    );
    expect(seen).toHaveLength(2);
  });

  it('apply what is right and name the rest, line by line; a number is issued once', async () => {
    const { invoice, shop, orderId } = await asked();
    const { invoice: other } = await asked();
    expect(await answered(issued(invoice, '26430000000000000001'))).toMatchObject({
      applied: 0,
      faults: [{ line: 2, fault: 'NOT_EXPORTED' }],
    });
    await finance().ask(EXPORT);

    const rows = [
      issued(invoice, '26430000000000000001'),
      issued(other, '26430000000000000001'),
      'inv_9,ISSUED,26430000000000000009,2026-11-05,1.00,',
      'nonsense',
    ];
    expect(await answered(...rows)).toEqual({
      __typename: 'InvoiceImportPayload',
      applied: 1,
      repeated: 0,
      faults: [
        { line: 3, invoiceId: other.id, fault: 'NUMBER_TAKEN' },
        { line: 4, invoiceId: 'inv_9', fault: 'UNKNOWN' },
        { line: 5, invoiceId: 'nonsense', fault: 'MALFORMED' },
      ],
    });
    expect(await answered(...rows)).toMatchObject({ applied: 0, repeated: 1 });
    expect(await shop.ask(MINE, { orderId })).toMatchObject([
      { state: 'ISSUED', number: '26430000000000000001', issuedOn: '2026-11-05' },
    ]);
    expect(
      await finance().ask(IMPORT, { contentBase64: Buffer.from('what').toString('base64') }),
    ).toMatchObject({
      code: 'NOT_AN_INVOICE_ANSWER',
    });
  });

  it('what failed is asked for anew', async () => {
    const { invoice, shop, orderId } = await asked();
    await finance().ask(EXPORT);
    await answered(`${invoice.id},FAILED,,,,税号有误`);

    expect(await shop.ask(MINE, { orderId })).toMatchObject([{ state: 'FAILED', failureNote: '税号有误' }]);
    const again = await shop.ask<{ invoices: readonly Shown[] }>(REQUEST, {
      input: { orderId, title: '炎陵县教育局' },
    });
    expect(again.invoices.map(({ state }) => state)).toEqual(['FAILED', 'REQUESTED']);
  });
});

describe('what goes back', () => {
  it('is taken back by a red one for the part, and of the whole for the rest; no money moves', async () => {
    const { invoice, shop, orderId, part } = await asked();
    const journals = () => world.database.query('SELECT id FROM ledger_journal');
    const before = await journals();
    await refunded(orderId, part.id, 100n);
    // Its blue one is not issued yet.
    await finance().ask(EXPORT);
    expect(await finance().ask(EXPORT)).toMatchObject({ code: 'NO_INVOICE_REQUESTS' });
    await answered(issued(invoice, '26430000000000000001'));

    const { export: made } = await finance().ask<{ export: { path: string } }>(EXPORT);
    const { text } = await world
      .client('settlement')
      .http.get(made.path)
      .set('authorization', `Bearer ${person('FINANCE').token}`);
    expect(text).toMatch(/,RED,26430000000000000001,.*,1\.00,1,.*,0,1\.00/);
    const red = async () =>
      (await finance().ask<Queue>(QUEUE, { filter: { kind: 'RED', state: 'REQUESTED' } })).nodes;
    await answered(issued(present((await red())[0], 'a red one'), '26430000000000000002'));
    expect(await shop.ask(MINE, { orderId })).toMatchObject([
      { state: 'ISSUED' },
      { kind: 'RED', state: 'ISSUED', totalFen: '100' },
    ]);

    await refunded(orderId, part.id, BigInt(invoice.totalFen) - 100n);
    await finance().ask(EXPORT);
    await answered(issued(present((await red())[0], 'a red one'), '26430000000000000003'));

    expect(await shop.ask(MINE, { orderId })).toMatchObject([
      { state: 'RED_ISSUED' },
      { kind: 'RED' },
      { kind: 'RED' },
    ]);
    expect(await journals()).toEqual(before);
  });

  it('before the buyer asked was never billed; and what the platform gives of its own makes no bill smaller', async () => {
    const { orderId, part, shop } = await bought();
    await refunded(orderId, part.id, 100n);
    await refunded(orderId, part.id, 30n, 'PLATFORM');

    await shop.ask(REQUEST, { input: { orderId, ...TITLE } });
    await refunded(orderId, part.id, 20n, 'PLATFORM');

    const leftFen = BigInt(part.goodsFen) + BigInt(part.freightFen) - 100n;
    expect(await shop.ask(MINE, { orderId })).toMatchObject([{ kind: 'BLUE', totalFen: leftFen.toString() }]);
  });

  it('of an order that nobody wants invoices of, is no matter', async () => {
    const { orderId, part } = await bought();

    await refunded(orderId, part.id, 100n);

    expect((await finance().ask<Queue>(QUEUE)).nodes).toEqual([]);
  });
});

it.each([
  ['an official', 'OFFICIAL', 'DIVISION', '430225'],
  ['finance of a division', 'FINANCE', 'DIVISION', '430225'],
  ['a merchant', 'MERCHANT_OWNER', 'MERCHANT', 'mer_1'],
] as const)('the queue is not for %s', async (_, role, scopeKind, scopeId) => {
  const client = as(role, scopeKind, scopeId);

  expect(await client.codeOf(QUEUE)).toBe('FORBIDDEN');
  expect(await client.codeOf(EXPORTS)).toBe('FORBIDDEN');
  expect(await client.codeOf(EXPORT)).toBe('FORBIDDEN');
  expect(await client.codeOf(IMPORT, { contentBase64: 'eA==' })).toBe('FORBIDDEN');
  await world
    .client('settlement')
    .http.get('/invoice-exports/ivx_1')
    .set('authorization', `Bearer ${person(role, scopeKind, scopeId).token}`)
    .expect(403);
});

it('auditors look, and take nothing out', async () => {
  await asked();

  expect((await as('AUDITOR').ask<Queue>(QUEUE)).nodes).toHaveLength(1);
  expect(await as('AUDITOR').codeOf(EXPORT)).toBe('FORBIDDEN');
});
