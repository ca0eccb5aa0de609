import { refuseKey } from './draft.js';

it.each([
  ['a', true],
  ['demo:listing:draft', true],
  ['~'.repeat(80), true],
  ['', false],
  ['~'.repeat(81), false],
  ['with space', false],
  ['line\n', false],
  ['键', false],
])('a key of a first save: %j', (key, isGood) => {
  expect(refuseKey(key)).toEqual(isGood ? null : expect.objectContaining({ code: 'INVALID_INPUT' }));
});

it('is named where it stands', () => {
  expect([refuseKey(''), refuseKey('', 'input.idempotencyKey')].map((each) => each?.fields[0]?.path)).toEqual(
    ['idempotencyKey', 'input.idempotencyKey'],
  );
});
