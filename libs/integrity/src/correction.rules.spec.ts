import type { SaleFact } from '#libs/volume';
import { correctionsOf } from './correction.rules.js';

const fact = (id: string, recognisedFen: bigint, orderNo: string, lineNo = '1') =>
  ({
    id,
    recognisedFen,
    quantity: 2,
    weightG: 1_000n,
    sourceSystem: 'P',
    sourceOrderNo: orderNo,
    sourceLineNo: lineNo,
  }) as unknown as SaleFact;
const net = (orderNo: string, netFen: bigint, lineNo = '1') => ({
  sourceSystem: 'P',
  sourceOrderNo: orderNo,
  sourceLineNo: lineNo,
  netFen,
  netQuantity: 0,
  netG: 0n,
});
const taken = (
  facts: readonly SaleFact[],
  nets: Parameters<typeof correctionsOf>[1],
  off: [string, bigint][] = [],
) => correctionsOf(facts, nets, new Map(off)).map(({ factId, recognisedFen }) => [factId, recognisedFen]);

it.each<[string, SaleFact[], ReturnType<typeof net>[], [string, bigint][], [string, bigint][]]>([
  ['a line whole', [fact('a', 9n, 'A')], [net('A', 9n)], [], [['a', 9n]]],
  ['what is left of a line', [fact('a', 9n, 'A')], [net('A', 4n)], [], [['a', 4n]]],
  ['nothing of what is gone', [fact('a', 9n, 'A')], [net('A', 0n)], [], []],
  [
    'two lines of one order apart',
    [fact('a', 9n, 'A'), fact('b', 5n, 'A', '2')],
    [net('A', 9n), net('A', 5n, '2')],
    [],
    [
      ['a', 9n],
      ['b', 5n],
    ],
  ],
  [
    'facts without a number each by itself, whatever all of them add up to',
    [fact('a', 9n, ''), fact('b', 5n, '')],
    [net('', 1_000n)],
    [['b', 2n]],
    [
      ['a', 9n],
      ['b', 3n],
    ],
  ],
  ['nothing of such a fact twice', [fact('a', 9n, '')], [], [['a', 9n]], []],
])('takes off %s', (_, facts, nets, off, expected) => {
  expect(taken(facts, nets, off)).toEqual(expected);
});
