import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';

const DIVISIONS = `query ($parentCode: ID) {
  divisions(parentCode: $parentCode) { code name level isDesignated longitude latitude }
}`;

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  nobody = world.client('storefront');
  await world.clear('division');
  await makeDivisions(world);
});
afterAll(() => world.close());

const divisions = (parentCode?: string) => nobody.ask<{ code: string }[]>(DIVISIONS, { parentCode });

describe('divisions', () => {
  it('lists what lies directly inside, by code', async () => {
    expect(await divisions('430200')).toEqual([
      {
        code: '430224',
        name: '茶陵县',
        level: 'COUNTY',
        isDesignated: true,
        longitude: 113.5,
        latitude: 26.5,
      },
      {
        code: '430225',
        name: '炎陵县',
        level: 'COUNTY',
        isDesignated: true,
        longitude: 113.5,
        latitude: 26.5,
      },
    ]);
    expect((await divisions('430225')).map(({ code }) => code)).toEqual(['430225100', '430225209']);
  });

  it('begins at the top', async () => {
    expect(await divisions()).toEqual([
      {
        code: '430000',
        name: '湖南省',
        level: 'PROVINCE',
        isDesignated: false,
        longitude: null,
        latitude: null,
      },
    ]);
  });

  it('is empty for an unknown place, and for one without parts', async () => {
    expect(await divisions('999999')).toEqual([]);
    expect(await divisions('430225209')).toEqual([]);
  });

  it('leaves out what is no longer in force', async () => {
    await world.database.dataSource.query(
      "UPDATE division SET valid_to = '2026-11-03' WHERE code = '430225209'",
    );
    const before = await divisions('430225');
    world.clock.set('2026-11-02T16:00:00.000Z'); // The third begins in Shanghai.
    const after = await divisions('430225');

    expect([before.length, after.length]).toEqual([2, 1]);
  });

  it('takes one statement', async () => {
    expect(await countStatements(() => divisions('430200'))).toBe(1);
  });

  it('is loaded twice to the same effect', async () => {
    await world.clear('division');
    await makeDivisions(world);

    expect(await divisions('430200')).toHaveLength(2);
  });
});
