import { createHash } from 'node:crypto';
import { type IdOf, newId, present, refused } from '#libs/kernel';
import { LedgerDayBalanceService } from '#libs/ledger';
import { MerchantOrderReader } from '#libs/ordering';
import { RefundRequestService, type RefundSucceeded } from '#libs/payment';
import { RefundReversalService, type Sale, SaleSplitService } from '#libs/settlement';
import { StatementIssueService, StatementRunService } from '#libs/statement';
import { RequestRedInvoiceOnRefundSucceeded } from '../../../apps/settlement/src/consumers/request-red-invoice-on-refund-succeeded.consumer.js';
import type { Role, ScopeKind } from '#platform/auth';
import { InvoiceRequestService, ServiceFeeService } from '#libs/invoice';
import { goods } from '../../database/settlement-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makeOrder, makePaidOrder } from '../../make/order.make.js';
import { makeDivisions } from '../../make/division.make.js';
import {
  makeCreditUnit,
  makeOrderOnAccount,
  makeReceipt,
  makeSignedOrder,
} from '../../make/receivable.make.js';
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
  world = await World.start({ services: ['storefront', 'merchant', 'settlement'] });
  await makeDivisions(world);
});
afterEach(() =>
  world.clear(
    'invoice_item',
    'invoice',
    'invoice_export',
    'invoice_gate',
    'service_fee_bill',
    'invoice_refund',
  ),
);
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
  isTold = true,
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
    if (!isTold) return;
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
    expect(await countStatements(() => shop.ask(MINE, { orderId }))).toBe(3);
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

  it('before the buyer asked is not taken back when its fact comes later', async () => {
    const { orderId, part, shop } = await bought();
    const refundId = await refunded(orderId, part.id, 100n, 'SELLERS', false);
    await shop.ask(REQUEST, { input: { orderId, ...TITLE } });

    const fact = { payload: { refundId, orderId } } as RefundSucceeded;
    await world.database.transaction((tx) => world.get(RequestRedInvoiceOnRefundSucceeded).apply(tx, fact));

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

describe('goods first, then the money', () => {
  const OWED = `query ($unitId: ID!) { unitReceivables(unitId: $unitId) { nodes { orderId openFen invoicedFen state } } }`;
  const refund = async (orderId: IdOf<'ord'>, amountFen: bigint) => {
    const ask = { kind: 'GOODWILL', lines: [], freightOf: [], amountFen } as const;
    const wish = {
      orderId,
      ask,
      borneBy: 'SELLERS',
      note: '坏果',
      requestedBy: newId('usr'),
      bankAccount: null,
    } as const;
    const refundId = await world.get(RefundRequestService).submit(wish, newId('req'));
    if (refused(refundId)) throw new Error(refundId.message.en);
    await world.settle();
  };

  it('is billed to the unit once it is signed for, follows what goes back, and is no more when it is paid', async () => {
    await world.clear('outbox');
    const unit = await makeCreditUnit(world);
    const as = (userId: IdOf<'usr'>) => world.client('storefront').as(world.personOf(userId).token);
    const [shop, stranger] = [as(unit.approverId), as(newId('usr'))];
    const waiting = await makeOrderOnAccount(world, unit);
    const { orderId } = await makeSignedOrder(world, unit);
    await world.settle();
    await refund(orderId, 1_000n);
    const owed = async () =>
      (await shop.ask<{ nodes: readonly { orderId: string }[] }>(OWED, { unitId: unit.unitId })).nodes[0];

    expect(await shop.ask(REQUEST, { input: { orderId: waiting.orderId } })).toMatchObject({
      code: 'NOTHING_TO_INVOICE',
      message: expect.stringContaining('signed'),
    });
    expect(await stranger.codeOf(REQUEST, { input: { orderId } })).toBe('NOT_FOUND');
    expect(await stranger.ask(MINE, { orderId })).toEqual([]);
    expect(await shop.ask(REQUEST, { input: { orderId, title: '李女士' } })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'title' }],
    });
    const asked = await shop.ask<{ invoices: readonly Shown[] }>(REQUEST, { input: { orderId } });
    expect(asked.invoices).toMatchObject([
      {
        kind: 'BLUE',
        title: '炎陵县霞阳中学',
        taxNumber: expect.stringMatching(/^.{18}$/),
        totalFen: '9000',
      },
    ]);
    expect(await owed()).toMatchObject({ orderId, openFen: '9000', invoicedFen: '0', state: 'OPEN' });

    const [blue] = asked.invoices;
    await finance().ask(EXPORT);
    await answered(issued(present(blue, 'a blue one'), '26430000000000000001'));
    await refund(orderId, 2_000n);
    const [, red] = await shop.ask<readonly Shown[]>(MINE, { orderId });
    expect(red).toMatchObject({ kind: 'RED', totalFen: '2000', state: 'REQUESTED' });
    expect(await owed()).toMatchObject({ openFen: '7000', invoicedFen: '9000' });
    await finance().ask(EXPORT);
    await answered(issued(present(red, 'a red one'), '26430000000000000002'));
    expect(await owed()).toMatchObject({ openFen: '7000', invoicedFen: '7000' });

    await makeReceipt(world, unit, 7_000n);
    await world.settle();
    expect(await owed()).toMatchObject({ openFen: '0', invoicedFen: '7000', state: 'PAID' });
    const again = await as(unit.buyerId).ask<{ invoices: readonly Shown[] }>(REQUEST, { input: { orderId } });
    expect(again.invoices.map(({ kind, totalFen }) => `${kind} ${totalFen}`)).toEqual([
      'BLUE 9000',
      'RED 2000',
    ]);
    expect(await countStatements(() => shop.ask(OWED, { unitId: unit.unitId }))).toBe(3);
  });
});

