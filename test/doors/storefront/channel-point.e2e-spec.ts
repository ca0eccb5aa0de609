import { ChannelPointService } from '#libs/channel';
import { businessDay, newId } from '#libs/kernel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeCounter, makePavilion, makeZone } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';

const PAGE = `query ($kind: ChannelKind, $countyCode: ID, $first: Int, $after: String) {
  channelPoints(kind: $kind, countyCode: $countyCode, first: $first, after: $after) {
    nodes { __typename id name kind county { code name } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const ONE = `query ($id: ID!) {
  channelPoint(id: $id) {
    __typename id name kind county { name isDesignated } address longitude latitude introduction openingHours openedOn
    ... on Pavilion { ownerKind }
    ... on Zone { hostKind hostName }
    ... on SmartCounter { cabinetKind hostName }
  }
}`;

interface Connection {
  readonly nodes: { id: string; __typename: string; county: { code: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  nobody = world.client('storefront');
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(() => world.database.dataSource.query('DELETE FROM channel_point'));

const page = (variables: object) => nobody.ask<Connection>(PAGE, variables);

describe('channelPoint', () => {
  it('shows each kind with what is its own', async () => {
    const pavilion = await makePavilion(world, {
      introduction: '炎陵黄桃主产地',
      openingHours: '9:00-21:00',
    });
    const zone = await makeZone(world, { longitude: null, latitude: null });
    const counter = await makeCounter(world, { countyCode: '430224' });

    expect(await nobody.ask(ONE, { id: pavilion.id })).toEqual({
      __typename: 'Pavilion',
      id: pavilion.id,
      name: '炎陵特色产品馆',
      kind: 'PAVILION',
      county: { name: '炎陵县', isDesignated: true },
      address: '霞阳镇炎帝路1号',
      longitude: 113.773,
      latitude: 26.49,
      introduction: '炎陵黄桃主产地',
      openingHours: '9:00-21:00',
      openedOn: '2019-10-17',
      ownerKind: 'COUNTY',
    });
    expect(await nobody.ask(ONE, { id: zone.id })).toMatchObject({
      __typename: 'Zone',
      longitude: null,
      hostKind: 'SUPERMARKET',
      hostName: '神农城生活超市',
    });
    expect(await nobody.ask(ONE, { id: counter.id })).toMatchObject({
      __typename: 'SmartCounter',
      county: { name: '茶陵县' },
      cabinetKind: 'SLOT',
      hostName: null,
    });
  });

  it('is null for what is unknown, and for what is closed to visitors', async () => {
    const suspended = await makePavilion(world);
    await world.get(ChannelPointService).suspend(suspended.id);

    expect(await nobody.ask(ONE, { id: newId('chp') })).toBeNull();
    expect(await nobody.ask(ONE, { id: "' OR 1=1" })).toBeNull();
    expect(await nobody.ask(ONE, { id: suspended.id })).toBeNull();
  });
});

describe('channelPointRange', () => {
  const RANGE = `query ($channelPointId: ID!, $first: Int, $after: String) {
    channelPointRange(channelPointId: $channelPointId, first: $first, after: $after) {
      nodes { unitsHere product { id variants { available } } } pageInfo { hasNextPage endCursor } } }`;
  interface Range {
    readonly nodes: readonly {
      readonly unitsHere: number | null;
      readonly product: { readonly id: string };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }
  const rangeOf = (channelPointId: string, more: object = {}) =>
    nobody.ask<Range | null>(RANGE, { channelPointId, ...more });
  const idsOf = (range: Range | null) => (range?.nodes ?? []).map(({ product }) => product.id);

  const shelve = (
    pointId: string,
    product: MadeProduct,
    rows: readonly (readonly [number, number, string])[],
  ) =>
    world.database.transaction(async (tx) => {
      const locationId = newId('loc');
      const location = {
        id: locationId,
        kind: 'SHELF',
        merchantId: null,
        channelPointId: pointId,
        name: '货架',
      };
      await tx.insert('stock_location', [location]);
      await tx.insert(
        'stock_level',
        rows.map(([onHand, reserved, bestBeforeOn], index) => ({
          id: newId('stk'),
          variantId: product.variantIds[index] ?? '',
          locationId,
          batchId: product.batchIds[0] ?? '',
          bestBeforeOn,
          onHand,
          reserved,
        })),
      );
    });

  it("shows what is on sale in the place's own order, and what lies there", async () => {
    const [peach, tea, draft, oil] = [
      await makeProduct(world, { pricesFen: [1n, 2n, 3n] }),
      await makeProduct(world),
      await makeProduct(world, { state: 'DRAFT' }),
      await makeProduct(world),
    ];
    const [counter, hall] = [await makeCounter(world), await makePavilion(world)];
    const order = [oil, draft, peach, tea].map(({ productId }) => productId);
    for (const { id } of [counter, hall]) await world.get(ChannelPointService).curate(id, order);
    await shelve(counter.id, peach, [
      [6, 2, '2026-12-31'],
      [3, 0, '2026-12-31'],
      [9, 0, '2026-11-01'], // Past its day.
    ]);

    const here = await rangeOf(counter.id);

    expect(idsOf(here)).toEqual([oil.productId, peach.productId, tea.productId]);
    expect(here?.nodes.map(({ unitsHere }) => unitsHere)).toEqual([0, 7, 0]);
    expect((await rangeOf(hall.id))?.nodes.map(({ unitsHere }) => unitsHere)).toEqual([null, null, null]);

    const first = await rangeOf(counter.id, { first: 1 });
    // What was shown last is taken out of the range before the next page is asked for.
    await world.get(ChannelPointService).curate(counter.id, order.slice(1));
    const second = await rangeOf(counter.id, { first: 2, after: first?.pageInfo.endCursor });
    expect([idsOf(first), first?.pageInfo.hasNextPage]).toEqual([[oil.productId], true]);
    expect([idsOf(second), second?.pageInfo.hasNextPage]).toEqual([[peach.productId, tea.productId], false]);
  });

  it('is empty without a range, null unless the place is open, and refuses a cursor of something else', async () => {
    const [bare, closed] = [await makeZone(world), await makeZone(world)];
    await world.get(ChannelPointService).suspend(closed.id);

    expect(await rangeOf(bare.id)).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
    expect(await rangeOf(closed.id)).toBeNull();
    expect(await rangeOf(newId('chp'))).toBeNull();
    const { pageInfo } = await page({});
    expect(await nobody.codeOf(RANGE, { channelPointId: bare.id, after: pageInfo.endCursor })).toBe(
      'INVALID_INPUT',
    );
  });

  it('costs the same for one product as for five', async () => {
    const products = [];
    for (let count = 0; count < 5; count += 1) products.push((await makeProduct(world)).productId);
    const [one, five] = [await makeCounter(world), await makeCounter(world)];
    await world.get(ChannelPointService).curate(one.id, products.slice(0, 1));
    await world.get(ChannelPointService).curate(five.id, products);
    await rangeOf(five.id); // Counties are read once per process.

    const costs = [
      await countStatements(() => rangeOf(one.id)),
      await countStatements(() => rangeOf(five.id)),
    ];

    expect(costs[0]).toBe(costs[1]);
    expect(costs[0]).toBeLessThanOrEqual(8);
  });
});

describe('channelPoints', () => {
  it('narrows by kind and county, and leaves out what is not open', async () => {
    const pavilion = await makePavilion(world);
    const far = await makePavilion(world, { countyCode: '430224' });
    const zone = await makeZone(world);
    await world.get(ChannelPointService).suspend((await makePavilion(world)).id);
    const idsOf = async (variables: object) => (await page(variables)).nodes.map((node) => node.id);

    expect(await idsOf({})).toEqual([pavilion.id, far.id, zone.id]);
    expect(await idsOf({ kind: 'PAVILION' })).toEqual([pavilion.id, far.id]);
    expect(await idsOf({ countyCode: '430225' })).toEqual([pavilion.id, zone.id]);
    expect(await idsOf({ kind: 'ZONE', countyCode: '430224' })).toEqual([]);
  });

  it('pages without gap or repeat, also while points are added and closed', async () => {
    const points = [];
    for (let count = 0; count < 5; count += 1) points.push(await makeCounter(world));

    const first = await page({ first: 2 });
    await world.get(ChannelPointService).suspend(points[0]?.id ?? '');
    const second = await page({ first: 2, after: first.pageInfo.endCursor });
    await makeCounter(world);
    const third = await page({ first: 2, after: second.pageInfo.endCursor });

    const seen = [first, second, third].flatMap(({ nodes }) => nodes.map((node) => node.id));
    expect(seen.slice(0, 5)).toEqual(points.map(({ id }) => id));
    expect(new Set(seen).size).toBe(6);
    expect([first, second, third].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
  });

  it('ends a full last page', async () => {
    await makeCounter(world);

    expect((await page({ first: 1 })).pageInfo.hasNextPage).toBe(false);
    expect(await page({ kind: 'ZONE' })).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it('takes two statements for one point as for twenty of three kinds and two counties', async () => {
    await makePavilion(world);
    await page({}); // The first use compiles the document.
    const forOne = await countStatements(() => page({}));
    for (const countyCode of ['430224', '430225']) {
      for (let count = 0; count < 3; count += 1) {
        await makePavilion(world, { countyCode });
        await makeZone(world, { countyCode });
        await makeCounter(world, { countyCode });
      }
    }

    const forMany = await countStatements(async () => expect((await page({})).nodes).toHaveLength(19));

    expect([forOne, forMany]).toEqual([2, 2]);
  });

  it.each([
    [{ first: 0 }, 'first must lie between 1 and 100.'],
    [{ first: 101 }, 'first must lie between 1 and 100.'],
    [{ after: 'made-up' }, 'The cursor is not valid; start from the first page.'],
  ])('refuses %j', async (variables, message) => {
    const { errors } = await nobody.send(PAGE, variables);

    expect(errors).toMatchObject([{ message, extensions: { code: 'INVALID_INPUT' } }]);
  });
});

describe('places one can enter', () => {
  const NEARBY = `query ($longitude: Float!, $latitude: Float!, $kind: ChannelKind, $first: Int) {
    nearbyPlaces(longitude: $longitude, latitude: $latitude, kind: $kind, first: $first) {
      distanceM available place { name kind isOpenNow paidTodayFen } } }`;
  const NARROWED = `query ($divisionCode: ID, $ownerKind: PavilionOwnerKind, $hostKind: ZoneHostKind, $hostName: String) {
    channelPoints(divisionCode: $divisionCode, ownerKind: $ownerKind, hostKind: $hostKind, hostName: $hostName) { nodes { name } } }`;
  const here = { longitude: 113.773, latitude: 26.49 };

  interface Near {
    readonly distanceM: number;
    readonly available: number | null;
    readonly place: { name: string; isOpenNow: boolean | null; paidTodayFen: string | null };
  }

  it('are found by distance, the nearest first, in rings, open ones only', async () => {
    await makePavilion(world, { name: '馆', latitude: 26.495 });
    await makeCounter(world, { name: '近柜', latitude: 26.491 });
    await makeCounter(world, { name: '城外', latitude: 26.59 });
    await makeCounter(world, { name: '另一省', latitude: 29.9 });
    await makeCounter(world, { name: '没量过', longitude: null, latitude: null });
    const closed = await makeCounter(world, { name: '停用' });
    await world.get(ChannelPointService).suspend(closed.id);
    const near = async (variables: object) =>
      (await nobody.ask<Near[]>(NEARBY, { ...here, ...variables })).map(({ place }) => place.name);

    expect(await near({})).toEqual(['近柜', '馆', '城外']);
    expect(await near({ kind: 'COUNTER' })).toEqual(['近柜', '城外']);
    expect(await near({ first: 1 })).toEqual(['近柜']);
    expect((await nobody.ask<Near[]>(NEARBY, here)).map(({ distanceM }) => distanceM)).toEqual([
      111, 556, 11_120,
    ]);
  });

  it('cost no more statements where there are many', async () => {
    const costOf = () => countStatements(() => nobody.ask(NEARBY, { ...here, first: 1 }));
    await makeCounter(world, { latitude: 26.491 });
    const forOne = await costOf();
    for (let count = 0; count < 5; count += 1) await makeCounter(world, { latitude: 26.4911 });

    expect(await costOf()).toBeLessThanOrEqual(forOne);
  });

  it('say whether they are open and what they sold today, as of a minute ago, unless so few bought that it would tell', async () => {
    const busy = await makeCounter(world, { name: '忙', openingHours: '00:00-24:00' });
    const quiet = await makeCounter(world, { name: '静', openingHours: '周一至周四' });
    const day = businessDay(world.clock.now());
    const sold = (channelPointId: string, paidFen: bigint, factCount: number) =>
      world.database.transaction((tx) =>
        tx.write(
          `INSERT INTO volume_point_day (day, channel_kind, channel_point_id, sale_county_code, ordered_fen, paid_fen, refunded_fen,
             delivered_fen, recognised_fen, certified_fen, subsidy_fen, declared_fen, quantity, weight_g, fact_count)
           VALUES (?, 'COUNTER', ?, '430225', 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, ?)
           ON DUPLICATE KEY UPDATE paid_fen = VALUES(paid_fen), fact_count = VALUES(fact_count)`,
          [day, channelPointId, paidFen, factCount],
        ),
      );
    await sold(busy.id, 12_345n, 5);
    await sold(quiet.id, 900n, 4);
    const today = async () =>
      Object.fromEntries(
        (await nobody.ask<Near[]>(NEARBY, here)).map(({ place }) => [
          place.name,
          [place.isOpenNow, place.paidTodayFen],
        ]),
      );

    expect(await today()).toEqual({ 忙: [true, '12345'], 静: [null, null] });
    await sold(busy.id, 99_999n, 9);
    expect((await today())['忙']).toEqual([true, '12345']);
    world.clock.advance(60_000);
    expect((await today())['忙']).toEqual([true, '99999']);
  });

  it('narrow by division, owner and host', async () => {
    await makePavilion(world, { name: '市馆', ownerKind: 'CITY', townshipCode: '430225100' });
    await makePavilion(world, { name: '企业馆', ownerKind: 'ENTERPRISE', countyCode: '430224' });
    await makeZone(world, { name: '油站', hostKind: 'PETROL_STATION', hostName: '桃源石化' });
    const shown = async (variables: object) =>
      (await nobody.ask<{ nodes: { name: string }[] }>(NARROWED, variables)).nodes
        .map(({ name }) => name)
        .toSorted();

    expect(await shown({ divisionCode: '430200' })).toEqual(['企业馆', '市馆', '油站'].toSorted());
    expect(await shown({ divisionCode: '430225' })).toEqual(['市馆', '油站'].toSorted());
    expect(await shown({ divisionCode: '430225100' })).toEqual(['市馆']);
    expect(await shown({ ownerKind: 'ENTERPRISE' })).toEqual(['企业馆']);
    expect(await shown({ hostKind: 'PETROL_STATION', hostName: '桃源石化' })).toEqual(['油站']);
    expect(await shown({ hostName: '别家' })).toEqual([]);
    expect(await nobody.codeOf(NARROWED, { divisionCode: '43%' })).toBe('INVALID_INPUT');
  });

  it.each([
    { longitude: 200, latitude: 0 },
    { longitude: 0, latitude: 91 },
    { longitude: 0, latitude: 0, first: 0 },
    { longitude: 0, latitude: 0, first: 21 },
  ])('refuse %j', async (variables) => {
    expect(await nobody.codeOf(NEARBY, variables)).toBe('INVALID_INPUT');
  });
});
