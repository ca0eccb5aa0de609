import { newId, present } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import { InvoiceReader, InvoiceRequestService } from '#libs/invoice';
import type { Role, ScopeKind } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';

const SET = `mutation ($input: TaxTreatmentSetInput!) { taxTreatmentSet(input: $input) { __typename
  ... on TaxTreatmentSetPayload { treatment { id merchantId subject categoryCode effectiveOn revision treatment rateBps reason } }
  ... on TaxTreatmentChangedError { code revision } ... on InvalidInputError { code fields { path } } } }`;
const LIST = `query ($merchantId: ID, $first: Int, $after: String) { taxTreatments(merchantId: $merchantId, first: $first, after: $after) {
  nodes { id revision treatment rateBps setBy } pageInfo { hasNextPage endCursor } } }`;
const ITEMS = `query ($orderId: ID!) { invoices(filter: { orderId: $orderId }) { nodes { id kind items { name taxTreatment taxRateBps } } } }`;
const EXPORT = 'mutation { invoiceExport { ... on InvoiceExportPayload { export { path } } } }';

interface Made {
  readonly __typename: string;
  readonly treatment: { readonly id: string; readonly revision: number };
}
interface Listed {
  readonly nodes: readonly { readonly id: string; readonly revision: number; readonly setBy: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['settlement'] });
});
afterEach(() => world.clear('tax_treatment', 'invoice_item', 'invoice', 'invoice_export', 'invoice_gate'));
afterAll(() => world.close());

const person = (role: Role, scopeKind: ScopeKind = 'PLATFORM', scopeId = '*') =>
  world.person({ role, scopeKind, scopeId });
const as = (role: Role, scopeKind: ScopeKind = 'PLATFORM', scopeId = '*') =>
  world.client('settlement').as(person(role, scopeKind, scopeId).token);
const finance = () => as('FINANCE');
const entries = () => world.database.query<{ id: string }>('SELECT id FROM tax_treatment');
const acts = (id: string) =>
  world.database.query<{ actorId: string }>(
    "SELECT actor_id AS actorId FROM audit_entry WHERE act = 'tax_treatment.set' AND subject = ?",
    [id],
  );
/** Rates that are nobody's. */
const input = (merchantId: string, more: object = {}) => ({
  merchantId,
  subject: 'GOODS',
  effectiveOn: '2020-01-01',
  revision: 0,
  treatment: 'STANDARD',
  rateBps: 1205,
  reason: '税务登记证明',
  ...more,
});
const set = (merchantId: string, more: object = {}) =>
  finance().ask<Made>(SET, { input: input(merchantId, more) });
const sold = async () => {
  // Cheap enough that freight is taken.
  const product = await makeProduct(world, { pricesFen: [1_000n] });
  const { orderId, buyerId } = await makePaidOrder(world, { quantity: 2 }, product);
  return { orderId, buyerId, merchantId: product.merchantId };
};
const TITLE = { title: '炎陵县教育局', taxNumber: '' };
const request = ({ orderId, buyerId }: Awaited<ReturnType<typeof sold>>) =>
  world.get(InvoiceRequestService).request(buyerId, { orderId, ...TITLE });
const itemsOf = async (orderId: string) => {
  const { nodes } = await finance().ask<{
    nodes: readonly { items: readonly { name: string; taxTreatment: string; taxRateBps: number | null }[] }[];
  }>(ITEMS, { orderId });
  return nodes
    .flatMap(({ items }) => items)
    .map(({ name, taxTreatment, taxRateBps }) => [name === '运费' ? name : '货', taxTreatment, taxRateBps]);
};

/** A fen of the goods of the order's only line, as the payment context has settled it. */
const refunded = async (orderId: string, merchantOrderId: string): Promise<void> => {
  const id = newId('rfd');
  const at = world.clock.now();
  const [line] = await world.database.query<{ id: string }>('SELECT id FROM order_line WHERE order_id = ?', [
    orderId,
  ]);
  const refund = { id, paymentId: newId('pay'), orderId, reason: 'AFTER_SALE', amountFen: 1n };
  const settled = { state: 'SUCCEEDED', createdAt: at, updatedAt: at, kind: 'PARTIAL', borneBy: 'SELLERS' };
  const part = { refundId: id, orderLineId: present(line, 'a line').id, merchantOrderId, goodsFen: 1n };
  await world.database.transaction(async (tx) => {
    await tx.insert('refund', [{ ...refund, ...settled }]);
    await tx.insert('refund_line', [{ ...part, freightFen: 0n, quantity: 0, subsidyFen: 0n }]);
    await world.get(InvoiceRequestService).takeBack(tx, id, orderId);
  });
};