describe('service fees', () => {
  const BILLS = `query ($filter: ServiceFeeBillFilter, $first: Int, $after: String) { serviceFeeBills(filter: $filter, first: $first, after: $after) {
    nodes { merchantId month feeFen blueFen redFen } pageInfo { hasNextPage endCursor } } }`;
  const FEES = `query ($filter: InvoiceFilter) { invoices(filter: $filter) { nodes { id subject kind period totalFen state title taxNumber originalId orderId
    items { name quantity amountFen taxTreatment taxRateBps } } } }`;
  const OWN = `query ($merchantId: ID!, $period: String) { serviceFeeInvoices(merchantId: $merchantId, period: $period) {
    nodes { kind period totalFen state number } pageInfo { hasNextPage } } }`;
  const RETRY = `mutation ($invoiceId: ID!) { invoiceRetry(invoiceId: $invoiceId) { __typename
    ... on InvoiceRetryPayload { invoice { id state period totalFen } } ... on DomainError { code message } } }`;
  const TAX = `mutation ($input: TaxTreatmentSetInput!) { taxTreatmentSet(input: $input) { __typename } }`;
  interface Fee extends Shown {
    readonly period: string;
    readonly originalId: string | null;
  }

  const cause = () => ({ eventId: newId('evt'), at: world.clock.now() });
  const sell = (orderId: string, merchantId: `mer_${string}`, goodsFen: bigint) => {
    const merchantOrderId = `${orderId}m`;
    const line = goods(`${orderId}l`, goodsFen, { merchantOrderId, merchantId, operatorId: null });
    const sale: Sale = { lines: [line], freights: [] };
    const capture = { orderId, paymentId: `pay_${orderId}`, intentRef: `pi_${orderId}`, amountFen: goodsFen };
    return world.database.transaction((tx) =>
      world.get(SaleSplitService).capture(tx, { ...capture, disposition: 'KEPT' }, sale, cause()),
    );
  };
  const giveBack = (orderId: string, amountFen: bigint) => {
    const parts = [{ lineId: `${orderId}l`, amountFen }];
    const claim = {
      refundId: newId('rfd'),
      orderId,
      amountFen,
      disposition: 'KEPT',
      borneBy: 'SELLERS',
      parts,
    } as const;
    return world.database.transaction((tx) => world.get(RefundReversalService).reserve(tx, claim, cause()));
  };
  const closeMonth = async (now: string) => {
    world.clock.set(now);
    // Of what was sold and given back only the books know here; what waits for it elsewhere would wait in vain.
    await world.clear('outbox');
    while ((await world.get(LedgerDayBalanceService).addUp(1_000)) > 0);
    while ((await world.get(StatementRunService).work()) > 0);
    while ((await world.get(StatementIssueService).work()) > 0);
    await world.settle();
  };
  const fees = async (filter: object = {}) =>
    (await finance().ask<{ nodes: readonly Fee[] }>(FEES, { filter: { subject: 'SERVICE_FEE', ...filter } }))
      .nodes;

  it('are billed month by month as the statements show them; what goes back later is taken back of its month', async () => {
    const { id: merchantId, name } = await makeMerchant(world);
    const owner = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId });
    const platform = { merchantId: 'platform', subject: 'SERVICE', treatment: 'STANDARD', rateBps: 1205 };
    // A rate that is nobody's; it holds from November on.
    const input = { ...platform, effectiveOn: '2026-11-30', revision: 0, reason: '税务登记证明' };
    expect(await finance().ask(TAX, { input })).toEqual({ __typename: 'TaxTreatmentSetPayload' });
    const [one, two, three] = ['ord_f1', 'ord_f2', 'ord_f3'] as const;
    world.clock.set('2026-10-20T02:00:00Z');
    await sell(one, merchantId, 10_000n);
    await sell(two, merchantId, 2_000n);
    await giveBack(two, 1_000n);
    world.clock.set('2026-11-20T02:00:00Z');
    await sell(three, merchantId, 1_000n);
    await giveBack(one, 4_000n);
    // Two months at once: the clockwork has stood still.
    await closeMonth('2026-12-05T02:00:00Z');
    await giveBack(one, 6_000n);
    await closeMonth('2027-01-05T02:00:00Z');

    // Five per cent of what came less what went back.
    const bill = (month: string, feeFen: string, blueFen: string, redFen: string) => ({
      merchantId,
      month,
      feeFen,
      blueFen,
      redFen,
    });
    const bills = [
      bill('2026-12', '-300', '0', '300'),
      bill('2026-11', '-150', '50', '200'),
      bill('2026-10', '550', '550', '0'),
    ];
    expect(await finance().ask(BILLS, { filter: { merchantId } })).toMatchObject({ nodes: bills });
    const page = await finance().ask<{ pageInfo: { endCursor: string } }>(BILLS, {
      filter: { merchantId },
      first: 2,
    });
    expect(
      await finance().ask(BILLS, { filter: { merchantId }, first: 2, after: page.pageInfo.endCursor }),
    ).toMatchObject({
      nodes: bills.slice(2),
      pageInfo: { hasNextPage: false },
    });
    expect(await countStatements(() => finance().ask(BILLS, { filter: { month: '2026-10' } }))).toBe(1);
    const shown = await world.database.query<{ month: string; sum: string }>(
      `SELECT s.month, SUM(l.fee_fen) AS sum FROM statement s JOIN statement_line l ON l.statement_id = s.id
       WHERE s.payee_id = ? GROUP BY s.month ORDER BY s.month DESC`,
      [merchantId],
    );
    expect(shown.map(({ month, sum }) => [month, sum])).toEqual(
      bills.map(({ month, feeFen }) => [month, feeFen]),
    );
    const all = await fees({ merchantId });
    expect(all.map(({ kind, period, totalFen }) => `${kind} ${period} ${totalFen}`)).toEqual([
      'RED 2026-10 300',
      'RED 2026-10 200',
      'BLUE 2026-11 50',
      'BLUE 2026-10 550',
    ]);
    expect(all[2]).toMatchObject({
      title: name,
      taxNumber: expect.stringMatching(/^.{18}$/),
      orderId: null,
      items: [
        {
          name: '平台技术服务费 2026-11',
          quantity: 1,
          amountFen: '50',
          taxTreatment: 'STANDARD',
          taxRateBps: 1205,
        },
      ],
    });
    // As it was billed: October's rate was not known.
    expect(all[0]).toMatchObject({ items: [{ quantity: 0, taxTreatment: 'UNSET', taxRateBps: null }] });

    // Told again it changes nothing; nor does anything of it move money.
    const journals = await world.database.query('SELECT id FROM ledger_journal');
    await world.database.transaction((tx) => world.get(ServiceFeeService).bill(tx, merchantId));
    expect(await fees({ merchantId })).toEqual(all);
    expect(await world.database.query('SELECT id FROM ledger_journal')).toEqual(journals);

    // The platform sells; red ones wait for the number of their blue one.
    const { export: made } = await finance().ask<{ export: { path: string } }>(EXPORT);
    const { text } = await world
      .client('settlement')
      .http.get(made.path)
      .set('authorization', `Bearer ${person('FINANCE').token}`);
    expect(all.map(({ id }) => text.includes(id))).toEqual([false, false, true, true]);
    expect(text).toContain(`BLUE,,91430200MA00000000,桃源平台,${name},`);
    const [october, november] = [present(all[3], 'of October'), present(all[2], 'of November')];
    await answered(`${october.id},FAILED,,,,税号有误`, issued(november, '26430000000000000012'));
    const retried = await finance().ask<{ invoice: Shown }>(RETRY, { invoiceId: october.id });
    expect(retried).toMatchObject({ invoice: { state: 'REQUESTED', period: '2026-10', totalFen: '550' } });
    expect(await finance().ask(RETRY, { invoiceId: october.id })).toMatchObject({
      code: 'INVOICE_NOT_FAILED',
    });
    expect(await finance().ask(RETRY, { invoiceId: november.id })).toMatchObject({
      code: 'INVOICE_NOT_FAILED',
    });
    expect(await finance().codeOf(RETRY, { invoiceId: 'inv_9' })).toBe('NOT_FOUND');
    expect(await answered(issued(october, '26430000000000000013'))).toMatchObject({
      applied: 0,
      faults: [{ fault: 'REPLACED' }],
    });
    expect(
      (await fees({ period: '2026-10' }))
        .filter(({ kind }) => kind === 'RED')
        .map(({ originalId }) => originalId),
    ).toEqual([retried.invoice.id, retried.invoice.id]);
    await finance().ask(EXPORT);
    await answered(issued(retried.invoice, '26430000000000000014'));
    await finance().ask(EXPORT);
    await answered(...all.slice(0, 2).map((red, n) => issued(red, `2643000000000000002${n}`)));

    // The merchant sees their own, and nobody else's.
    const shop = (token: string) => world.client('merchant').as(token);
    expect(await shop(owner.token).ask(OWN, { merchantId, period: '2026-10' })).toMatchObject({
      nodes: [
        { kind: 'BLUE', totalFen: '550', state: 'ISSUED', number: '26430000000000000014' },
        { kind: 'RED', totalFen: '300', state: 'ISSUED' },
        { kind: 'RED', totalFen: '200', state: 'ISSUED' },
        { kind: 'BLUE', totalFen: '550', state: 'FAILED' },
      ],
    });
    expect(await countStatements(() => shop(owner.token).ask(OWN, { merchantId }))).toBe(1);
    const { id: other } = await makeMerchant(world);
    expect(await shop(owner.token).codeOf(OWN, { merchantId: other })).toBe('NOT_FOUND');
    const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId });
    expect(await shop(clerk.token).codeOf(OWN, { merchantId })).toBe('FORBIDDEN');
    expect(await as('AUDITOR').codeOf(RETRY, { invoiceId: october.id })).toBe('FORBIDDEN');
    expect(await as('OFFICIAL', 'DIVISION', '430225').codeOf(BILLS)).toBe('FORBIDDEN');
  });
});
