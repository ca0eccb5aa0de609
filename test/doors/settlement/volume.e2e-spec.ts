import { DAY_MS, newId } from '#libs/kernel';
import { OrderService } from '#libs/ordering';
import type { Grant } from '#platform/auth';
import {
  UNKNOWN_ATTRIBUTION,
  type VolumeFactDraft,
  MonthCloseService,
  VolumeFactService,
  VolumeRollupService,
  factsOfReceived,
} from '#libs/volume';
import { VOLUME_TABLES, line } from '../../database/volume-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, makePaidOrder } from '../../make/order.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

const VOLUME = `query ($filter: VolumeFilter!, $groupBy: [VolumeAxis!]!) {
  volume(filter: $filter, groupBy: $groupBy) {
    rows { day month county { code name } product { id name } channel isCertified orderedFen paidFen refundedFen deliveredFen recognisedFen certifiedFen quantity weightG }
    totals { orderedFen paidFen refundedFen deliveredFen recognisedFen certifiedFen quantity weightG }
    isProvisional dataAsOf
  }
}`;

const DESK =
  '{ desk { permissions isPlatformWide divisions { code cityCode hasFigures counties { code } } } }';
const MAP = `query ($cityCode: ID!) { countyMap(cityCode: $cityCode) { width height counties { code name path x y column row } } }`;

interface Desk {
  readonly permissions: readonly string[];
  readonly isPlatformWide: boolean;
  readonly divisions: readonly {
    readonly code: string;
    readonly cityCode: string | null;
    readonly hasFigures: boolean;
    readonly counties: readonly { readonly code: string }[];
  }[];
}

interface Report {
  readonly rows: readonly Record<string, unknown>[];
  readonly totals: Record<string, unknown>;
  readonly isProvisional: boolean;
  readonly dataAsOf: string;
}

const officialOf = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const grantOf = (role: Grant['role'], scopeId: string): Grant => ({
  role,
  scopeKind: scopeId === '*' ? 'PLATFORM' : 'DIVISION',
  scopeId,
});
const YEAR = { from: '2026-01-01', to: '2026-12-31' };

