import {
  type CorrectingFact,
  type ErratumInput,
  isOverlapping,
  isSameErratum,
  refuseErratum,
} from './erratum.rules.js';

const input = (more: Partial<ErratumInput> = {}): ErratumInput => ({
  month: '2026-10-01',
  measure: 'RECOGNISED',
  divisionCode: '430225',
  correctFen: 3_483n,
  reason: '漏记退货',
  factIds: ['vfa_1'],
  ...more,
});
const fact = (more: Partial<CorrectingFact> = {}): CorrectingFact => ({
  id: 'vfa_1',
  eventAt: new Date('2026-10-20T02:00:00Z'),
  eventDay: '2026-11-01',
  originDay: '2026-10-18',
  originCountyCode: '430225',
  amountFen: -1_126n,
  ...more,
});
const paths = (
  given: Partial<ErratumInput>,
  facts: readonly CorrectingFact[],
  numbered = 0,
  before: readonly string[] = [],
) => refuseErratum(input(given), 4_609n, facts, numbered, before)?.fields.map(({ path }) => path) ?? [];

it.each<[string, Partial<ErratumInput>, CorrectingFact[], string[]]>([
  ['what facts bear out', {}, [fact()], []],
  ['of the city around the county', { divisionCode: '430200' }, [fact()], []],
  ['of the whole register', { divisionCode: '' }, [fact({ originCountyCode: '' })], []],
  ['by what goes back to a sale of the month', {}, [fact({ eventAt: new Date('2026-11-05T02:00:00Z') })], []],
  [
    'by several',
    { factIds: ['vfa_1', 'vfa_2'], correctFen: 3_482n },
    [fact(), fact({ id: 'vfa_2', amountFen: -1n })],
    [],
  ],
  ['another sum', { correctFen: 3_484n }, [fact()], ['correctFen']],
  ['what was published', { correctFen: 4_609n }, [fact({ amountFen: 0n })], ['correctFen']],
  ['no facts', { factIds: [] }, [], ['factIds', 'correctFen']],
  ['too many', { factIds: Array.from({ length: 501 }, (_, n) => `vfa_${n}`) }, [], ['factIds', 'factIds']],
  ['a fact that is unknown', { factIds: ['vfa_1', 'vfa_2'] }, [fact()], ['factIds']],
  ['a fact of the month itself', {}, [fact({ eventDay: '2026-10-31' })], ['factIds']],
  [
    'a fact of a later sale',
    {},
    [fact({ eventAt: new Date('2026-10-31T16:00:00Z'), originDay: '2026-11-01' })],
    ['factIds'],
  ],
  ['a fact of another county', {}, [fact({ originCountyCode: '430224' })], ['factIds']],
  ['no reason', { reason: ' x ' }, [fact()], ['reason']],
  ['too long a reason', { reason: 'x'.repeat(501) }, [fact()], ['reason']],
])('a notice of %s', (_, given, facts, expected) => {
  expect(paths(given, facts)).toEqual(expected);
});

it('a month has fifty notices', () => {
  expect(paths({}, [fact()], 49)).toEqual([]);
  expect(paths({}, [fact()], 50)).toEqual(['month']);
});

it('a later notice names what earlier ones have named: else it would say less than is known', () => {
  const both = { factIds: ['vfa_1', 'vfa_2'], correctFen: 3_482n };
  const facts = [fact(), fact({ id: 'vfa_2', amountFen: -1n })];

  expect(paths({ factIds: ['vfa_2'], correctFen: 4_608n }, facts.slice(1), 1, ['vfa_1'])).toEqual([
    'factIds',
  ]);
  expect(paths(both, facts, 1, ['vfa_1'])).toEqual([]);
});

it.each([
  ['430225', '430225', true],
  ['430225', '430200', true],
  ['430200', '430225', true],
  ['', '430225', true],
  ['430224', '430225', false],
  ['430300', '430225', false],
])('%s and %s overlap: %s', (a, b, expected) => {
  expect(isOverlapping(a, b)).toBe(expected);
});

it('is the same in whatever order its facts are named', () => {
  expect(
    isSameErratum(input({ factIds: ['b', 'a'] }), input({ factIds: ['a', 'b', 'b'], reason: '漏记退货 ' })),
  ).toBe(true);
  expect(isSameErratum(input(), input({ correctFen: 1n }))).toBe(false);
});
