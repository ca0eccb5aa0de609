import { DAY_MS, newId } from '#libs/kernel';
import { LedgerService, payeeAccount, posted } from '#libs/ledger';
import type { Client } from '../../harness/client.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';
import { PayeeAccountService, PayoutRunService } from '#libs/settlement';

const SET = `mutation ($input: BankAccountSetInput!) { bankAccountSet(input: $input) { __typename
  ... on BankAccountSetPayload { bankAccount { id accountName lastFour state method } }
  ... on DomainError { code message } ... on InvalidInputError { fields { path } } } }`;
const ACCOUNT =
  'query ($merchantId: ID!) { bankAccount(merchantId: $merchantId) { id accountName lastFour state } }';
const OUTLOOK = `query ($merchantId: ID!) { payoutOutlook(merchantId: $merchantId) { nextOn nextFen obstacle minimumFen laterFen laterOn
  onTheWayFen availableFen heldFen nextReleaseAt nextReleaseOn clawbackFen isCalendarKnown } }`;
const PAYOUTS = `query ($merchantId: ID!, $first: Int, $after: String) { payouts(merchantId: $merchantId, first: $first, after: $after) {
  nodes { id amountFen state method sentAt settledAt failureCode } pageInfo { hasNextPage endCursor } } }`;
const LINE = 'nodes { kind orderId payoutId deductions { kind amountFen } amounts { heldFen availableFen } }';
const LINES = `query ($merchantId: ID!) { moneyLines(merchantId: $merchantId) { ${LINE} } }`;
const PAYOUT_LINES = `query ($payoutId: ID!) { payoutLines(payoutId: $payoutId) { ${LINE} } }`;

let world: World;

beforeAll(async () => {
  // The console's service pays out; the merchant's shows it.
  world = await World.start({ services: ['merchant', 'settlement'] });
});
beforeEach(() => world.clock.set('2026-11-02T02:00:00.000Z')); // Monday, 10:00.
afterAll(() => world.close());

const as = (role: 'MERCHANT_OWNER' | 'MERCHANT_CLERK', merchantId: string): Client =>
  world.client('merchant').as(world.person({ role, scopeKind: 'MERCHANT', scopeId: merchantId }).token);
const details = (merchantId: string) => ({
  merchantId,
  accountName: '炎陵县霞阳黄桃专业合作社',
  bankName: '炎陵农商银行（演示）',
  bankCode: '402552000019',
  accountNumber: '6230 0000 0000 0001',
  idempotencyKey: newId('key'),
});
const credit = (merchantId: `mer_${string}`, amountFen: bigint, effectiveAt: Date) =>
  world.database.transaction(async (tx) => {
    const transfers = [
      { debit: 'liability:suspense', credit: payeeAccount('available', merchantId), amountFen },
    ] as const;
    const journal = {
      idempotencyKey: newId('key'),
      kind: 'release',
      subject: newId('ord'),
      eventId: null,
      effectiveAt,
      transfers,
    };
    posted(await world.get(LedgerService).post(tx, [journal]));
  });
const verify = async (accountId: string) => {
  await world.get(PayeeAccountService).verify(newId('usr'), accountId, 'DOCUMENTS', '开户许可证（演示）');
};
const setAccount = async (owner: Client, merchantId: string): Promise<string> =>
  (await owner.ask<{ bankAccount: { id: string } }>(SET, { input: details(merchantId) })).bankAccount.id;

describe('bankAccountSet', () => {
  it('says where the money goes, to be verified by somebody else', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    expect(await owner.ask(ACCOUNT, { merchantId })).toBeNull();
    const input = details(merchantId);

    const first = await owner.ask<{ bankAccount: { id: string } }>(SET, { input });

    expect(first).toEqual({
      __typename: 'BankAccountSetPayload',
      bankAccount: {
        id: expect.stringMatching(/^pba_/),
        accountName: '炎陵县霞阳黄桃专业合作社',
        lastFour: '0001',
        state: 'UNVERIFIED',
        method: 'BANK',
      },
    });
    expect(await owner.ask(SET, { input })).toEqual(first);
    expect(await owner.ask(SET, { input: { ...input, accountNumber: '6230000000000009' } })).toMatchObject({
      code: 'PAYOUT_KEY_REUSED',
    });
    expect(await owner.ask(ACCOUNT, { merchantId })).toMatchObject({
      id: first.bankAccount.id,
      state: 'UNVERIFIED',
    });
  });

  it('has to be verified anew when it changes, and nothing is paid until then', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    await verify(await setAccount(owner, merchantId));
    await credit(merchantId, 20_000n, new Date('2026-10-30T02:00:00Z'));
    expect(await owner.ask(OUTLOOK, { merchantId })).toMatchObject({ obstacle: null, nextFen: '20000' });

    await setAccount(owner, merchantId);

    expect(await owner.ask(ACCOUNT, { merchantId })).toMatchObject({ state: 'UNVERIFIED' });
    expect(await owner.ask(OUTLOOK, { merchantId })).toMatchObject({
      obstacle: 'ACCOUNT_UNVERIFIED',
      nextFen: '0',
    });
  });

  it('refuses what is no account, and names all faults', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    const input = {
      ...details(merchantId),
      accountName: '=1+1',
      bankName: '',
      bankCode: '12',
      accountNumber: 'abc',
    };

    const refusal = await owner.ask<{ fields: { path: string }[] }>(SET, { input });

    expect(refusal).toMatchObject({ code: 'INVALID_INPUT' });
    expect(refusal.fields.map(({ path }) => path)).toEqual([
      'accountName',
      'bankName',
      'bankCode',
      'accountNumber',
    ]);
    expect(await owner.ask(ACCOUNT, { merchantId })).toBeNull();
  });
});

