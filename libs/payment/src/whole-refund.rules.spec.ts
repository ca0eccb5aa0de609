import { refused } from '#libs/kernel';
import { isUnreturned, judgeMismatched, judgeUnreturned } from './whole-refund.rules.js';

const said = (judged: ReturnType<typeof judgeMismatched> | ReturnType<typeof judgeUnreturned>) =>
  refused(judged) ? judged.code : judged;

it.each([
  ['MISMATCHED', 9_900n, 'MISMATCHED'],
  ['MISMATCHED', 0n, 'PAYMENT_NOT_IN_BOOKS'],
  ['MISMATCHED', null, 'PAYMENT_NOT_IN_BOOKS'],
  ['KEPT', 9_900n, 'PAYMENT_NOT_MISMATCHED'],
  ['LATE', 9_900n, 'PAYMENT_NOT_MISMATCHED'],
  [null, null, 'PAYMENT_NOT_MISMATCHED'],
] as const)(
  'of what is %s and brought %s, as money that did not fit: %s',
  (disposition, capturedFen, answer) => {
    expect(said(judgeMismatched({ disposition, capturedFen }))).toBe(answer);
  },
);

const of = (...refunds: readonly (readonly [string, string])[]) =>
  refunds.map(([reason, state]) => ({ reason, state })) as Parameters<typeof judgeUnreturned>[0];

it.each([
  ['nothing was ever asked for', of(), 'PAYMENT_NOT_UNRETURNED'],
  ['it is on its way', of(['LATE', 'REQUESTED']), 'PAYMENT_NOT_UNRETURNED'],
  ['it has arrived', of(['LATE', 'SUCCEEDED']), 'PAYMENT_NOT_UNRETURNED'],
  ['it came too late and failed', of(['LATE', 'FAILED']), 'LATE'],
  ['it came twice and failed', of(['DUPLICATE', 'FAILED']), 'DUPLICATE'],
  ['the order was cancelled and it failed', of(['CANCELLED', 'FAILED']), 'CANCELLED'],
  ['it failed, and has arrived since', of(['LATE', 'FAILED'], ['LATE', 'SUCCEEDED']), 'LATE'],
  ['somebody asked for it, and it failed', of(['AFTER_SALE', 'FAILED']), 'PAYMENT_NOT_UNRETURNED'],
  ['it did not fit, and its refund failed', of(['MISMATCHED', 'FAILED']), 'PAYMENT_NOT_UNRETURNED'],
] as const)('as money that did not go back by itself, where %s', (_when, refunds, answer) => {
  expect(said(judgeUnreturned(refunds))).toBe(answer);
});

it.each([
  ['LATE', true],
  ['DUPLICATE', true],
  ['CANCELLED', true],
  ['AFTER_SALE', false],
  ['GOODWILL', false],
  ['MISMATCHED', false],
  ['PROVIDER', false],
  ['DISPUTE', false],
] as const)('a refund because of %s is asked for by a rule: %s', (reason, is) => {
  expect(isUnreturned(reason)).toBe(is);
});
