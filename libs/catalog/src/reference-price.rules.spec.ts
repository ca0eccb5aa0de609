import { type ReferencePriceWish, refuseReferencePrice } from './reference-price.rules.js';

const wish = (changes: Partial<ReferencePriceWish> = {}): ReferencePriceWish => ({
  idempotencyKey: 'key-1',
  kindCode: 'YELLOW_PEACH',
  grade: 'FIRST',
  monthFrom: '2026-07',
  monthTo: '2026-08',
  jinPriceFen: 1_600n,
  source: '县农业农村局价格监测',
  ...changes,
});

it.each<[string, Partial<ReferencePriceWish>, readonly string[]]>([
  ['two months', {}, []],
  ['a year', { monthFrom: '2026-02', monthTo: '2027-01' }, []],
  ['more than a year', { monthFrom: '2026-01', monthTo: '2027-01' }, ['monthTo']],
  ['months the other way round', { monthFrom: '2026-08', monthTo: '2026-07' }, ['monthTo']],
  ['a month that is none', { monthFrom: '2026-13' }, ['monthFrom']],
  ['a day', { monthTo: '2026-08-01' }, ['monthTo']],
  ['nothing', { jinPriceFen: 0n }, ['jinPriceFen']],
  ['a fortune', { jinPriceFen: 10_000_000_001n }, ['jinPriceFen']],
  ['from nowhere', { source: '\u200B ' }, ['source']],
  ['with a novel for a source', { source: '长'.repeat(201) }, ['source']],
  ['without a key', { idempotencyKey: '' }, ['idempotencyKey']],
])('%s', (_, changes, faults) => {
  expect((refuseReferencePrice(wish(changes))?.fields ?? []).map(({ path }) => path)).toEqual(
    faults.map((field) => `input.${field}`),
  );
});
