import { CabinetService } from '#libs/counter';
import { DAY_MS, type IdOf, newId, refused } from '#libs/kernel';
import { LedgerService, type PayeeId, payeeAccount, posted } from '#libs/ledger';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeCabinet } from '../../make/cabinet.make.js';
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
const credit = (payeeId: PayeeId, amountFen: bigint, effectiveAt: Date) =>
  world.database.transaction(async (tx) => {
    const transfers = [
      { debit: 'liability:suspense', credit: payeeAccount('available', payeeId), amountFen },
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

const COUNTERS = `query ($merchantId: ID!, $counterId: ID, $first: Int, $after: String) {
  counterMoney(merchantId: $merchantId, counterId: $counterId, first: $first, after: $after) { nodes { counterId name since amounts { heldFen availableFen owedFen netFen } bankAccountState } pageInfo { hasNextPage endCursor } } }`;
/** Of a counter, what is said of a merchant as well. */
const ofCounter = (query: string) =>
  query
    .replace('$merchantId: ID!', '$merchantId: ID!, $counterId: ID')
    .replace('(merchantId: $merchantId', '(merchantId: $merchantId, counterId: $counterId');

describe('what a counter earns whoever runs it', () => {
  const run = async () => {
    const { id: merchantId } = await makeMerchant(world);
    const { cabinetId, channelPointId } = await makeCabinet(world, { operatorId: merchantId });
    return { merchantId, cabinetId, counterId: channelPointId as IdOf<'chp'> };
  };

  it('is seen, told where to go, and paid like a merchant’s own, each counter by itself', async () => {
    const { merchantId, counterId } = await run();
    const owner = as('MERCHANT_OWNER', merchantId);
    const asked = { merchantId, counterId };
    const input = { ...details(merchantId), counterId };
    const { bankAccount } = await owner.ask<{ bankAccount: { id: string } }>(SET, { input });
    await credit(counterId, 20_000n, new Date('2026-10-30T02:00:00Z'));

    expect(await owner.ask(ofCounter(OUTLOOK), asked)).toMatchObject({
      obstacle: 'ACCOUNT_UNVERIFIED',
      nextFen: '0',
      minimumFen: '10000',
      availableFen: '20000',
    });
    expect(await owner.ask(COUNTERS, { merchantId })).toEqual({
      nodes: [
        {
          counterId,
          name: '消费扶贫专柜',
          since: null,
          amounts: { heldFen: '0', availableFen: '20000', owedFen: '0', netFen: '20000' },
          bankAccountState: 'UNVERIFIED',
        },
      ],
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
    });
    await verify(bankAccount.id);
    world.clock.set('2026-11-03T08:00:00Z'); // A run of its own.
    while ((await world.get(PayoutRunService).work()) > 0);

    const payouts = await owner.ask<{ nodes: { id: string }[] }>(ofCounter(PAYOUTS), asked);
    expect(payouts).toMatchObject({ nodes: [{ amountFen: '20000', state: 'PLANNED' }] });
    const whole = { kind: 'RELEASE', amounts: { heldFen: '0', availableFen: '20000' } };
    expect(await owner.ask(ofCounter(LINES), asked)).toMatchObject({ nodes: [whole] });
    const payoutId = payouts.nodes[0]?.id;
    expect(await owner.ask(PAYOUT_LINES, { payoutId })).toMatchObject({ nodes: [whole] });
    // Nothing of it is the merchant's own, and another merchant sees none of it.
    expect(await owner.ask(LINES, { merchantId })).toEqual({ nodes: [] });
    expect(await owner.ask(ACCOUNT, { merchantId })).toBeNull();
    const stranger = await run();
    const other = as('MERCHANT_OWNER', stranger.merchantId);
    expect(await other.codeOf(PAYOUT_LINES, { payoutId })).toBe('NOT_FOUND');
    for (const query of [OUTLOOK, PAYOUTS, ACCOUNT, LINES].map(ofCounter)) {
      expect(await other.codeOf(query, asked)).toBe('NOT_FOUND');
      expect(await other.codeOf(query, { ...asked, merchantId: stranger.merchantId })).toBe('NOT_FOUND');
      expect(await as('MERCHANT_CLERK', merchantId).codeOf(query, asked)).toBe('FORBIDDEN');
    }
    const theirs = { input: { ...details(stranger.merchantId), counterId } };
    expect(await other.codeOf(SET, theirs)).toBe('NOT_FOUND');
    expect(await other.codeOf(COUNTERS, { merchantId })).toBe('NOT_FOUND');
    expect(await as('MERCHANT_CLERK', merchantId).codeOf(COUNTERS, { merchantId })).toBe('FORBIDDEN');
    expect(await owner.ask(ofCounter(ACCOUNT), asked)).toMatchObject({ state: 'VERIFIED' });
  });

  it('is listed page by page, at one cost', async () => {
    const { merchantId, counterId } = await run();
    const owner = as('MERCHANT_OWNER', merchantId);
    const one = await countStatements(() => owner.ask(COUNTERS, { merchantId }));
    const { channelPointId: second } = await makeCabinet(world, { operatorId: merchantId });
    await credit(second as IdOf<'chp'>, 300n, new Date('2026-10-30T02:00:00Z'));

    expect(await countStatements(() => owner.ask(COUNTERS, { merchantId }))).toBe(one);
    const first = await owner.ask<{ pageInfo: { endCursor: string } }>(COUNTERS, { merchantId, first: 1 });
    expect(first).toMatchObject({ nodes: [{ counterId }], pageInfo: { hasNextPage: true } });
    expect(await owner.ask(COUNTERS, { merchantId, counterId: second })).toMatchObject({
      nodes: [{ counterId: second }],
    });
    expect(await owner.ask(COUNTERS, { merchantId, after: first.pageInfo.endCursor })).toMatchObject({
      nodes: [{ counterId: second, amounts: { availableFen: '300' } }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('is of whoever runs it now: what came before, and where it went, is not shown', async () => {
    const { merchantId: before, cabinetId, counterId } = await run();
    await verify(
      (
        await as('MERCHANT_OWNER', before).ask<{ bankAccount: { id: string } }>(SET, {
          input: { ...details(before), counterId },
        })
      ).bankAccount.id,
    );
    await credit(counterId, 20_000n, new Date('2026-10-30T02:00:00Z'));
    const { id: merchantId } = await makeMerchant(world);
    // Ids begin with the time of the machine, whatever the clock of the test says.
    world.clock.set(new Date(Date.now()).toISOString());
    const by = { userId: newId('usr'), scope: { divisions: 'ALL' } } as const;
    await world.get(CabinetService).retire(cabinetId, by);
    expect(await as('MERCHANT_OWNER', before).ask(COUNTERS, { merchantId: before })).toMatchObject({
      nodes: [{ counterId }], // Its cabinet was the last that stood there.
    });
    const slots = [{ code: 'A1', capacity: 10, maxItemG: 1_000 }];
    const wish = { channelPointId: counterId, operatorId: merchantId, serialNo: 'TEST-NEXT', slots };
    const registered = await world
      .get(CabinetService)
      .register(wish, { userId: newId('usr'), divisions: 'ALL' });
    expect(refused(registered)).toBe(false);
    const since = world.clock.now().toISOString();
    await credit(counterId, 700n, world.clock.now());
    const owner = as('MERCHANT_OWNER', merchantId);
    const asked = { merchantId, counterId };

    expect(await owner.ask(COUNTERS, { merchantId })).toMatchObject({
      nodes: [{ counterId, since, amounts: { availableFen: '20700' }, bankAccountState: null }],
    });
    expect(await owner.ask(ofCounter(LINES), asked)).toMatchObject({
      nodes: [{ amounts: { availableFen: '700' } }],
    });
    expect(await owner.ask(ofCounter(ACCOUNT), asked)).toBeNull();
    expect(await owner.ask(ofCounter(OUTLOOK), asked)).toMatchObject({
      nextFen: '0',
      obstacle: 'NO_ACCOUNT',
    });
    expect(await as('MERCHANT_OWNER', before).ask(COUNTERS, { merchantId: before })).toMatchObject({
      nodes: [],
    });
    expect(
      await as('MERCHANT_OWNER', before).codeOf(ofCounter(LINES), { merchantId: before, counterId }),
    ).toBe('NOT_FOUND');
    const input = { ...details(merchantId), counterId };
    const { bankAccount } = await owner.ask<{ bankAccount: { id: string } }>(SET, { input });
    expect(await owner.ask(ofCounter(ACCOUNT), asked)).toMatchObject({ state: 'UNVERIFIED' });

    // The first payout is of all that was there, and shows what came in their own time.
    await verify(bankAccount.id);
    await credit(counterId, 50n, world.clock.now());
    const day = (days: number) => new Date(Date.parse(since) + days * DAY_MS);
    const monday = [3, 4, 5, 6, 7, 8, 9].map(day).find((at) => at.getUTCDay() === 1);
    world.clock.set(`${monday?.toISOString().slice(0, 10) ?? ''}T08:00:00Z`);
    while ((await world.get(PayoutRunService).work()) > 0);
    const payouts = await owner.ask<{ nodes: { id: string }[] }>(ofCounter(PAYOUTS), asked);
    expect(payouts).toMatchObject({ nodes: [{ amountFen: '20750' }] });
    const payoutId = payouts.nodes[0]?.id;
    const [earlier, later] = ['700', '50'].map((availableFen) => ({ amounts: { availableFen } }));
    expect(await owner.ask(PAYOUT_LINES, { payoutId })).toMatchObject({ nodes: [earlier, later] });
    const firstLine = PAYOUT_LINES.replace('payoutId: $payoutId', 'payoutId: $payoutId, first: 1');
    expect(await owner.ask(firstLine, { payoutId })).toMatchObject({ nodes: [earlier] });
  });
});
