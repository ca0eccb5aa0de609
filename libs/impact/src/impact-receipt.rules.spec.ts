import type { OrderRow } from '#libs/ordering';
import type { LineReach } from '#libs/settlement';
import { impactStateOf, keptOf, toldReach } from './impact-receipt.rules.js';

const reach = (householdCount: number, changes: Partial<LineReach> = {}): LineReach => ({
  lineId: 'oln_1',
  isStated: true,
  householdCount,
  householdFen: BigInt(householdCount) * 100n,
  releasedFen: 0n,
  ...changes,
});

describe('the state of an impact receipt', () => {
  const told = new Map([['oln_1', reach(5)]]);
  const none = new Map<string, LineReach>();

  it.each([
    ['PLACED', '100', none, 'NOT_PAID'],
    ['PLACED', '100', told, 'NOT_PAID'],
    ['PAID', '100', none, 'SETTLING'],
    ['PAID', '100', told, 'TOLD'],
    ['PAID', '0', none, 'TOLD'],
    ['SIGNED', '100', none, 'NOT_PAID'],
    ['SIGNED', '100', null, 'NOT_PAID'],
    ['SIGNED', '100', told, 'TOLD'],
    ['CANCELLED', '100', told, 'CANCELLED'],
    ['CANCELLED', '100', null, 'CANCELLED'],
    ['DEPOSIT_PAID', '100', told, 'NOT_PAID'],
  ])('of %s with goods of %s fen', (state, goodsFen, books, expected) => {
    const lines = [{ id: 'oln_1', goodsFen }] as const;

    expect(impactStateOf({ state } as OrderRow, lines, books)).toBe(expected);
  });

  it('is told only once every line is in the books', () => {
    const lines = [
      { id: 'oln_1', goodsFen: '100' },
      { id: 'oln_2', goodsFen: '100' },
    ] as const;

    expect(impactStateOf({ state: 'PAID' } as OrderRow, lines, told)).toBe('SETTLING');
  });
});

describe('what is kept of a line', () => {
  const line = { quantity: 4, goodsFen: '40000', subsidyFen: '1000' };

  it.each([
    ['nothing has come back', undefined, 4, 39_000n],
    ['a unit has', { quantity: 1, goodsFen: 9_750n }, 3, 29_250n],
    ['money has, and the goods have not', { quantity: 0, goodsFen: 500n }, 4, 38_500n],
    ['all of it has', { quantity: 4, goodsFen: 39_000n }, 0, 0n],
  ])('where %s', (_, returned, quantity, goodsFen) => {
    expect(keptOf(line, returned)).toEqual({ quantity, goodsFen });
  });
});

describe('whom a line reaches', () => {
  const nothing = { householdCount: null, householdFen: null };

  it.each([
    ['five households', reach(5), { reach: 'HOUSEHOLDS', householdCount: 5, householdFen: 500n }],
    ['four, who are too few', reach(4), { reach: 'TOO_FEW', ...nothing }],
    ['one', reach(1), { reach: 'TOO_FEW', ...nothing }],
    ['nobody any more', reach(0), { reach: 'RETURNED', ...nothing }],
    [
      'nobody, because no agreement was in force',
      reach(0, { isStated: false }),
      { reach: 'NONE', ...nothing },
    ],
    ['nobody the books know of', undefined, { reach: 'NONE', ...nothing }],
  ])('%s', (_, books, expected) => {
    expect(toldReach(books)).toEqual(expected);
  });
});
