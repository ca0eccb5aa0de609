import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';

const TERMINOLOGY = 'query ($on: Date) { terminology(on: $on) { key zh en startsOn endsBefore } }';

interface Word {
  readonly key: string;
  readonly zh: string;
}

describe('terminology', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'settlement'] });
  });
  afterAll(() => world.close());

  const words = async (on: string | null, service: 'storefront' | 'settlement' = 'storefront') => {
    const terms = await world.client(service).ask<Word[]>(TERMINOLOGY, { on });
    return Object.fromEntries(terms.map(({ key, zh }) => [key, zh]));
  };

  it('keeps the words of the day that is asked for', async () => {
    expect(await words('2020-12-31')).toMatchObject({
      CAMPAIGN: '消费扶贫',
      GOODS: '扶贫产品',
      COUNTY: '贫困县',
      WORKSHOP: '扶贫车间',
      AGENCY: '扶贫办',
      VOCATIONAL_SUBSIDY: '雨露计划',
    });
    expect(await words('2021-01-01')).toMatchObject({
      CAMPAIGN: '消费帮扶',
      GOODS: '帮扶产品',
      COUNTY: '脱贫县',
      WORKSHOP: '就业帮扶车间',
      AGENCY: '乡村振兴局',
      VOCATIONAL_SUBSIDY: '雨露计划+',
    });
  });

  it('uses the words of today without a day, follows the clock, and says the same at both doors', async () => {
    expect((await words(null))['AGENCY']).toBe('农业农村局');
    expect(await words(null, 'settlement')).toEqual(await words(null));
    world.clock.set('2023-12-31T15:59:59Z'); // Still 2023 in Shanghai.
    expect((await words(null))['AGENCY']).toBe('乡村振兴局');
    world.clock.set('2023-12-31T16:00:00Z');
    expect((await words(null))['AGENCY']).toBe('农业农村局');
  });

  it('has ten words for one statement, and refuses what is no day', async () => {
    let terms: Record<string, string> = {};
    const statements = await countStatements(async () => {
      terms = await words('2019-06-01');
    });

    expect(Object.keys(terms)).toHaveLength(10);
    expect(statements).toBe(1);
    expect(await world.client('storefront').codeOf(TERMINOLOGY, { on: '2020-02-30' })).toBe('BAD_REQUEST');
  });

  it.each([
    ['term_key_known', "('RUMOUR', '2020-01-01', NULL, 'x', 'x')"],
    ['term_ends_after_start', "('GOODS', '2030-01-01', '2030-01-01', 'x', 'x')"],
    ['PRIMARY', "('GOODS', '2021-01-01', NULL, 'x', 'x')"],
  ])('keeps %s', async (constraint, row) => {
    const insert = world.database.transaction((tx) =>
      tx.write(`INSERT INTO term (term_key, starts_on, ends_before, zh, en) VALUES ${row}`),
    );

    await expect(insert).rejects.toThrow(constraint);
  });
});
