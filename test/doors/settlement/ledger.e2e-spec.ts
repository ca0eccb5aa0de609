import { DAY_MS, newId } from '#libs/kernel';
import { MerchantOrderService } from '#libs/ordering';
import { emit, newEvent } from '#platform/outbox';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeLinkage } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { type MadeOrder, makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

const TRIAL_BALANCE = '{ trialBalance { differenceFen rows { type debitsFen creditsFen } } }';
const ACCOUNT = `query ($code: String!) {
  ledgerAccount(code: $code) { code type normalSide balanceMode state debitsFen creditsFen balanceFen }
}`;
const ACCOUNTS = `query ($prefix: String, $first: Int, $after: String) {
  ledgerAccounts(prefix: $prefix, first: $first, after: $after) {
    nodes { code balanceFen }
    pageInfo { hasNextPage endCursor }
  }
}`;
const JOURNALS = `query ($subject: ID!) {
  journals(subject: $subject) { id idempotencyKey kind subject eventId effectiveAt transfers { debit credit amountFen } }
}`;

const JOURNAL = `query ($id: ID!) { ledgerJournal(id: $id) {
  id subject transfers { debit credit debitOwnerName creditOwnerName amountFen } } }`;
const MOVEMENTS = `query ($code: String!, $first: Int, $after: String) {
  ledgerMovements(code: $code, first: $first, after: $after) {
    nodes { journalId kind subject debitedFen creditedFen }
    pageInfo { hasNextPage endCursor }
  }
}`;
const OWNERS = `query ($prefix: String) { ledgerAccounts(prefix: $prefix, first: 100) { nodes { code ownerName } } }`;

interface Movements {
  readonly nodes: readonly { readonly kind: string; readonly subject: string; readonly journalId: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Accounts {
  readonly nodes: readonly { readonly code: string; readonly balanceFen: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('the books', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    await makeDivisions(world);
  });
  afterAll(() => world.close());

  const finance = () =>
    world
      .client('settlement')
      .as(world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' }).token);
  const balancesOf = async (prefix: string) => {
    const { nodes } = await finance().ask<Accounts>(ACCOUNTS, { prefix, first: 100 });
    return Object.fromEntries(nodes.map(({ code, balanceFen }) => [code, balanceFen]));
  };
  /** What payment tells once the provider has the money. */
  const capture = async ({ orderId }: MadeOrder, amountFen: string, feeFen: string) => {
    const [paymentId, intentRef, now] = [newId('pay'), `pi_${orderId}`, world.clock.now()];
    const captured = {
      paymentId,
      orderId,
      intentRef,
      amountFen,
      disposition: 'KEPT',
      capturedAt: now.toISOString(),
    };
    const charged = { paymentId, orderId, movementRef: `txn_${orderId}`, feeFen };
    await world.database.transaction((tx) =>
      emit(tx, newEvent('payment.captured', captured, now), newEvent('payment.fee_charged', charged, now)),
    );
    await world.settle();
    return paymentId;
  };
  /** A sale of ¥123.45 to two households' cooperative, captured. */
  const sell = async () => {
    const merchant = await makeMerchant(world);
    const { agreement, householdIds } = await makeLinkage(world, {
      merchantId: merchant.id,
      weights: [1, 1],
    });
    const batches = [{ quantity: 10, linkageAgreementId: agreement.id }];
    const product = await makeProduct(world, { merchantId: merchant.id, pricesFen: [12_345n], batches });
    const order = await makePaidOrder(world, {}, product);
    const paymentId = await capture(order, '12345', '272');
    return { ...order, paymentId, merchantId: merchant.id, householdIds };
  };

  it('A7: say who has what of a sale, and why', async () => {
    const { orderId, paymentId, merchantId, householdIds } = await sell();

    expect(await balancesOf(`liability:held:${merchantId}`)).toEqual({
      [`liability:held:${merchantId}`]: '9012',
    });
    const held = await balancesOf('liability:held:hhd_');
    expect(householdIds.map((id) => held[`liability:held:${id}`])).toEqual(['1235', '1234']);
    expect(await finance().ask(JOURNALS, { subject: orderId })).toMatchObject([
      {
        kind: 'payment_captured',
        idempotencyKey: `pay:stripe:pi_${orderId}`,
        transfers: [{ debit: 'asset:psp:stripe:cny', credit: 'liability:escrow', amountFen: '12345' }],
      },
      {
        kind: 'order_split',
        idempotencyKey: `split:${orderId}:${paymentId}`,
        effectiveAt: world.clock.now().toISOString(),
      },
      {
        kind: 'psp_fee',
        transfers: [{ debit: 'expense:psp_fee', credit: 'asset:psp:stripe:cny', amountFen: '272' }],
      },
    ]);
  });

  it('D20: release what was held once the order is completed', async () => {
    const { orderId, buyerId, merchantId } = await sell();
    await receiveOrder(world, { orderId, buyerId });
    world.clock.advance(8 * DAY_MS);

    expect(await world.get(MerchantOrderService).completeDue(10)).toBe(1);
    await world.settle();

    expect(await balancesOf(`liability:held:${merchantId}`)).toEqual({
      [`liability:held:${merchantId}`]: '0',
    });
    expect(await finance().ask(ACCOUNT, { code: `liability:available:${merchantId}` })).toEqual({
      code: `liability:available:${merchantId}`,
      type: 'liability',
      normalSide: 'credit',
      balanceMode: 'LOCKED',
      state: 'OPEN',
      debitsFen: '0',
      creditsFen: '9012',
      balanceFen: '9012',
    });
    expect(await finance().ask(ACCOUNT, { code: 'revenue:platform_fee' })).toMatchObject({
      balanceFen: '617',
      balanceMode: 'DEFERRED',
    });
  });

  it('are balanced', async () => {
    await sell();

    const { differenceFen, rows } = await finance().ask<{ differenceFen: string; rows: { type: string }[] }>(
      TRIAL_BALANCE,
    );

    expect(differenceFen).toBe('0');
    expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(['asset', 'expense', 'liability']));
  });

  it('list accounts page by page', async () => {
    await sell();
    const all = Object.keys(await balancesOf('liability:'));
    const seen: string[] = [];
    let after: string | null = null;

    do {
      const page: Accounts = await finance().ask<Accounts>(ACCOUNTS, {
        prefix: 'liability:',
        first: 3,
        after,
      });
      seen.push(...page.nodes.map(({ code }) => code));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);

    expect(seen).toEqual(all);
  });

  it('say whose an account is and what moved it, journal by journal, the latest first', async () => {
    const { orderId, merchantId, householdIds } = await sell();
    const code = `liability:held:${merchantId}`;
    const [fee] = (await finance().ask<Movements>(MOVEMENTS, { code: 'asset:psp:stripe:cny', first: 1 }))
      .nodes;
    const first = await finance().ask<Movements>(MOVEMENTS, { code: 'liability:escrow', first: 1 });
    const after = first.pageInfo.endCursor;
    const second = await finance().ask<Movements>(MOVEMENTS, { code: 'liability:escrow', first: 1, after });

    expect(fee).toMatchObject({ kind: 'psp_fee', subject: orderId, debitedFen: '0', creditedFen: '272' });
    // What an order is split into are many transfers, and one line here.
    expect([...first.nodes, ...second.nodes]).toMatchObject([
      { kind: 'order_split', subject: orderId, debitedFen: '12345', creditedFen: '0' },
      { kind: 'payment_captured', subject: orderId, debitedFen: '0', creditedFen: '12345' },
    ]);
    expect((await finance().ask<Movements>(MOVEMENTS, { code })).nodes).toHaveLength(1);
    expect(await finance().ask(JOURNAL, { id: first.nodes[0]?.journalId })).toMatchObject({
      subject: orderId,
      transfers: expect.arrayContaining([
        {
          debit: 'liability:escrow',
          credit: code,
          debitOwnerName: null,
          creditOwnerName: expect.any(String),
          amountFen: '9012',
        },
        expect.objectContaining({ credit: `liability:held:${householdIds[0]}`, creditOwnerName: null }),
      ]),
    });
    const { nodes } = await finance().ask<{ nodes: { code: string; ownerName: string | null }[] }>(OWNERS, {
      prefix: 'liability:held:',
    });
    const nameOf = (begin: string) => nodes.find((node) => node.code.startsWith(begin))?.ownerName;

    expect(nameOf(code)).toEqual(expect.any(String));
    expect(nameOf('liability:held:fund:430225')).toBe('炎陵县');
    expect(nameOf(`liability:held:${householdIds[0]}`)).toBeNull();
  });

  it('name all owners of a page in as many statements as those of one', async () => {
    const one = await countStatements(() => finance().ask(OWNERS, { prefix: 'liability:held:mer_' }));
    await sell();
    const more = await countStatements(() => finance().ask(OWNERS, { prefix: 'liability:held:mer_' }));

    expect(more).toBe(one);
  });

  it('know nothing of what nobody has posted', async () => {
    expect(await finance().ask(JOURNAL, { id: 'jrn_nothing' })).toBeNull();
    expect((await finance().ask<Movements>(MOVEMENTS, { code: 'liability:held:mer_nobody' })).nodes).toEqual(
      [],
    );
    expect(await finance().ask(ACCOUNT, { code: 'liability:held:mer_nobody' })).toBeNull();
    expect(await finance().ask(JOURNALS, { subject: 'ord_nothing' })).toEqual([]);
  });

  it('refuse a page nobody may ask for', async () => {
    expect(await finance().codeOf(ACCOUNTS, { first: 101 })).toBe('INVALID_INPUT');
    expect(await finance().codeOf(ACCOUNTS, { after: 'nonsense' })).toBe('INVALID_INPUT');
  });

  it.each([
    ['trialBalance', TRIAL_BALANCE, {}],
    ['ledgerAccount', ACCOUNT, { code: 'liability:escrow' }],
    ['ledgerAccounts', ACCOUNTS, {}],
    ['journals', JOURNALS, { subject: 'ord_1' }],
    ['ledgerJournal', JOURNAL, { id: 'jrn_1' }],
    ['ledgerMovements', MOVEMENTS, { code: 'liability:escrow' }],
  ])("show %s to the platform's finance only", async (_, query, variables) => {
    const client = world.client('settlement');
    const official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430200' });
    const countyFinance = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });

    expect(await client.codeOf(query, variables)).toBe('UNAUTHENTICATED');
    expect(await client.as(world.person().token).codeOf(query, variables)).toBe('FORBIDDEN');
    expect(await client.as(official.token).codeOf(query, variables)).toBe('FORBIDDEN');
    expect(await client.as(countyFinance.token).codeOf(query, variables)).toBe('FORBIDDEN');
    expect((await client.as(operator.token).send(query, variables)).errors).toEqual([]);
  });
});