describe('payoutOutlook', () => {
  it('says when, how much, and why not more', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    await credit(merchantId, 20_000n, new Date('2026-11-01T07:59:59Z')); // Before Sunday's cut-off.
    await credit(merchantId, 3_000n, new Date('2026-11-02T01:00:00Z')); // This morning: tomorrow.

    expect(await owner.ask(OUTLOOK, { merchantId })).toEqual({
      nextOn: '2026-11-02',
      nextFen: '0',
      obstacle: 'NO_ACCOUNT',
      minimumFen: '10000',
      laterFen: '3000',
      laterOn: '2026-11-03',
      onTheWayFen: '0',
      availableFen: '23000',
      heldFen: '0',
      nextReleaseAt: null,
      nextReleaseOn: null,
      clawbackFen: '0',
      isCalendarKnown: false, // No calendar has been loaded in this world.
    });
    await verify(await setAccount(owner, merchantId));
    expect(await owner.ask(OUTLOOK, { merchantId })).toMatchObject({ obstacle: null, nextFen: '20000' });
  });

  it('calls what is too little by its name', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    await verify(await setAccount(owner, merchantId));
    await credit(merchantId, 9_999n, new Date('2026-10-30T02:00:00Z'));

    expect(await owner.ask(OUTLOOK, { merchantId })).toMatchObject({
      obstacle: 'BELOW_MINIMUM',
      nextFen: '0',
      availableFen: '9999',
    });
  });

  it('D5 knows when what is still held will be released and paid', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const product = await makeProduct(world, { merchantId });
    const order = await makePaidOrder(world, {}, product);
    await receiveOrder(world, order);

    expect(await as('MERCHANT_OWNER', merchantId).ask(OUTLOOK, { merchantId })).toMatchObject({
      // Perishable, received on Monday 2 November at 10:00: 48 hours, and the next working day.
      nextReleaseAt: '2026-11-04T02:00:00.000Z',
      nextReleaseOn: '2026-11-05',
    });
  });

  it('counts what is on the way', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    await verify(await setAccount(owner, merchantId));
    await credit(merchantId, 20_000n, new Date('2026-10-30T02:00:00Z'));
    world.clock.set('2026-11-02T08:00:00Z');
    while ((await world.get(PayoutRunService).work()) > 0);

    expect(await owner.ask(OUTLOOK, { merchantId })).toMatchObject({
      nextOn: '2026-11-03',
      nextFen: '0',
      onTheWayFen: '20000',
      availableFen: '20000',
      obstacle: null,
    });
    const payouts = await owner.ask<{ nodes: { id: string }[] }>(PAYOUTS, { merchantId });
    expect(payouts).toMatchObject({
      nodes: [{ amountFen: '20000', state: 'PLANNED', method: 'BANK', sentAt: null }],
      pageInfo: { hasNextPage: false },
    });
    // What it is made of, and what has come: set aside is not gone.
    const payoutId = payouts.nodes[0]?.id;
    const line = { kind: 'RELEASE', orderId: expect.stringMatching(/^ord_/), payoutId: null, deductions: [] };
    const whole = { ...line, amounts: { heldFen: '0', availableFen: '20000' } };
    expect(await owner.ask(PAYOUT_LINES, { payoutId })).toEqual({ nodes: [whole] });
    expect(await owner.ask(LINES, { merchantId })).toEqual({ nodes: [whole] });
    const other = as('MERCHANT_OWNER', (await makeMerchant(world)).id);
    expect(await other.codeOf(PAYOUT_LINES, { payoutId })).toBe('NOT_FOUND');
    expect(await other.codeOf(PAYOUT_LINES, { payoutId: 'pyo_9' })).toBe('NOT_FOUND');
    expect(await as('MERCHANT_CLERK', merchantId).codeOf(PAYOUT_LINES, { payoutId })).toBe('FORBIDDEN');
  });
});

describe('a merchant’s payouts', () => {
  it.each([
    ['payouts', PAYOUTS],
    ['payoutOutlook', OUTLOOK],
    ['bankAccount', ACCOUNT],
    ['moneyLines', LINES],
  ])('%s is for its owner', async (_, query) => {
    const [{ id: merchantId }, other] = [await makeMerchant(world), await makeMerchant(world)];

    expect(await world.client('merchant').codeOf(query, { merchantId })).toBe('UNAUTHENTICATED');
    expect(await as('MERCHANT_CLERK', merchantId).codeOf(query, { merchantId })).toBe('FORBIDDEN');
    expect(await as('MERCHANT_OWNER', other.id).codeOf(query, { merchantId })).toBe('NOT_FOUND');
    expect((await as('MERCHANT_OWNER', merchantId).send(query, { merchantId })).errors).toEqual([]);
  });

  it('bankAccountSet is for its owner', async () => {
    const [{ id: merchantId }, other] = [await makeMerchant(world), await makeMerchant(world)];
    const input = details(merchantId);

    expect(await world.client('merchant').codeOf(SET, { input })).toBe('UNAUTHENTICATED');
    expect(await as('MERCHANT_CLERK', merchantId).codeOf(SET, { input })).toBe('FORBIDDEN');
    expect(await as('MERCHANT_OWNER', other.id).codeOf(SET, { input })).toBe('NOT_FOUND');
    expect(await as('MERCHANT_OWNER', merchantId).ask(ACCOUNT, { merchantId })).toBeNull();
    world.clock.advance(DAY_MS);
  });
});
