import { isEnoughReserved, refuseFiling } from './reserved-share.rules.js';

const unit = { canteen: 'OWN', mergedOn: null } as const;
const filing = { year: 2026, canteenTotalFen: 1_000_000n, reservedFen: 100_000n };
const TODAY = '2026-11-02';

describe('a reserved share', () => {
  it.each([
    // total, reserved, enough
    [1_000n, 100n, true],
    [1_000n, 99n, false],
    [1_009n, 100n, false], // 9.91 %: nothing is rounded in its favour.
    [0n, 0n, true],
    [1n, 0n, false],
  ])('of %d with %d reserved: %s', (canteenTotalFen, reservedFen, expected) => {
    expect(isEnoughReserved({ canteenTotalFen, reservedFen })).toBe(expected);
  });

  it.each<[string, object, object, string | null]>([
    ['in order', {}, {}, null],
    ['of next year', { year: 2027 }, {}, null],
    ['of the year after next', { year: 2028 }, {}, 'INVALID_INPUT'],
    ['from before the campaign', { year: 2018 }, {}, 'INVALID_INPUT'],
    ['of more than everything', { reservedFen: 1_000_001n }, {}, 'INVALID_INPUT'],
    ['below nothing', { reservedFen: -1n, canteenTotalFen: -1n }, {}, 'INVALID_INPUT'],
    ['of an implausible total', { canteenTotalFen: 100_000_000_001n }, {}, 'INVALID_INPUT'],
    ['below ten percent', { reservedFen: 99_999n }, {}, 'RESERVED_SHARE_TOO_LOW'],
    ['without a canteen', {}, { canteen: 'NONE' }, 'NO_RESERVED_SHARE_DUTY'],
    ['of a unit that shares', {}, { canteen: 'SHARED' }, 'NO_RESERVED_SHARE_DUTY'],
    ['of a canteen run by a contractor', {}, { canteen: 'OUTSOURCED' }, null],
    ['of a merged unit', {}, { mergedOn: '2026-11-02' }, 'UNIT_MERGED'],
    ['of a unit that will merge tomorrow', {}, { mergedOn: '2026-11-03' }, null],
  ])('%s', (_, filed, of, code) => {
    expect(refuseFiling({ ...unit, ...of }, { ...filing, ...filed }, TODAY)?.code ?? null).toBe(code);
  });
});
