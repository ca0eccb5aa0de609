import { sellsOn } from './selling.rules.js';

it.each([
  ['OPEN', null, null, true],
  ['SUSPENDED', null, null, false],
  ['OPEN', '2026-11-20', '2026-11-20', true],
  ['OPEN', '2026-11-21', '2027-11-20', false],
  ['OPEN', '2025-11-20', '2026-11-19', false],
  ['CLOSED', '2025-11-20', '2027-11-19', false],
] as const)(
  'a place that is %s, under a contract from %s to %s: %s',
  (state, contractedFrom, contractedTo, sells) => {
    expect(sellsOn({ state, contractedFrom, contractedTo }, '2026-11-20')).toBe(sells);
  },
);