describe('volume', () => {
  let world: World;
  let peach: MadeProduct;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    await makeDivisions(world);
    peach = await makeProduct(world, { name: '炎陵黄桃', pricesFen: [10_000n], netWeightG: 2500 });
    await makeCertification(world, peach.productId);
  });
  afterAll(() => world.close());
  afterEach(async () => {
    await world.settle();
    await world.clear(...VOLUME_TABLES);
    world.clock.set('2026-11-02T02:00:00.000Z');
  });

  const settleAndRoll = async () => {
    await world.settle();
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
  };
  const ask = (groupBy: readonly string[], filter: object = YEAR, scope = '430200') =>
    world
      .client('settlement')
      .as(world.person(officialOf(scope)).token)
      .ask<Report>(VOLUME, { filter, groupBy });

  it('follows a sale from being placed to being received', async () => {
    const { orderId, buyerId } = await makePaidOrder(world, { quantity: 2 }, peach);
    await settleAndRoll();
    expect((await ask([])).totals).toMatchObject({
      orderedFen: '20000',
      paidFen: '20000',
      deliveredFen: '0',
      recognisedFen: '0',
      quantity: 0,
    });

    world.clock.advance(3 * DAY_MS);
    await receiveOrder(world, { orderId, buyerId });
    await settleAndRoll();
    const { rows, totals } = await ask(['COUNTY', 'PRODUCT', 'CHANNEL']);

    const recognised = {
      deliveredFen: '20000',
      recognisedFen: '20000',
      certifiedFen: '20000',
      quantity: 2,
      weightG: 5000,
    };
    expect(totals).toMatchObject({ orderedFen: '20000', paidFen: '20000', refundedFen: '0', ...recognised });
    expect(rows).toEqual([
      {
        ...totals,
        day: null,
        month: null,
        county: { code: '430225', name: '炎陵县' },
        product: { id: peach.productId, name: '炎陵黄桃' },
        channel: 'ONLINE',
        isCertified: null,
      },
    ]);
    expect((await ask(['DAY'])).rows).toMatchObject([
      { day: '2026-11-02', paidFen: '20000', recognisedFen: '0' },
      { day: '2026-11-05', paidFen: '0', recognisedFen: '20000' },
    ]);
  });

  it('says of a sale who tells of it, and knows its buyer again without knowing them', async () => {
    const { orderId, buyerId } = await makePaidOrder(world, {}, peach);
    await receiveOrder(world, { orderId, buyerId });
    await settleAndRoll();

    const rows = await world.database.query<Record<string, string>>(
      `SELECT DISTINCT source_system AS system, source_order_no AS orderNo, buyer_key AS buyerKey, address_key AS addressKey
       FROM volume_fact`,
    );

    const key = expect.stringMatching(/^[\w-]{22}$/);
    expect(rows).toEqual([{ system: 'TAOYUAN', orderNo: orderId, buyerKey: key, addressKey: key }]);
  });

  it('F4: counts as certified what was certified when it was paid', async () => {
    const product = await makeProduct(world, { pricesFen: [100n] });
    await makeCertification(world, product.productId, { revokedAt: '2026-11-03T02:00:00Z' });
    const before = await makePaidOrder(world, {}, product);
    await world.settle();
    world.clock.advance(2 * DAY_MS);
    const after = await makePaidOrder(world, {}, product);
    await receiveOrder(world, before);
    await receiveOrder(world, after);
    await settleAndRoll();

    expect((await ask(['CERTIFIED'], { ...YEAR, productIds: [product.productId] })).rows).toMatchObject([
      { isCertified: false, recognisedFen: '100' },
      { isCertified: true, recognisedFen: '100', certifiedFen: '100' },
    ]);
  });

  it('F6: shows counties as they were, and as they are now once one has taken the place of another', async () => {
    await world.database.transaction((tx) =>
      tx.write(
        `INSERT INTO division (code, parent_code, level, name, is_designated, valid_to, replaced_by)
         VALUES ('430221', '430200', 'COUNTY', '株洲县', 0, '2027-01-01', '430225'), ('430301', '430300', 'COUNTY', '别县', 0, '2027-01-01', '430225')`,
      ),
    );
    const sold = (lineId: string, goodsFen: bigint, originCountyCode: string) =>
      factsOfReceived([line(lineId, goodsFen, { originCountyCode })], world.clock.now(), world.clock.now());
    await world.database.transaction((tx) =>
      world
        .get(VolumeFactService)
        .record(tx, [
          ...sold('oln_a', 100n, '430221'),
          ...sold('oln_b', 20n, '430225'),
          ...sold('oln_c', 3n, '430301'),
        ]),
    );
    await settleAndRoll();
    const counties = async (countiesAsNow: boolean, scope = '430225', filter: object = YEAR) => {
      const { rows } = await world
        .client('settlement')
        .as(world.person(officialOf(scope)).token)
        .ask<Report>(
          `query ($filter: VolumeFilter!, $now: Boolean) { volume(filter: $filter, groupBy: [COUNTY], countiesAsNow: $now) {
            rows { county { code } recognisedFen } } }`,
          { filter, now: countiesAsNow },
        );
      return rows.map(({ county, recognisedFen }) => [(county as { code: string }).code, recognisedFen]);
    };

    world.clock.set('2026-12-31T15:59:59Z'); // The last second before it holds.
    expect(await counties(true)).toEqual([['430225', '20']]);
    world.clock.set('2026-12-31T16:00:00Z');
    expect(await counties(true)).toEqual([['430225', '123']]);
    expect(await counties(false)).toEqual([['430225', '20']]);
    expect(await counties(false, '430200')).toEqual([
      ['430221', '100'],
      ['430225', '20'],
    ]);
    expect(await counties(true, '430200', { ...YEAR, countyCodes: ['430225'] })).toEqual([['430225', '123']]);
    expect(await counties(true, '430224')).toEqual([]);
  });

  it('no longer counts as ordered what was never paid', async () => {
    const { orderId, buyerId } = await makeOrder(world, {}, peach);
    await settleAndRoll();
    expect((await ask([])).totals).toMatchObject({ orderedFen: '10000' });

    await world.get(OrderService).cancel(buyerId, orderId);
    await settleAndRoll();

    expect((await ask([])).totals).toMatchObject({ orderedFen: '0', paidFen: '0' });
  });

  it.each([
    ['430225', '10000'],
    ['430200', '10000'],
    ['430000', '10000'],
    ['430224', '0'],
    ['430100', '0'],
    ['430225100', '0'],
  ])('shows the official of %s %s fen of Yanling', async (scope, orderedFen) => {
    await makeOrder(world, {}, peach);
    await settleAndRoll();

    expect((await ask([], YEAR, scope)).totals).toMatchObject({ orderedFen });
    expect((await ask(['COUNTY'], { ...YEAR, countyCodes: ['430225'] }, scope)).totals).toMatchObject({
      orderedFen,
    });
  });

  it("shows the platform's own finance everything", async () => {
    await makeOrder(world, {}, peach);
    await settleAndRoll();
    const finance = world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });

    const { totals } = await world
      .client('settlement')
      .as(finance.token)
      .ask<Report>(VOLUME, { filter: YEAR, groupBy: [] });

    expect(totals).toMatchObject({ orderedFen: '10000' });
  });

  it('names what is unknown, in the language of whoever asks', async () => {
    const fact: VolumeFactDraft = {
      ...UNKNOWN_ATTRIBUTION,
      factKey: 'import:1',
      source: 'IMPORT',
      orderedFen: 1n,
      eventAt: new Date('2020-10-01T00:00:00Z'),
      originDay: '2020-10-01',
    };
    const facts = [fact, { ...fact, factKey: 'import:2', originCountyCode: '999999', productId: 'prd_gone' }];
    await world.database.transaction((tx) => world.get(VolumeFactService).record(tx, facts));
    await settleAndRoll();
    const client = world
      .client('settlement')
      .as(world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' }).token);
    const variables = {
      filter: { from: '2020-10-01', to: '2020-10-31' },
      groupBy: ['COUNTY', 'PRODUCT', 'CHANNEL'],
    };

    expect((await client.ask<Report>(VOLUME, variables)).rows).toMatchObject([
      { county: { code: '', name: 'Unknown' }, product: { id: '', name: 'Unknown' }, channel: 'UNKNOWN' },
      { county: { code: '999999', name: '999999' }, product: { id: 'prd_gone', name: 'prd_gone' } },
    ]);
    expect((await client.speaking('zh-CN').ask<Report>(VOLUME, variables)).rows).toMatchObject([
      { county: { name: '未知' } },
      {},
    ]);
  });

  it('asks as many statements for ten products as for one', async () => {
    await makeOrder(world, {}, peach);
    await settleAndRoll();
    const statements = () => countStatements(() => ask(['DAY', 'PRODUCT', 'COUNTY']));
    await statements();
    const forOne = await statements();
    for (let n = 0; n < 9; n += 1) await makeOrder(world);
    await settleAndRoll();

    expect((await ask(['PRODUCT'])).rows).toHaveLength(10);
    expect(await statements()).toBe(forOne);
    expect(forOne).toBe(5); // waiting, sums, closes, counties, products
  });

  it('says whether figures may still move, and up to when all is counted', async () => {
    await makeOrder(world, {}, peach);
    await world.settle();
    const recordedAt = world.clock.now().toISOString();
    world.clock.advance(60_000);

    expect(await ask([])).toMatchObject({ isProvisional: true, dataAsOf: recordedAt });

    await settleAndRoll();
    await world.get(MonthCloseService).keepBook();
    expect(await ask([], { from: '2026-09-01', to: '2026-09-30' })).toMatchObject({
      isProvisional: false,
      dataAsOf: world.clock.now().toISOString(),
    });
  });

  it('refuses a question with faults, and names them', async () => {
    const { errors } = await world
      .client('settlement')
      .as(world.person(officialOf('430200')).token)
      .send(VOLUME, { filter: { from: '2026-02-01', to: '2026-01-01' }, groupBy: ['DAY', 'DAY'] });

    expect(errors).toMatchObject([
      { extensions: { code: 'INVALID_INPUT', fields: ['filter.to', 'groupBy'] } },
    ]);
  });

  it('is for officials', async () => {
    const client = world.client('settlement');
    const variables = { filter: YEAR, groupBy: [] };
    const buyer = world.person();
    const owner = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') });

    expect(await client.codeOf(VOLUME, variables)).toBe('UNAUTHENTICATED');
    expect(await client.as(buyer.token).codeOf(VOLUME, variables)).toBe('FORBIDDEN');
    expect(await client.as(owner.token).codeOf(VOLUME, variables)).toBe('FORBIDDEN');
  });

  describe('at the console', () => {
    const at = (...grants: readonly Grant[]) => world.client('settlement').as(world.person(...grants).token);

    it.each<[string, readonly Grant[], readonly string[], readonly string[]]>([
      ['a city', [officialOf('430200')], ['430200 in 430200 +2'], ['READ', 'CLOSE', 'PUBLISH']],
      ['a province', [officialOf('430000')], ['430000 in none +0'], ['READ', 'CLOSE', 'PUBLISH']],
      // The register is the city's: a county's people see its months and close none.
      ['a county', [officialOf('430225')], ['430225 in 430200 +1'], ['READ']],
      [
        'two counties',
        [officialOf('430225'), officialOf('430224')],
        ['430224 in 430200 +1', '430225 in 430200 +1'],
        ['READ'],
      ],
      [
        'a city and a county of it',
        [grantOf('STATISTICIAN', '430200'), officialOf('430225')],
        ['430200 in 430200 +2', '430225 without figures'],
        ['READ', 'CLOSE'],
      ],
      [
        'a county and a township elsewhere',
        [officialOf('430225'), grantOf('TOWNSHIP_REVIEWER', '430225100')],
        ['430225 in 430200 +1', '430225100 without figures'],
        ['READ'],
      ],
      ['a township', [officialOf('430225100')], ['430225100 without figures'], []],
      ['a village that is not on file', [grantOf('VILLAGE_OFFICER', '430225209201')], [], []],
      ['the platform', [grantOf('FINANCE', '*')], ['430200 in 430200 +2'], ['READ']],
      ['a merchant', [{ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') }], [], []],
      ['nobody', [], [], []],
    ])('whoever answers for %s is offered what is theirs', async (_, grants, places, volume) => {
      const { permissions, isPlatformWide, divisions } = await at(...grants).ask<Desk>(DESK);

      expect(
        divisions.map(({ code, cityCode, hasFigures, counties }) =>
          hasFigures
            ? `${code} in ${cityCode ?? 'none'} +${counties.filter((county) => ['430224', '430225'].includes(county.code)).length}`
            : `${code} without figures`,
        ),
      ).toEqual(places);
      expect(['READ', 'CLOSE', 'PUBLISH'].filter((act) => permissions.includes(`VOLUME_${act}`))).toEqual(
        volume,
      );
      expect(isPlatformWide).toBe(grants.some(({ scopeKind }) => scopeKind === 'PLATFORM'));
    });

    it('asks as many statements for many divisions as for one', async () => {
      const statements = (...codes: readonly string[]) =>
        countStatements(() => at(...codes.map(officialOf)).ask(DESK));

      expect(await statements('430225')).toBe(4); // Divisions, counties, and twice whether the register is theirs.
      expect(await statements('430200', '430224', '430225', '430225100')).toBe(4);
      expect(await world.client('settlement').codeOf(DESK)).toBe('UNAUTHENTICATED');
    });

    it('draws a city for those in it and around it, without a statement', async () => {
      const draw = (scope: string, cityCode = '430200') =>
        at(officialOf(scope)).ask<{ counties: readonly { code: string; path: string }[] } | null>(MAP, {
          cityCode,
        });

      const city = await draw('430200');
      expect(city?.counties.map(({ code }) => code)).toContain('430225');
      expect(await draw('430225')).toEqual(city);
      expect(await draw('430000')).toEqual(city);
      expect(await countStatements(() => draw('430200'))).toBe(0);
      expect(await draw('430300')).toBeNull(); // Another city's.
      expect(await draw('430300', '430300')).toBeNull(); // Nobody has put a map.
      for (const cityCode of ['', '430225', '../maps/430200'])
        expect(await at(grantOf('FINANCE', '*')).ask(MAP, { cityCode })).toBeNull();
      expect(await at(grantOf('VILLAGE_OFFICER', '430225209201')).codeOf(MAP, { cityCode: '430200' })).toBe(
        'FORBIDDEN',
      );
    });
  });
});
