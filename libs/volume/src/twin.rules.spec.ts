import { type TwinFact, type TwinProbe, fingerprintOf, twinsOf } from './twin.rules.js';

const probe: TwinProbe = {
  buyerKey: 'buyer',
  productId: 'prd_1',
  amountFen: 8_800n,
  day: '2026-11-01',
  sourceSystem: 'CLAIM',
};
const fact = (more: Partial<TwinFact> = {}): TwinFact => ({
  id: 'vfa_1',
  source: 'PLATFORM',
  sourceSystem: 'TAOYUAN',
  sourceOrderNo: 'ord_1',
  buyerKey: 'buyer',
  productId: 'prd_1',
  amountFen: 8_800n,
  day: '2026-11-01',
  ...more,
});

it.each<[string, Partial<TwinFact>, boolean]>([
  ['on the same day', {}, true],
  ['three days before', { day: '2026-10-29' }, true],
  ['three days after', { day: '2026-11-04' }, true],
  ['four days before', { day: '2026-10-28' }, false],
  ['four days after', { day: '2026-11-05' }, false],
  ['of another amount', { amountFen: 8_801n }, false],
  ['of another product', { productId: 'prd_2' }, false],
  ['of another buyer', { buyerKey: 'other' }, false],
  ['of the same source', { sourceSystem: 'CLAIM' }, false],
])('a sale %s', (_, more, isTwin) => {
  expect(twinsOf(probe, [fact(more)])).toHaveLength(isTwin ? 1 : 0);
});

it.each([{ buyerKey: '' }, { productId: '' }])('nobody knows the twin of %o', (unknown) => {
  expect(twinsOf({ ...probe, ...unknown }, [fact(unknown)])).toEqual([]);
});

it('may have several, the earliest first: to have looked at one is not to have looked at all', () => {
  expect(twinsOf(probe, [fact({ id: 'vfa_9' }), fact({ id: 'vfa_3' })]).map(({ id }) => id)).toEqual([
    'vfa_3',
    'vfa_9',
  ]);
  const many = Array.from({ length: 9 }, (_, n) => fact({ id: `vfa_${n}` }));
  expect(twinsOf(probe, many)).toHaveLength(5);
});

it('is told of by another claim, and not by the same one', () => {
  const claimed = { sourceSystem: 'CLAIM', sourceOrderNo: 'clm_1' };
  const twins = (sourceOrderNo: string) => twinsOf({ ...probe, sourceOrderNo }, [fact(claimed)]).length;

  expect([twins('clm_1'), twins('clm_2')]).toEqual([0, 1]);
});

it('has one fingerprint whatever the day', () => {
  expect(fingerprintOf({ ...probe, day: '2020-01-01' })).toBe(fingerprintOf(probe));
  expect(fingerprintOf({ ...probe, amountFen: 1n })).not.toBe(fingerprintOf(probe));
});
