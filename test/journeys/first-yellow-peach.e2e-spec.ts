import { readFileSync } from 'node:fs';
import { present } from '#libs/kernel';
import { type Motif, picture } from '../../scripts/demo/pictures.js';
import { Fleet, eventually } from '../harness/fleet.js';
import { ORDER_PLACE, PAYMENT_START } from '../harness/documents.js';
import { at, examplesOf, filled } from './page.js';

/** Seeded ids are made from names, so they are the same everywhere and may be written down. */
const PEACH = 'prd_01D03BBF0024RCTHJM5GGSKWKM';
const PEACH_BOX = 'var_01D03BBF00T7S655XWEYRSWQSQ';
const YANLING_PAVILION = 'chp_01D03BBF006QQJ51WV7AHFQ1P9';
const COOPERATIVE = 'mer_01D03BBF0078T81NDXF1K89J8Q';
const YANLING = '430225';

interface Login {
  readonly who: string;
  readonly phone: string;
  readonly note: string;
}

const logins = JSON.parse(readFileSync('data/zhuzhou/demo-logins.json', 'utf8')) as Login[];
const phoneOf = (note: string) =>
  present(
    logins.find((login) => login.note.includes(note)),
    note,
  ).phone;

const SIGN_IN_CODE =
  'mutation ($phone: String!) { signInCodeRequest(phone: $phone) { ... on SignInCodeRequestPayload { developmentCode } } }';
const SIGN_IN = `mutation ($phone: String!, $code: String!) { signInWithCode(phone: $phone, code: $code) {
  ... on SignInWithCodePayload { tokens { accessToken } } ... on DomainError { code message } } }`;
const VOLUME = `query ($filter: VolumeFilter!, $groupBy: [VolumeAxis!]!) { volume(filter: $filter, groupBy: $groupBy) {
  totals { orderedFen paidFen deliveredFen recognisedFen refundedFen } } }`;

