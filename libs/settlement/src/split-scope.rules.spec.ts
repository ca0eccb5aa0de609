import { inForce, scopeKeyOf, scopesOf } from './split-scope.rules.js';

const row = (id: string, scopeKey: string, version: number, effectiveFrom: string) => ({
  id,
  scopeKey,
  version,
  effectiveFrom: new Date(effectiveFrom),
});

it.each([
  [{ productId: '', merchantId: '', channelKind: '*' }, '*'],
  [{ productId: '', merchantId: '', channelKind: 'COUNTER' }, 'C:COUNTER'],
  [{ productId: '', merchantId: 'mer_1', channelKind: '*' }, 'M:mer_1'],
  [{ productId: '', merchantId: 'mer_1', channelKind: 'FAIR' }, 'M:mer_1/C:FAIR'],
  [{ productId: 'prd_1', merchantId: '', channelKind: '*' }, 'P:prd_1'],
  [{ productId: 'prd_1', merchantId: '', channelKind: 'FAIR' }, 'P:prd_1/C:FAIR'],
])('%o is spelt %s', (scope, key) => {
  expect(scopeKeyOf(scope)).toBe(key);
});

describe('of several scopes', () => {
  const sale = { productId: 'prd_1', merchantId: 'mer_1', channelKind: 'COUNTER' };
  const keys = ['P:prd_1/C:COUNTER', 'P:prd_1', 'M:mer_1/C:COUNTER', 'M:mer_1', 'C:COUNTER', '*'];
  const strangers = ['P:prd_2', 'M:mer_2/C:COUNTER', 'C:ZONE', 'P:prd_1/C:ZONE'];
  const rules = [...strangers, ...keys].map((key) => row(key, key, 1, '2019-01-01'));
  const at = new Date('2026-01-01');

  it('the most specific comes first', () => {
    expect(scopesOf(sale)).toEqual(keys);
  });

  it.each(keys.map((key, index) => [key, index] as const))(
    '%s decides where nothing before it does',
    (key, index) => {
      const left = rules.filter(({ scopeKey }) => !keys.slice(0, index).includes(scopeKey));

      expect(inForce(left, scopesOf(sale), at)?.id).toBe(key);
    },
  );

  it('none decides where there is none', () => {
    expect(
      inForce(
        rules.filter(({ scopeKey }) => strangers.includes(scopeKey)),
        scopesOf(sale),
        at,
      ),
    ).toBeNull();
  });

  it('the more specific one decides only from when it takes effect', () => {
    const both = [row('old', '*', 3, '2019-01-01'), row('new', 'C:COUNTER', 1, '2026-10-31T16:00:00Z')];

    expect(inForce(both, scopesOf(sale), new Date('2026-10-31T15:59:59Z'))?.id).toBe('old');
    expect(inForce(both, scopesOf(sale), new Date('2026-10-31T16:00:00Z'))?.id).toBe('new');
  });
});

describe('of several versions', () => {
  const versions = [
    row('spr_1', '*', 1, '2018-12-31T16:00:00Z'),
    row('spr_2', '*', 2, '2026-10-31T16:00:00Z'),
    row('spr_3', '*', 3, '2026-09-30T16:00:00Z'),
  ];

  it.each([
    ['2018-12-31T15:59:59Z', undefined],
    ['2018-12-31T16:00:00Z', 'spr_1'],
    ['2026-09-30T16:00:00Z', 'spr_3'],
    ['2026-10-31T15:59:59Z', 'spr_3'],
    ['2026-10-31T16:00:00Z', 'spr_2'],
    ['2030-01-01T00:00:00Z', 'spr_2'],
  ])('A16: the one that took effect last decides; at %s it is %s', (at, id) => {
    expect(inForce(versions, ['*'], new Date(at))?.id).toBe(id);
  });

  it('the higher one decides where two take effect at once', () => {
    const twins = [row('spr_9', '*', 9, '2019-01-01'), row('spr_8', '*', 8, '2019-01-01')];

    expect(inForce(twins, ['*'], new Date('2020-01-01'))?.id).toBe('spr_9');
  });
});