describe('taxTreatmentSet', () => {
  it('says it from a day on, once, and is written down', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const who = person('FINANCE');
    const client = world.client('settlement').as(who.token);

    const first = await client.ask<Made>(SET, { input: input(merchantId) });
    expect(first).toMatchObject({
      __typename: 'TaxTreatmentSetPayload',
      treatment: { merchantId, subject: 'GOODS', categoryCode: '', revision: 1, rateBps: 1205 },
    });
    expect(await client.ask(SET, { input: input(merchantId) })).toEqual(first);

    expect(await entries()).toHaveLength(1);
    expect(await acts(first.treatment.id)).toEqual([{ actorId: who.userId }]);
  });

  it('goes over what one has seen, and over nothing else', async () => {
    const { id: merchantId } = await makeMerchant(world);
    await set(merchantId);

    expect(await set(merchantId, { rateBps: 1 })).toMatchObject({
      code: 'TAX_TREATMENT_CHANGED',
      revision: 1,
    });
    expect(await set(merchantId, { rateBps: 1, revision: 2 })).toMatchObject({ revision: 1 });
    expect(await set(merchantId, { rateBps: 1, revision: 1 })).toMatchObject({ treatment: { revision: 2 } });
    // A late repetition of what came before brings nothing back.
    expect(await set(merchantId)).toMatchObject({ code: 'TAX_TREATMENT_CHANGED', revision: 2 });
    expect(await set(merchantId, { effectiveOn: '2030-01-01' })).toMatchObject({
      treatment: { revision: 1 },
    });
  });

  it('by several at once is one of theirs, and the others are told', async () => {
    const { id: merchantId } = await makeMerchant(world);

    const same = await Promise.all(Array.from({ length: 4 }, () => set(merchantId)));
    expect(new Set(same.map(({ treatment }) => treatment.id)).size).toBe(1);
    const other = await Promise.all([1, 2, 3, 4].map((rateBps) => set(merchantId, { rateBps, revision: 1 })));

    expect(other.map(({ __typename }) => __typename).toSorted()).toEqual([
      'TaxTreatmentChangedError',
      'TaxTreatmentChangedError',
      'TaxTreatmentChangedError',
      'TaxTreatmentSetPayload',
    ]);
    expect(await entries()).toHaveLength(2);
    expect(await acts(present(same[0], 'the first').treatment.id)).toHaveLength(1);
  });

  it('refuses what cannot be, and knows its merchants and categories', async () => {
    const { id: merchantId } = await makeMerchant(world);

    expect(await set(merchantId, { rateBps: null, reason: ' ' })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'rateBps' }, { path: 'reason' }],
    });
    expect(await set(merchantId, { subject: 'CATEGORY', categoryCode: 'NO_SUCH' })).toMatchObject({
      fields: [{ path: 'categoryCode' }],
    });
    expect(await finance().codeOf(SET, { input: input('mer_01D03BBF0078T81NDXF1K89J80') })).toBe('NOT_FOUND');
    expect(await entries()).toEqual([]);
  });
});

it('taxTreatments shows all that was set, newest first, a page at a time, in one statement', async () => {
  const [one, two] = [await makeMerchant(world), await makeMerchant(world)];
  await set(one.id);
  world.clock.advance(1000);
  await set(one.id, { rateBps: 7, revision: 1 });
  world.clock.advance(1000);
  await set(two.id);

  const page = await finance().ask<Listed>(LIST, { merchantId: one.id, first: 1 });
  expect(page).toMatchObject({ nodes: [{ revision: 2, rateBps: 7 }], pageInfo: { hasNextPage: true } });
  const { endCursor } = page.pageInfo;
  expect(await finance().ask(LIST, { merchantId: one.id, first: 1, after: endCursor })).toMatchObject({
    nodes: [{ revision: 1, rateBps: 1205 }],
    pageInfo: { hasNextPage: false },
  });
  const client = as('AUDITOR');
  expect((await client.ask<Listed>(LIST)).nodes).toHaveLength(3);
  expect(await countStatements(() => client.ask(LIST))).toBe(1);
});