/** The first paragraph of the whole undertaking, through every service, with real Redis, Bull, Stripe's SDK and webhooks. */
describe('a box of yellow peaches', () => {
  let fleet: Fleet;
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

  beforeAll(async () => {
    fleet = await Fleet.start();
    await fleet.run('dist/scripts/seed.js');
  }, 120_000);
  afterAll(() => fleet.close(), 30_000);

  // Codes are not sent twice within a minute: whoever has signed in stays so.
  const signedIn = new Map<string, Promise<string>>();
  const signIn = (service: 'storefront' | 'merchant' | 'settlement', note: string): Promise<string> => {
    const token = signedIn.get(note) ?? signInAnew(service, note);
    signedIn.set(note, token);
    return token;
  };
  const signInAnew = async (service: 'storefront' | 'merchant' | 'settlement', note: string) => {
    const phone = phoneOf(note);
    const { developmentCode: code } = await fleet.ask<{ developmentCode: string }>(
      service,
      null,
      SIGN_IN_CODE,
      { phone },
    );
    const { tokens } = await fleet.ask<{ tokens: { accessToken: string } }>(service, null, SIGN_IN, {
      phone,
      code,
    });
    return tokens.accessToken;
  };
  const volumeOf = async (token: string) => {
    const filter = { from: today, to: today, countyCodes: [YANLING], productIds: [PEACH] };
    const { totals } = await fleet.ask<{ totals: Record<string, string> }>('settlement', token, VOLUME, {
      filter,
      groupBy: [],
    });
    return totals;
  };
  const accounts = async (token: string, prefix: string) => {
    const query =
      'query ($prefix: String!) { ledgerAccounts(prefix: $prefix, first: 100) { nodes { code balanceFen } } }';
    const { nodes } = await fleet.ask<{ nodes: { code: string; balanceFen: string }[] }>(
      'settlement',
      token,
      query,
      { prefix },
    );
    return nodes.map(({ code, balanceFen }) => [code, BigInt(balanceFen)] as const);
  };

  it('is sold, paid, shipped, received, split and counted to the fen', async () => {
    const buyer = await signIn('storefront', 'first box of yellow peaches');
    const clerk = await signIn('merchant', 'Owner: orders, stock and money of pingle-peach');
    const official = await signIn('settlement', 'Official of Yanling');
    const neighbour = await signIn('settlement', 'Official of Chaling');
    const finance = await signIn('settlement', 'Finance: ledger');

    const shelf = await fleet.ask<{ nodes: { id: string }[] }>(
      'storefront',
      null,
      'query ($point: ID!) { products(filter: { channelPointId: $point }, first: 100) { nodes { id } } }',
      { point: YANLING_PAVILION },
    );
    expect(shelf.nodes.map(({ id }) => id)).toContain(PEACH);

    const { order } = await fleet.ask<{
      order: { id: string; totalFen: string; merchantOrders: { id: string }[] };
    }>('storefront', buyer, ORDER_PLACE, {
      input: {
        idempotencyKey: 'the-first-box',
        lines: [{ variantId: PEACH_BOX, channelPointId: YANLING_PAVILION, quantity: 1 }],
        recipient: {
          name: '李女士',
          phone: '19900000300',
          countyCode: '430211',
          address: '天元区泰山路街道1号',
        },
      },
    });
    const { payment } = await fleet.ask<{ payment: { action: { kind: string; url: string } } }>(
      'storefront',
      buyer,
      PAYMENT_START,
      {
        orderId: order.id,
        method: 'ALIPAY',
      },
    );
    expect(payment.action.kind).toBe('REDIRECT');
    await fleet.payAt(payment.action.url);

    const paid = 'query ($id: ID!) { order(id: $id) { state merchantOrders { id state } } }';
    const stateOf = () =>
      fleet.ask<{ state: string; merchantOrders: { id: string; state: string }[] }>(
        'storefront',
        buyer,
        paid,
        { id: order.id },
      );
    await eventually('the order is paid', async () => (await stateOf()).state === 'PAID');
    const merchantOrderId = present(order.merchantOrders[0], 'a merchant order').id;

    const shipped = await fleet.ask<object>(
      'merchant',
      clerk,
      `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename ... on DomainError { code message } } }`,
      { input: { merchantOrderId, carrier: '顺丰速运', trackingNo: 'SF1234567890' } },
    );
    expect(shipped).toMatchObject({ __typename: 'MerchantOrderShipPayload' });
    const received = await fleet.ask<object>(
      'storefront',
      buyer,
      'mutation ($id: ID!) { merchantOrderReceive(merchantOrderId: $id) { __typename ... on DomainError { code message } } }',
      { id: merchantOrderId },
    );
    expect(received).toMatchObject({ __typename: 'MerchantOrderReceivePayload' });

    const counted = await eventually('the official reads the sale', async () => {
      const totals = await volumeOf(official);
      return totals['recognisedFen'] === '0' ? null : totals;
    });
    expect(counted).toEqual({
      orderedFen: '8800',
      paidFen: '8800',
      deliveredFen: '8800',
      recognisedFen: '8800',
      refundedFen: '0',
    });
    expect(await volumeOf(neighbour)).toMatchObject({ paidFen: '0', recognisedFen: '0' });

    const held = await eventually('the books have the split', async () => {
      const rows = await accounts(finance, 'liability:held:');
      return rows.length > 2 ? rows : null;
    });
    // Rule R-A0 on 8,800 fen of goods; 800 fen of freight go to the cooperative whole.
    const freight = BigInt(order.totalFen) - 8_800n;
    const sumOf = (prefix: string) =>
      held.filter(([code]) => code.startsWith(prefix)).reduce((sum, [, fen]) => sum + fen, 0n);
    expect(sumOf(`liability:held:${COOPERATIVE}`)).toBe(6_424n + freight);
    expect(sumOf('liability:held:hhd_')).toBe(1_760n);
    expect(sumOf('liability:held:fund:')).toBe(176n);
    expect(Object.fromEntries(await accounts(finance, 'liability:deferred_fee'))).toEqual({
      'liability:deferred_fee': 440n,
    });
    expect(Object.fromEntries(await accounts(finance, 'liability:escrow'))).toEqual({
      'liability:escrow': 0n,
    });
    expect(await fleet.ask('settlement', finance, '{ trialBalance { differenceFen } }')).toEqual({
      differenceFen: '0',
    });
  }, 60_000);

  it('is not alone: the story of the demonstration has its orders, coupons, cases and reviews, and is told once', async () => {
    const told = await fleet.run('dist/scripts/demo.js');
    const again = await fleet.run('dist/scripts/demo.js');

    expect([told, again]).toEqual([
      '12 orders with coupons, cases and reviews',
      'the orders of the story are there already',
    ]);
    const second = await signIn('storefront', 'A second buyer');
    const operator = await signIn('settlement', 'Operator');
    const finance = await signIn('settlement', 'Finance as well');
    const cases = await fleet.ask<{ nodes: object[] }>(
      'storefront',
      second,
      '{ afterSales { nodes { kind state photos { subject } } } }',
    );
    expect(cases.nodes).toEqual([
      { kind: 'EXCHANGE', state: 'RETURNING', photos: [{ subject: 'GOODS' }] },
      {
        kind: 'FRESH_CLAIM',
        state: 'REQUESTED',
        photos: [{ subject: 'WAYBILL' }, { subject: 'SCALE' }, { subject: 'GOODS' }],
      },
    ]);
    const states = await fleet.ask<{ nodes: { state: string }[] }>(
      'storefront',
      second,
      '{ coupons { nodes { state } } }',
    );
    expect(states.nodes.map(({ state }) => state)).toEqual(['USED', 'USED', 'USED']);
    expect(
      await fleet.ask('settlement', operator, '{ reviews(states: [HELD]) { nodes { rating } } }'),
    ).toEqual({
      nodes: [{ rating: 5 }],
    });
    // A host's shops stand under one contract; last month's sales were told and mended, this month's wait with a row that is wrong.
    const host = await signIn('merchant', 'Runs zones');
    const [own] = await fleet.ask<{ id: string }[]>('merchant', host, '{ merchants { id } }');
    const ofHost = (field: string) =>
      fleet.ask('merchant', host, `query ($id: ID!) { ${field} }`, { id: present(own, 'the host').id });
    expect(await ofHost('zoneContracts(merchantId: $id) { nodes { isHolding shopCount } }')).toEqual({
      nodes: [{ isHolding: true, shopCount: 5 }],
    });
    expect(
      await ofHost('sellThroughs(merchantId: $id) { nodes { newCount changedCount faultyCount } }'),
    ).toEqual({
      nodes: [
        { newCount: 1, changedCount: 0, faultyCount: 1 },
        { newCount: 0, changedCount: 1, faultyCount: 0 },
        { newCount: 4, changedCount: 0, faultyCount: 0 },
      ],
    });
    const refunded = await eventually('the bowl is paid back', async () => {
      const { nodes } = await fleet.ask<{ nodes: { name: string; spentFen: string }[] }>(
        'settlement',
        finance,
        '{ promotions { nodes { name spentFen } } }',
      );
      const spent = new Map(nodes.map(({ name, spentFen }) => [name, spentFen]));
      return spent.get('株洲市消费券：满80减20') === '4000' ? null : spent;
    });
    // The buyer has paid 11,900 fen of the bowls and gets 2,300 back; of the voucher's 2,000 the same part goes back, 386.
    expect(Object.fromEntries(refunded)).toEqual({
      '年货节：满200减30': '0',
      '株洲市消费券：满80减20': '3614',
      '消费帮扶月：满100减15': '1500',
    });
    expect(await fleet.ask('settlement', finance, '{ trialBalance { differenceFen } }')).toEqual({
      differenceFen: '0',
    });
  }, 60_000);

  it('a school sees how far it has come with its share, and sends a list of gifts that its director signs', async () => {
    const canteen = await signIn('storefront', 'Buys for a school canteen');
    const director = await signIn('storefront', 'Approves what the school canteen buys');
    const [unit] = await fleet.ask<{ id: string; myRoles: string[] }[]>(
      'storefront',
      canteen,
      '{ myProcurementUnits { id myRoles } }',
    );
    const unitId = present(unit, 'the school').id;
    const byKind = await eventually('what the school has received counts', async () => {
      const progress = await fleet.ask<{ byKind: { kind: string; boughtFen: string }[] }>(
        'storefront',
        canteen,
        'query ($unitId: ID!, $year: Int!) { unitShareProgress(unitId: $unitId, year: $year) { byKind { kind boughtFen } } }',
        { unitId, year: Number(today.slice(0, 4)) },
      );
      const bought = Object.fromEntries(progress.byKind.map(({ kind, boughtFen }) => [kind, boughtFen]));
      return bought['UNIT'] === String(12 * 5_900 + 6 * 3_900) && bought['UNION'] !== '0' ? bought : null;
    });
    expect(byKind).toMatchObject({ UNION: String(10 * 7_600), CONTRACTOR: '0', STAFF: '0', OTHER: '0' });

    interface List {
      readonly id: string;
      readonly state: string;
      readonly faultyRowCount: number;
      readonly totalFen: string;
      readonly progress: object;
    }
    const lists = async () => {
      const { nodes } = await fleet.ask<{ nodes: List[] }>(
        'storefront',
        canteen,
        'query ($unitId: ID!) { bulkOrders(unitId: $unitId) { nodes { id state faultyRowCount totalFen progress { placed signed } } } }',
        { unitId },
      );
      return present(nodes[0], 'the list of the story');
    };
    const { id, totalFen, ...seen } = await lists();
    expect(seen).toMatchObject({ state: 'CHECKED', faultyRowCount: 1 });
    const input = { bulkOrderId: id, totalFen, mode: 'EACH_BY_ITSELF', paymentTerm: 'ON_ACCOUNT' };
    await fleet.ask(
      'storefront',
      canteen,
      'mutation ($input: BulkOrderConfirmInput!) { bulkOrderConfirm(input: $input) { __typename } }',
      { input },
    );
    await eventually('the list is placed', async () => (await lists()).state === 'PLACED');
    await fleet.ask(
      'storefront',
      director,
      'mutation ($id: ID!) { bulkOrderSign(bulkOrderId: $id) { __typename } }',
      { id },
    );
    await eventually('the list is signed', async () => (await lists()).state === 'SIGNED');
    expect(await lists()).toMatchObject({ progress: { placed: 0, signed: 2 } });
    await eventually('the school owes for it', async () => {
      const { openFen } = await fleet.ask<{ openFen: string }>(
        'storefront',
        director,
        'query ($unitId: ID!) { unitAgeing(unitId: $unitId) { openFen } }',
        { unitId },
      );
      return BigInt(openFen) >= BigInt(totalFen) + 6n * 3_900n;
    });
  }, 60_000);

  it('travels in two parcels, each signed for by itself; what is left is called off, paid back and not counted', async () => {
    const buyer = await signIn('storefront', 'first box of yellow peaches');
    const clerk = await signIn('merchant', 'Owner: orders, stock and money of pingle-peach');
    const official = await signIn('settlement', 'Official of Yanling');
    const before = await volumeOf(official);
    const { order } = await fleet.ask<{ order: { id: string } }>('storefront', buyer, ORDER_PLACE, {
      input: {
        idempotencyKey: 'three-boxes',
        lines: [{ variantId: PEACH_BOX, channelPointId: YANLING_PAVILION, quantity: 3 }],
        recipient: { name: '李女士', phone: '19900000300', countyCode: '430211', address: '泰山路街道1号' },
      },
    });
    const { payment } = await fleet.ask<{ payment: { action: { url: string } } }>(
      'storefront',
      buyer,
      PAYMENT_START,
      { orderId: order.id, method: 'ALIPAY' },
    );
    await fleet.payAt(payment.action.url);
    interface Page {
      readonly state: string;
      readonly merchantOrders: {
        readonly id: string;
        readonly state: string;
        readonly lines: { readonly id: string }[];
        readonly fulfillments: { readonly id: string; readonly receivedAt: string | null }[];
      }[];
      readonly timeline: { readonly kind: string }[];
      readonly refunds: { readonly reason: string; readonly state: string; readonly amountFen: string }[];
    }
    const look = () =>
      fleet.ask<Page>(
        'storefront',
        buyer,
        `query ($id: ID!) { order(id: $id) { state timeline { kind } refunds { reason state amountFen }
          merchantOrders { id state lines { id } fulfillments { id receivedAt } } } }`,
        { id: order.id },
      );
    const partOf = async () => present((await look()).merchantOrders[0], 'a merchant order');
    await eventually('the order is paid', async () => (await look()).state === 'PAID');
    const { id: merchantOrderId, lines } = await partOf();
    const orderLineId = present(lines[0], 'a line').id;

    for (const trackingNo of ['SF2000000001', 'SF2000000002']) {
      const input = {
        merchantOrderId,
        carrier: '顺丰速运',
        trackingNo,
        lines: [{ orderLineId, quantity: 1 }],
      };
      const shipped = await fleet.ask<object>(
        'merchant',
        clerk,
        'mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename } }',
        { input },
      );
      expect(shipped).toMatchObject({ __typename: 'MerchantOrderShipPayload' });
      const { fulfillments } = await partOf();
      const parcel = present(
        fulfillments.find(({ receivedAt }) => receivedAt === null),
        'a parcel',
      );
      await fleet.ask(
        'storefront',
        buyer,
        'mutation ($id: ID!) { fulfillmentReceive(fulfillmentId: $id) { __typename } }',
        parcel,
      );
    }
    expect(await partOf()).toMatchObject({ state: 'PARTLY_SHIPPED' });
    await fleet.ask(
      'storefront',
      buyer,
      'mutation ($id: ID!) { merchantOrderCallOffRest(merchantOrderId: $id) { __typename } }',
      { id: merchantOrderId },
    );

    const done = await eventually('the third box is paid back', async () => {
      const page = await look();
      return page.refunds[0]?.state === 'SUCCEEDED' ? page : null;
    });
    expect(done).toMatchObject({
      merchantOrders: [{ state: 'RECEIVED' }],
      refunds: [{ reason: 'CALLED_OFF', amountFen: '8800' }],
    });
    expect(done.timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'PLACED',
        'PAID',
        'SHIPPED',
        'RECEIVED',
        'CALLED_OFF',
        'REFUNDED',
        'AFTER_SALE_UNTIL',
      ]),
    );
    const counted = await eventually('two boxes are counted', async () => {
      const totals = await volumeOf(official);
      const more = (key: string) => BigInt(totals[key] ?? 0) - BigInt(before[key] ?? 0);
      return more('recognisedFen') === 17_600n && more('refundedFen') === 8_800n ? more('paidFen') : null;
    });
    expect(counted).toBe(26_400n);
  }, 60_000);

  it('is bought, reviewed and claimed for as docs/buying.md says, example by example', async () => {
    const merchant = await signIn('merchant', 'Clerk: orders and stock');
    const memory = new Map([['merchant', merchant]]);
    const examples = examplesOf('docs/buying.md');

    for (const { who, query, variables, keeps, until, pays, photographs } of examples) {
      const token = who === 'nobody' ? null : present(memory.get(who), who);
      if (pays) await fleet.payAt(present(memory.get(pays), pays));
      for (const name of photographs)
        memory.set(
          name,
          await fleet.photo(token, await picture(name.toUpperCase() as Motif, `page ${name}`)),
        );
      const ask = async () => {
        const given = JSON.parse(filled(variables, memory)) as object;
        const answer = await fleet.ask<object>(who === 'merchant' ? who : 'storefront', token, query, given);
        if ('code' in answer) throw new Error(`${JSON.stringify(answer)} to\n${query}`);
        return answer;
      };
      const answer = until
        ? await eventually(until.join(), async () => {
            const seen = await ask();
            return at(seen, until[0]) === until[1] ? seen : null;
          })
        : await ask();
      for (const [name, path] of keeps) memory.set(name, at(answer, path));
    }

    expect(examples.length).toBeGreaterThan(32);
    expect(memory.get('product')).toBe(PEACH);
  }, 60_000);

  it('is ordered before it is picked: a deposit, the balance, a delay, and all of it back', async () => {
    const buyer = await signIn('storefront', 'first box of yellow peaches');
    const owner = await signIn('merchant', 'Owner: orders, stock and money of pingle-peach');
    const finance = await signIn('settlement', 'Finance: ledger');
    const { nodes } = await fleet.ask<{
      nodes: {
        id: string;
        presales: { id: string; variantIds: string[]; firstOn: string; lastOn: string }[];
      }[];
    }>(
      'storefront',
      null,
      '{ products(filter: { isPresold: true }) { nodes { id presales { id variantIds firstOn lastOn } } } }',
    );
    expect(nodes.map(({ id }) => id)).toEqual([PEACH]);
    const presale = present(nodes[0]?.presales[0], 'the presale of the demonstration');
    const { order } = await fleet.ask<{ order: { id: string } }>('storefront', buyer, ORDER_PLACE, {
      input: {
        idempotencyKey: 'the-next-harvest',
        lines: [{ variantId: presale.variantIds[0], quantity: 2 }],
        recipient: { name: '李女士', phone: '19900000300', countyCode: '430211', address: '泰山路街道1号' },
      },
    });
    interface Seen {
      readonly state: string;
      readonly depositFen: string;
      readonly depositPaidAt: string | null;
      readonly balanceFen: string;
      readonly cancelReason: string | null;
      readonly presale: { readonly promisedDispatchOn: string };
      readonly delayNotices: readonly { readonly id: string; readonly state: string }[];
      readonly refunds: readonly { readonly state: string; readonly amountFen: string }[];
    }
    const look = () =>
      fleet.ask<Seen>(
        'storefront',
        buyer,
        `query ($id: ID!) { order(id: $id) { state depositFen depositPaidAt balanceFen cancelReason presale { promisedDispatchOn }
          delayNotices { id state } refunds { state amountFen } } }`,
        { id: order.id },
      );
    const payNext = async () => {
      const { payment } = await fleet.ask<{ payment: { action: { url: string } } }>(
        'storefront',
        buyer,
        PAYMENT_START,
        { orderId: order.id, method: 'ALIPAY' },
      );
      await fleet.payAt(payment.action.url);
    };
    const held = async () =>
      Object.fromEntries(await accounts(finance, 'liability:deposit'))['liability:deposit'];

    expect((await look()).presale.promisedDispatchOn).toBe(presale.firstOn);
    await payNext();
    await eventually('the deposit is here', async () => (await look()).depositPaidAt !== null);
    await eventually('the books hold it for the buyer', async () => (await held()) === 2_560n);
    await payNext();
    await eventually('the order is paid', async () => (await look()).state === 'PAID');
    await eventually('nothing is held any more', async () => (await held()) === 0n);

    const moved = await fleet.ask<object>(
      'merchant',
      owner,
      `mutation ($input: PresaleDelayAnnounceInput!) { presaleDelayAnnounce(input: $input) { __typename
        ... on PresaleDelayAnnouncePayload { askedCount } ... on DomainError { code message } } }`,
      {
        input: {
          presaleId: presale.id,
          day: presale.firstOn,
          newDay: presale.lastOn,
          reason: '连日降雨，推迟采摘',
        },
      },
    );
    expect(moved).toMatchObject({ askedCount: 1 });
    const [notice] = (await look()).delayNotices;
    await fleet.ask(
      'storefront',
      buyer,
      'mutation ($id: ID!) { delayNoticeAnswer(noticeId: $id, choice: REFUND) { __typename ... on DomainError { code message } } }',
      { id: present(notice, 'a notice').id },
    );
    const over = await eventually('deposit and balance are back', async () => {
      const seen = await look();
      return seen.refunds.length === 2 && seen.refunds.every(({ state }) => state === 'SUCCEEDED')
        ? seen
        : null;
    });
    expect(over).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'DELAYED',
      delayNotices: [{ state: 'REFUNDED' }],
    });
    expect(over.refunds.map(({ amountFen }) => amountFen)).toEqual([over.balanceFen, over.depositFen]);
    expect(await fleet.ask('settlement', finance, '{ trialBalance { differenceFen } }')).toEqual({
      differenceFen: '0',
    });
  }, 60_000);
});
