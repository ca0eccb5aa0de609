import { type PolicyWish, policyHash, refuseDay, refuseWish } from './payout-policy.rules.js';

const wish: PolicyWish = {
  idempotencyKey: 'key-00000001',
  name: 'MINIMUM_MERCHANT',
  amountFen: 20_000n,
  effectiveOn: '2026-12-01',
  reason: '银行手续费上调',
};

describe('a change of the payout policy', () => {
  it.each([
    [{}, []],
    [{ amountFen: 0n }, []],
    [{ amountFen: -1n }, ['amountFen']],
    [{ amountFen: 10n ** 11n + 1n, reason: ' ' }, ['amountFen', 'reason']],
    [{ reason: '因'.repeat(401) }, ['reason']],
  ])('%j has these faults: %j', (more, paths) => {
    expect(refuseWish({ ...wish, ...more })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it.each([
    ['2026-11-02', false],
    ['2026-11-03', false],
    ['2026-11-04', true],
    ['2027-11-04', true],
    ['2027-11-05', false],
  ])('that is proposed on 2026-11-03 for %s is good: %s', (effectiveOn, isGood) => {
    expect(refuseDay(effectiveOn, '2026-11-03') === null).toBe(isGood);
  });

  it('is agreed to as it was written, without blanks around it', () => {
    expect(policyHash({ ...wish, reason: ` ${wish.reason} ` })).toBe(policyHash(wish));
    expect(policyHash({ ...wish, amountFen: 20_001n })).not.toBe(policyHash(wish));
    expect(policyHash({ ...wish, effectiveOn: '2026-12-02' })).not.toBe(policyHash(wish));
  });
});
