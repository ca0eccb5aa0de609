import { maySell, refuseFacts } from './merchant.rules.js';

it.each([
  ['ACTIVE', null, true],
  ['ACTIVE', '2026-11-27', true],
  ['ACTIVE', '2026-11-26', false],
  ['SUSPENDED', null, false],
  ['SUSPENDED', '2030-01-01', false],
  ['APPLIED', null, false],
] as const)('whoever is %s and licensed until %s sells: %s', (state, licensedUntil, sells) => {
  expect(maySell({ state, licensedUntil }, '2026-11-27')).toBe(sells);
});

describe('refuseFacts', () => {
  const facts = {
    name: '炎陵县霞阳黄桃专业合作社',
    creditCode: '91350100M000100Y43',
    countyCode: '430225',
    townshipCode: '430225100',
    contactName: '张桂花',
    contactPhone: '0731-28683500',
  };

  it('accepts a merchant with and without a township', () => {
    expect(refuseFacts(facts)).toBeNull();
    expect(refuseFacts({ ...facts, townshipCode: null })).toBeNull();
  });

  it.each([
    [{ name: ' ' }, ['name']],
    [{ name: '桃'.repeat(121) }, ['name']],
    [{ creditCode: '91350100M000100Y44' }, ['creditCode']],
    [{ townshipCode: '430224100' }, ['townshipCode']],
    [{ townshipCode: '430225' }, ['townshipCode']],
    [{ countyCode: '43022', townshipCode: null }, ['countyCode']],
    [{ contactName: '', contactPhone: 'none' }, ['contactName', 'contactPhone']],
  ])('refuses %j', (change, paths) => {
    expect(refuseFacts({ ...facts, ...change })?.fields.map((field) => field.path)).toEqual(paths);
  });
});
