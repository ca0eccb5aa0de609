import fc from 'fast-check';
import { sumFen } from '#libs/kernel';
import { type OrderFee, serviceFeesOf } from './service-fee.rules.js';

type Said = readonly (readonly [month: string, feeFen: bigint])[];
const of = (orderId: string, said: Said): OrderFee[] =>
  said.map(([month, feeFen]) => ({ orderId, month, feeFen }));

it.each([
  ['nothing came, nothing went', 0n, [], 0n, []],
  ['only sales', 500n, [], 500n, []],
  [
    'back in a later month: red of the month that billed it',
    -200n,
    of('ord_1', [
      ['2026-10', 500n],
      ['2026-12', -200n],
    ]),
    0n,
    [['2026-10', 200n]],
  ],
  [
    'beside what is sold in that month',
    300n,
    of('ord_1', [
      ['2026-10', 500n],
      ['2026-12', -200n],
    ]),
    500n,
    [['2026-10', 200n]],
  ],
  [
    'the rest, after a part went back before',
    -300n,
    of('ord_1', [
      ['2026-10', 500n],
      ['2026-11', -200n],
      ['2026-12', -300n],
    ]),
    0n,
    [['2026-10', 300n]],
  ],
  [
    'a refund that failed was billed again, and goes back again',
    -500n,
    of('ord_1', [
      ['2026-09', 500n],
      ['2026-10', -200n],
      ['2026-11', 200n],
      ['2026-12', -500n],
    ]),
    0n,
    [
      ['2026-09', 300n],
      ['2026-11', 200n],
    ],
  ],
  [
    'two orders of two months',
    -150n,
    [
      ...of('ord_1', [
        ['2026-10', 100n],
        ['2026-12', -100n],
      ]),
      ...of('ord_2', [
        ['2026-11', 70n],
        ['2026-12', -50n],
      ]),
    ],
    0n,
    [
      ['2026-10', 100n],
      ['2026-11', 50n],
    ],
  ],
] as const)('%s', (_, feeFen, takenBack, blueFen, reds) => {
  expect(serviceFeesOf('2026-12', feeFen, takenBack)).toEqual({
    blueFen,
    reds: reds.map(([month, amountFen]) => ({ month, amountFen })),
  });
});

it('more than ever came is a fault of the books, and is not hidden', () => {
  expect(() => serviceFeesOf('2026-12', -1n, of('ord_1', [['2026-12', -1n]]))).toThrow('ord_1');
});

it('blue less red is what each statement shows, and nothing is taken back twice', () => {
  const month = (n: number) => `2026-${String(n + 1).padStart(2, '0')}`;
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 8 }), { maxLength: 4 }),
      (orders) => {
        // An order never gives back more than it has brought.
        const fees = orders.flatMap((moves, order) => {
          let left = 0;
          return moves.map((move, n): OrderFee => {
            const feeFen = Math.max(move, -left);
            left += feeFen;
            return { orderId: `ord_${order}`, month: month(n), feeFen: BigInt(feeFen) };
          });
        });
        const blue = new Map<string, bigint>();
        for (let n = 0; n < 8; n += 1) {
          const own = fees.filter((fee) => fee.month === month(n));
          const back = new Set(own.filter(({ feeFen }) => feeFen < 0n).map(({ orderId }) => orderId));
          const history = fees.filter((fee) => back.has(fee.orderId) && fee.month <= month(n));
          const feeFen = sumFen(own.map((fee) => fee.feeFen));
          const billed = serviceFeesOf(month(n), feeFen, history);
          expect(billed.blueFen - sumFen(billed.reds.map(({ amountFen }) => amountFen))).toBe(feeFen);
          blue.set(month(n), billed.blueFen);
          for (const red of billed.reds) {
            expect(red.month < month(n)).toBe(true);
            blue.set(red.month, (blue.get(red.month) ?? 0n) - red.amountFen);
          }
        }
        for (const left of blue.values()) expect(left >= 0n).toBe(true);
      },
    ),
  );
});
