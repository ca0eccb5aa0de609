import type { TaxSubject, TaxTreatmentWord } from './tax-treatment.entity.js';
import { type TaxWish, isSaid, refuseTaxWish, serviceTaxOf, taxOf } from './tax-treatment.rules.js';

const WISH: TaxWish = {
  merchantId: 'mer_1',
  subject: 'GOODS',
  categoryCode: '',
  effectiveOn: '2026-11-01',
  revision: 0,
  treatment: 'STANDARD',
  rateBps: 1234,
  reason: '税务登记',
};

it.each<[Partial<TaxWish>, readonly string[]]>([
  [{}, []],
  [{ rateBps: 0 }, []],
  [{ rateBps: 10_000, treatment: 'SMALL_SCALE' }, []],
  [{ treatment: 'SELF_PRODUCED_EXEMPT', rateBps: null }, []],
  [{ subject: 'CATEGORY', categoryCode: 'fruit' }, []],
  [{ subject: 'FREIGHT' }, []],
  [{ rateBps: null }, ['rateBps']],
  [{ rateBps: -1 }, ['rateBps']],
  [{ rateBps: 10_001 }, ['rateBps']],
  [{ treatment: 'SELF_PRODUCED_EXEMPT', rateBps: 0 }, ['rateBps']],
  [{ subject: 'CATEGORY' }, ['categoryCode']],
  [{ categoryCode: 'fruit' }, ['categoryCode']],
  [{ subject: 'FREIGHT', treatment: 'SELF_PRODUCED_EXEMPT', rateBps: null }, ['treatment']],
  [{ subject: 'SERVICE', merchantId: 'platform' }, []],
  [{ subject: 'SERVICE' }, ['merchantId']],
  [{ merchantId: 'platform' }, ['merchantId']],
  [
    { subject: 'SERVICE', merchantId: 'platform', treatment: 'SELF_PRODUCED_EXEMPT', rateBps: null },
    ['treatment'],
  ],
  [{ reason: '　' }, ['reason']],
  [{ reason: '依'.repeat(401), rateBps: null }, ['rateBps', 'reason']],
])('%j is refused for %j', (more, paths) => {
  expect(refuseTaxWish({ ...WISH, ...more })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it.each<[Partial<TaxWish>, boolean]>([
  [{}, true],
  [{ reason: ' 税务登记 ' }, true],
  [{ revision: 1 }, false],
  [{ rateBps: 1 }, false],
  [{ treatment: 'SMALL_SCALE' }, false],
  [{ reason: '更正' }, false],
])('with %j it has been said before: %s', (more, expected) => {
  const { treatment, rateBps, reason } = WISH;
  expect(isSaid({ revision: 1, treatment, rateBps, reason }, { ...WISH, ...more })).toBe(expected);
});

const entry = (
  subject: TaxSubject,
  categoryCode: string,
  effectiveOn: string,
  revision: number,
  treatment: TaxTreatmentWord,
  rateBps: number | null,
) => ({ merchantId: 'mer_1', subject, categoryCode, effectiveOn, revision, treatment, rateBps });
// Rates that are nobody's.
const ENTRIES = [
  entry('GOODS', '', '2026-11-01', 2, 'STANDARD', 1111),
  entry('GOODS', '', '2026-11-01', 1, 'STANDARD', 1222),
  entry('GOODS', '', '2026-12-01', 1, 'SMALL_SCALE', 333),
  entry('CATEGORY', 'fruit', '2026-11-10', 1, 'SELF_PRODUCED_EXEMPT', null),
  entry('FREIGHT', '', '2026-11-05', 1, 'STANDARD', 444),
  { ...entry('SERVICE', '', '2026-11-30', 1, 'STANDARD', 555), merchantId: 'platform' },
];

it.each([
  ['2026-10-31', 'UNSET', null],
  ['2026-11-30', 'STANDARD', 555],
])('the service of a month that ends on %s is %s at %s', (lastOn, taxTreatment, taxRateBps) => {
  expect(serviceTaxOf(ENTRIES, lastOn)).toEqual({ taxTreatment, taxRateBps });
});

it.each<[string, string | null, string, string, number | null]>([
  ['mer_1', 'tea', '2026-10-31', 'UNSET', null],
  ['mer_1', 'tea', '2026-11-01', 'STANDARD', 1111],
  ['mer_1', 'tea', '2026-11-30', 'STANDARD', 1111],
  ['mer_1', 'tea', '2026-12-01', 'SMALL_SCALE', 333],
  ['mer_1', 'fruit', '2026-11-09', 'STANDARD', 1111],
  ['mer_1', 'fruit', '2026-11-10', 'SELF_PRODUCED_EXEMPT', null],
  ['mer_1', 'fruit', '2026-12-02', 'SELF_PRODUCED_EXEMPT', null],
  ['mer_1', null, '2026-11-04', 'UNSET', null],
  ['mer_1', null, '2026-11-05', 'STANDARD', 444],
  ['mer_2', 'fruit', '2026-12-02', 'UNSET', null],
])('of %s, %s paid for on %s is %s at %s', (merchantId, categoryCode, paidOn, taxTreatment, taxRateBps) => {
  expect(taxOf(ENTRIES, { merchantId, categoryCode, paidOn })).toEqual({ taxTreatment, taxRateBps });
});
