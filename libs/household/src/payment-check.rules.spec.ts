import { type CheckedPayment, suspicionsOf } from './payment-check.rules.js';

const head = { isHead: true, state: 'PRESENT', leftOn: null } as const;
const son = { isHead: false, state: 'PRESENT', leftOn: null } as const;
const payment = (changes: Partial<CheckedPayment> = {}): CheckedPayment => ({
  kind: 'PURCHASE_ORDER',
  amountFen: 123_450n,
  paidOn: '2026-10-15',
  statedYearFen: null,
  paidOfYearFen: 123_450n,
  householdsWithSameSum: 1,
  members: [head, son],
  ...changes,
});
const dead = (leftOn: string) => ({ ...head, state: 'DEAD', leftOn }) as const;
const migrated = (leftOn: string) => ({ ...son, state: 'MIGRATED', leftOn }) as const;

it.each<[string, Partial<CheckedPayment>, string[]]>([
  ['nothing', {}, []],
  ['four with one sum', { householdsWithSameSum: 4 }, []],
  ['five with one sum', { householdsWithSameSum: 5 }, ['SAME_SUM']],
  ['five with what is stated', { householdsWithSameSum: 5, statedYearFen: 123_450n }, []],
  ['five with a month of it', { householdsWithSameSum: 5, statedYearFen: 1_481_400n }, []],
  ['a whole thousand of what is weighed', { amountFen: 200_000n }, ['ROUND_SUM']],
  ['almost', { amountFen: 200_100n }, []],
  ['a whole thousand that is stated', { amountFen: 200_000n, statedYearFen: 200_000n }, []],
  ['a whole thousand of wages', { kind: 'EMPLOYMENT', amountFen: 200_000n }, []],
  ['a head that had died', { members: [dead('2026-10-14'), son] }, ['MEMBER_GONE']],
  ['a head that died that day', { members: [dead('2026-10-15'), son] }, []],
  ['a son who had moved', { members: [head, migrated('2020-01-01')] }, []],
  ['wages where the head had died', { kind: 'EMPLOYMENT', members: [dead('2026-01-01'), son] }, []],
  [
    'wages where nobody was left',
    { kind: 'EMPLOYMENT', members: [dead('2026-01-01'), migrated('2026-02-01')] },
    ['MEMBER_GONE'],
  ],
  ['nobody on file', { members: [] }, []],
  ['all that is stated', { statedYearFen: 300_000n, paidOfYearFen: 300_000n }, []],
  ['more than is stated', { statedYearFen: 300_000n, paidOfYearFen: 300_001n }, ['ABOVE_STATED']],
  [
    'everything',
    {
      amountFen: 200_000n,
      householdsWithSameSum: 9,
      members: [dead('2026-01-01')],
      statedYearFen: 1n,
      paidOfYearFen: 200_000n,
    },
    ['SAME_SUM', 'ROUND_SUM', 'MEMBER_GONE', 'ABOVE_STATED'],
  ],
])('%s', (_, changes, rules) => {
  expect(suspicionsOf(payment(changes))).toEqual(rules);
});