describe('an invoice that is asked for', () => {
  it('says that nothing is set, and makes nothing up', async () => {
    const made = await sold();
    await set((await makeMerchant(world)).id);

    await request(made);

    const items = await itemsOf(made.orderId);
    expect(items.length).toBeGreaterThan(0);
    for (const [, treatment, rateBps] of items) expect([treatment, rateBps]).toEqual(['UNSET', null]);
    const { export: file } = await finance().ask<{ export: { path: string } }>(EXPORT);
    const { text } = await world
      .client('settlement')
      .http.get(file.path)
      .set('authorization', `Bearer ${person('FINANCE').token}`);
    const [head, ...rows] = text.trimEnd().split('\r\n');
    expect(head).toMatch(/,amount,tax_treatment,tax_rate_percent$/);
    for (const row of rows) expect(row).toMatch(/,UNSET,$/);
  });

  it('has what held on the day of payment, its category’s first; what is set later changes nothing', async () => {
    const made = await sold();
    const other = await sold();
    await set(made.merchantId);
    await set(made.merchantId, { subject: 'FREIGHT', rateBps: 444 });
    await set(other.merchantId, {
      subject: 'CATEGORY',
      categoryCode: 'FRUIT',
      treatment: 'SELF_PRODUCED_EXEMPT',
      rateBps: null,
    });
    await set(other.merchantId, { effectiveOn: '2099-01-01', subject: 'CATEGORY', categoryCode: 'FRUIT' });

    await request(made);
    await request(other);
    const [items, others] = [await itemsOf(made.orderId), await itemsOf(other.orderId)];
    expect(items).toContainEqual(['货', 'STANDARD', 1205]);
    expect(others).toContainEqual(['货', 'SELF_PRODUCED_EXEMPT', null]);
    expect(items).toContainEqual(['运费', 'STANDARD', 444]);
    expect(others).toContainEqual(['运费', 'UNSET', null]);

    await set(made.merchantId, { treatment: 'SMALL_SCALE', rateBps: 1, revision: 1 });
    await request(made);
    expect(await itemsOf(made.orderId)).toEqual(items);

    const { export: file } = await finance().ask<{ export: { path: string } }>(EXPORT);
    const { text } = await world
      .client('settlement')
      .http.get(file.path)
      .set('authorization', `Bearer ${person('FINANCE').token}`);
    expect(text).toContain(',STANDARD,12.05\r\n');
    expect(text).toContain(',SELF_PRODUCED_EXEMPT,\r\n');
  });

  it('is taken back as it was billed', async () => {
    const made = await sold();
    await set(made.merchantId);
    await request(made);
    await set(made.merchantId, { treatment: 'SMALL_SCALE', rateBps: 1, revision: 1 });
    const [part] = await world.get(MerchantOrderReader).ofOrders([made.orderId]);

    await refunded(made.orderId, present(part, 'a part').id);

    const red = (await world.get(InvoiceReader).ofOrder(made.orderId)).filter(({ kind }) => kind === 'RED');
    const items = await world.get(InvoiceReader).itemsOf(red.map(({ id }) => id));
    expect(items).toMatchObject([{ amountFen: 1n, taxTreatment: 'STANDARD', taxRateBps: 1205 }]);
  });

  it('asks for the treatments of its sellers once', async () => {
    const [bare, set1] = [await sold(), await sold()];
    await set(set1.merchantId);
    await set(set1.merchantId, { subject: 'CATEGORY', categoryCode: 'FRUIT', rateBps: 5 });

    const one = await countStatements(() => request(bare));
    expect(await countStatements(() => request(set1))).toBe(one);
  });
});

it('what has been set is never changed', async () => {
  const { id: merchantId } = await makeMerchant(world);
  await set(merchantId);

  await expect(
    world.database.transaction((tx) => tx.write('UPDATE tax_treatment SET rate_bps = 1')),
  ).rejects.toThrow(/denied/);
  await expect(world.database.transaction((tx) => tx.write('DELETE FROM tax_treatment'))).rejects.toThrow(
    /denied/,
  );
});

it.each([
  ['an official', 'OFFICIAL', 'DIVISION', '430225'],
  ['finance of a division', 'FINANCE', 'DIVISION', '430225'],
  ['a merchant', 'MERCHANT_OWNER', 'MERCHANT', 'mer_1'],
  ['an operator', 'OPERATOR', 'PLATFORM', '*'],
] as const)('is not for %s', async (_, role, scopeKind, scopeId) => {
  const client = as(role, scopeKind, scopeId);

  expect(await client.codeOf(LIST)).toBe('FORBIDDEN');
  expect(await client.codeOf(SET, { input: input('mer_1') })).toBe('FORBIDDEN');
});

it('auditors look, and set nothing', async () => {
  expect((await as('AUDITOR').ask<Listed>(LIST)).nodes).toEqual([]);
  expect(await as('AUDITOR').codeOf(SET, { input: input('mer_1') })).toBe('FORBIDDEN');
});
