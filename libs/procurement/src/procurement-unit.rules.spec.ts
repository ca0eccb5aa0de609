import type { Canteen } from './procurement-unit.entity.js';
import {
  type ProcurementUnitFacts,
  hasDuty,
  refuseUnit,
  successorsOf,
  type CountedUnit,
  countedFor,
} from './procurement-unit.rules.js';

const school: ProcurementUnitFacts = {
  name: '株洲市示范中学',
  kind: 'SCHOOL',
  divisionCode: '430200',
  creditCode: '91350100M000100Y43',
  invoiceTitle: '株洲市示范中学',
  taxNo: '91350100M000100Y43',
  canteen: 'OWN',
  representedById: null,
  parentId: null,
};

describe('a procurement unit', () => {
  it.each<[string, Partial<ProcurementUnitFacts>, string[]]>([
    ['nothing wrong', {}, []],
    ['no name', { name: ' ' }, ['name']],
    ['a name too long', { name: '校'.repeat(121) }, ['name']],
    ['a code that does not check', { creditCode: '91350100M000100Y44' }, ['creditCode']],
    ['a lower-case tax number', { taxNo: '91350100m000100y43' }, ['taxNo']],
    ['a township', { divisionCode: '430225100' }, ['divisionCode']],
    ['a shared canteen of nobody', { canteen: 'SHARED' }, ['representedById']],
    ['a representative of its own canteen', { representedById: 'pru_1' }, ['representedById']],
    ['a shared canteen', { canteen: 'SHARED', representedById: 'pru_1' }, []],
    ['several faults', { name: '', invoiceTitle: '', taxNo: '' }, ['name', 'invoiceTitle', 'taxNo']],
  ])('%s', (_, changes, paths) => {
    expect(refuseUnit({ ...school, ...changes })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it.each<[Canteen, boolean]>([
    ['OWN', true],
    ['OUTSOURCED', true],
    ['SHARED', false],
    ['NONE', false],
  ])('with canteen %s has the duty: %s', (canteen, expected) => {
    expect(hasDuty(canteen)).toBe(expected);
  });

  it('counts where it was merged into, from the day of the merger', () => {
    const mergers = [
      { id: 'pru_a', mergedIntoId: 'pru_b', mergedOn: '2020-07-01' },
      { id: 'pru_b', mergedIntoId: 'pru_c', mergedOn: '2026-01-01' },
    ];

    expect(Object.fromEntries(successorsOf(mergers, '2020-06-30'))).toEqual({});
    expect(Object.fromEntries(successorsOf(mergers, '2020-07-01'))).toEqual({ pru_a: 'pru_b' });
    expect(Object.fromEntries(successorsOf(mergers, '2026-01-01'))).toEqual({
      pru_a: 'pru_c',
      pru_b: 'pru_c',
    });
  });

  it('does not go round in circles', () => {
    const circle = [
      { id: 'pru_a', mergedIntoId: 'pru_b', mergedOn: '2020-01-01' },
      { id: 'pru_b', mergedIntoId: 'pru_a', mergedOn: '2020-01-01' },
    ];

    expect([...successorsOf(circle, '2026-01-01').keys()]).toEqual(['pru_a', 'pru_b']);
  });
});

it('purchases count for the successor, the unit of a union, or the one that files for a shared canteen', () => {
  const unit = (id: string, more: Partial<CountedUnit> = {}): CountedUnit => ({
    id: id as CountedUnit['id'],
    kind: 'SCHOOL',
    canteen: 'NONE',
    mergedIntoId: null,
    mergedOn: null,
    representedById: null,
    parentId: null,
    ...more,
  });
  const of = (id: string) => id as CountedUnit['id'];
  const units = [
    unit('pru_old', { mergedIntoId: of('pru_new'), mergedOn: '2026-09-01' }),
    unit('pru_union', { kind: 'UNION', parentId: of('pru_old') }),
    unit('pru_rich_union', { kind: 'UNION', parentId: of('pru_old'), canteen: 'OWN' }),
    unit('pru_guest', { canteen: 'SHARED', representedById: of('pru_host') }),
    unit('pru_branch', { parentId: of('pru_old') }), // No union: its purchases are its own.
  ];

  expect([...countedFor(units, '2026-12-31')]).toEqual([
    ['pru_old', 'pru_new'],
    ['pru_union', 'pru_new'],
    ['pru_guest', 'pru_host'],
  ]);
  expect([...countedFor(units, '2026-08-31')]).toEqual([
    ['pru_union', 'pru_old'],
    ['pru_guest', 'pru_host'],
  ]);
});
