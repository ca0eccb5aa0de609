import { ChannelPointService } from '#libs/channel';
import { newId } from '#libs/kernel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeCounter, makePavilion, makeZone } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';

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
