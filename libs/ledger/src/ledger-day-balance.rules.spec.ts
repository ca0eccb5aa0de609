import fc from 'fast-check';
import { type DayBalance, withMovements } from './ledger-day-balance.rules.js';

const at = (day: number, debitsFen: bigint, creditsFen = 0n, accountId = 'acc_1' as const): DayBalance => ({
  accountId,
  day: `2026-11-${String(day).padStart(2, '0')}`,
  debitsFen,
  creditsFen,
});

describe('balances of days', () => {
  it.each<[string, DayBalance[], DayBalance[], DayBalance[]]>([
    ['the first movement begins at zero', [], [at(3, 5n, 1n)], [at(3, 5n, 1n)]],
    ['a new day goes on from the last', [at(1, 10n)], [at(3, 5n)], [at(3, 15n)]],
    ['more on the same day is added to it', [at(3, 10n)], [at(3, 5n)], [at(3, 15n)]],
    [
      'a day in the past is in every balance since',
      [at(1, 10n), at(4, 20n), at(6, 30n)],
      [at(3, 5n)],
      [at(3, 15n), at(4, 25n), at(6, 35n)],
    ],
    [
      'several days at once',
      [at(1, 10n), at(4, 20n)],
      [at(5, 1n), at(2, 5n)],
      [at(2, 15n), at(4, 25n), at(5, 26n)],
    ],
    ['nothing moved changes nothing', [at(1, 10n)], [], []],
  ])('%s', (_, known, movements, changed) => {
    expect(withMovements(known, movements)).toEqual(changed);
  });

  it('are what all movements up to the day make, in whatever order and portions they come', () => {
    const movement = fc.record({
      accountId: fc.constantFrom('acc_1' as const, 'acc_2' as const),
      day: fc.integer({ min: 1, max: 6 }).map((day) => at(day, 0n).day),
      debitsFen: fc.bigInt(0n, 9n),
      creditsFen: fc.bigInt(0n, 9n),
    });
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(movement, { selector: (m) => m.accountId + m.day })),
        (portions) => {
          let kept: DayBalance[] = [];
          for (const portion of portions) {
            const changed = withMovements(kept, portion);
            const isSame = (a: DayBalance, b: DayBalance) => a.accountId === b.accountId && a.day === b.day;
            kept = [...kept.filter((row) => !changed.some((other) => isSame(row, other))), ...changed];
          }
          for (const balance of kept) {
            const upTo = portions
              .flat()
              .filter(({ accountId, day }) => accountId === balance.accountId && day <= balance.day);
            expect(balance.debitsFen).toBe(upTo.reduce((sum, { debitsFen }) => sum + debitsFen, 0n));
            expect(balance.creditsFen).toBe(upTo.reduce((sum, { creditsFen }) => sum + creditsFen, 0n));
          }
        },
      ),
    );
  });
});
