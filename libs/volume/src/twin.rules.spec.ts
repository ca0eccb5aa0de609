import { type TwinFact, type TwinProbe, fingerprintOf, twinOf } from './twin.rules.js';

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
  expect(twinOf(probe, [fact(more)]) !== null).toBe(isTwin);
});

it.each([{ buyerKey: '' }, { productId: '' }])('nobody knows the twin of %o', (unknown) => {
  expect(twinOf({ ...probe, ...unknown }, [fact(unknown)])).toBeNull();
});

it('is the earliest of several', () => {
  expect(twinOf(probe, [fact({ id: 'vfa_9' }), fact({ id: 'vfa_3' })])?.id).toBe('vfa_3');
});

it('has one fingerprint whatever the day', () => {
  expect(fingerprintOf({ ...probe, day: '2020-01-01' })).toBe(fingerprintOf(probe));
  expect(fingerprintOf({ ...probe, amountFen: 1n })).not.toBe(fingerprintOf(probe));
});
