import { RANGE_OFFER_STATES } from './range-offer.entity.js';
import {
  isCertifiedAt,
  keepsMainlyCertified,
  mayNow,
  refuseProducts,
  refuseRangeReason,
} from './range-offer.rules.js';

it.each([
  ['OPERATOR', ['WITHDRAWN PROPOSED', 'ENDED AGREED']],
  ['SELLER', ['AGREED PROPOSED', 'DECLINED PROPOSED', 'ENDED AGREED']],
] as const)('what the %s may do', (side, expected) => {
  const may = (['AGREED', 'DECLINED', 'WITHDRAWN', 'ENDED'] as const).flatMap((act) =>
    RANGE_OFFER_STATES.filter((state) => mayNow(act, state, [side])).map((state) => `${act} ${state}`),
  );
  expect(may).toEqual(expected);
});

it.each([
  [0, 0, true, true],
  [0, 0, false, false],
  [1, 1, false, true],
  [1, 2, false, false],
  [2, 3, false, true],
  [0, 9, true, true],
])('%i of %i certified, and one that is %s: %s', (certified, total, isNewCertified, isKept) => {
  expect(keepsMainlyCertified(certified, total, isNewCertified)).toBe(isKept);
});

it.each([
  ['AGREED', '', true],
  ['DECLINED', '', false],
  ['DECLINED', '产量不足', true],
  ['ENDED', ' 停 ', false],
  ['WITHDRAWN', '长'.repeat(301), false],
] as const)('%s because of %j: %s', (act, reason, isGood) => {
  expect(refuseRangeReason(act, reason) === null).toBe(isGood);
});

it.each([
  [['prd_1'], []],
  [[], ['productIds']],
  [Array.from({ length: 51 }, () => 'prd_1'), ['productIds']],
  [['prd_1', 'prd_9'], ['productIds.1']],
])('%j', (ids, paths) => {
  expect(refuseProducts(ids, new Set(['prd_1']))?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it('a certificate counts from its day on, until it ends or is revoked', () => {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const span = { validFrom: day('2026-01-01'), validTo: day('2027-01-01'), revokedAt: null };
  const at = day('2026-11-20');
  expect([
    isCertifiedAt([span], at),
    isCertifiedAt([{ ...span, validTo: at }], at),
    isCertifiedAt([{ ...span, revokedAt: at }], at),
    isCertifiedAt([{ ...span, revokedAt: day('2026-11-21') }], at),
    isCertifiedAt([], at),
  ]).toEqual([true, false, false, true, false]);
});
