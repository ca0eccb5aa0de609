import { hasFailed, wasBegun } from './vend-day.rules.js';

it.each([
  ['WAITING', false, false],
  ['FINISHED', true, false],
  ['FAILED', true, true],
  ['CANNOT_START', true, true],
  ['EXPIRED', true, true],
  ['NO_ANSWER', true, true],
  ['TOO_LATE', false, false],
  ['WITHHELD', false, false],
] as const)('what is %s was begun: %s, and has failed: %s', (state, begun, failed) => {
  expect([wasBegun(state), hasFailed(state)]).toEqual([begun, failed]);
});
