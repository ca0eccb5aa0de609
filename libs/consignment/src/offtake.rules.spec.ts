import { OFFTAKE_STATES } from './offtake.entity.js';
import { mayAnswer, refuseOfftake, refuseOfftakeReason } from './offtake.rules.js';

const facts = { quantity: 10, amountFen: 88_000n, boughtOn: '2026-11-05', documentNo: 'SH-1' };

it.each([
  [{}, []],
  [{ quantity: 0 }, ['quantity']],
  [{ quantity: 1.5 }, ['quantity']],
  [{ quantity: 1_000_001 }, ['quantity']],
  [{ amountFen: 0n }, ['amountFen']],
  [{ amountFen: 100_000_000_001n }, ['amountFen']],
  [{ boughtOn: '2026-11-21' }, ['boughtOn']],
  [{ boughtOn: '2025-10-01' }, ['boughtOn']],
  [{ boughtOn: 'x', documentNo: ' ' }, ['boughtOn', 'documentNo']],
] as const)('%j: %j', (change, paths) => {
  expect(refuseOfftake({ ...facts, ...change }, '2026-11-20')?.fields.map(({ path }) => path) ?? []).toEqual(
    paths,
  );
});

it.each([
  ['the operator', { isOperator: true, isSeller: false }, ['WITHDRAWN TOLD']],
  ['the seller', { isOperator: false, isSeller: true }, ['CONFIRMED TOLD', 'DENIED TOLD']],
] as const)('what %s may answer', (_, who, expected) => {
  const may = (['CONFIRMED', 'DENIED', 'WITHDRAWN'] as const).flatMap((act) =>
    OFFTAKE_STATES.filter((state) => mayAnswer(act, state, who)).map((state) => `${act} ${state}`),
  );
  expect(may).toEqual(expected);
});

it.each([
  ['CONFIRMED', '', true],
  ['DENIED', '', false],
  ['DENIED', '没有送过', true],
  ['WITHDRAWN', '长'.repeat(301), false],
] as const)('%s because of %j: %s', (act, reason, isGood) => {
  expect(refuseOfftakeReason(act, reason) === null).toBe(isGood);
});
