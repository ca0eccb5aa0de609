import { contentHashOf } from '#libs/approval';
import type { BankResult } from './bank-file.rules.js';
import { type BatchedPayout, approversFor, batchContent, consequencesOf } from './payout-batch.rules.js';
import type { PayoutState } from './payout.entity.js';

const payout = (more: Partial<BatchedPayout> = {}): BatchedPayout => ({
  id: 'pyo_1',
  payeeId: 'mer_1',
  accountId: 'pba_1',
  amountFen: 500n,
  state: 'SENT',
  ...more,
});
const line = (result: BankResult, payoutId = 'pyo_1', amountFen = 500n) => ({
  payoutId,
  amountFen,
  result,
  bankRef: null,
  code: null,
  note: null,
});

describe('what the bank says', () => {
  it.each<[PayoutState, BankResult, string | null]>([
    ['SENT', 'PAID', 'PAY'],
    ['SENT', 'REJECTED', 'REJECT'],
    ['SENT', 'RETURNED', null],
    ['PAID', 'PAID', 'NOTHING'],
    ['PAID', 'REJECTED', null],
    ['PAID', 'RETURNED', 'RETURN'],
    ['REJECTED', 'PAID', null],
    ['REJECTED', 'REJECTED', 'NOTHING'],
    ['REJECTED', 'RETURNED', null],
    ['RETURNED', 'PAID', 'NOTHING'],
    ['RETURNED', 'RETURNED', 'NOTHING'],
    ['RETURNED', 'REJECTED', null],
    ['PLANNED', 'PAID', null],
    ['BATCHED', 'PAID', null],
    ['CANCELLED', 'PAID', null],
  ])('of one that is %s, %s: %s', (state, result, act) => {
    const found = consequencesOf(7, [payout({ state })], { batchNo: 7, lines: [line(result)] });

    if (act === null) expect(found).toMatchObject({ breakCode: 'CONTRADICTION' });
    else expect(found).toMatchObject([{ act }]);
  });

  it.each([
    ['another batch', 8, [line('PAID')], 'WRONG_BATCH'],
    ['a stranger', 7, [line('PAID', 'pyo_9')], 'UNKNOWN_LINE'],
    ['the same line again', 7, [line('PAID'), line('PAID')], 'LINE_TWICE'],
    ['a fen more', 7, [line('PAID', 'pyo_1', 501n)], 'AMOUNT_DIFFERS'],
  ])('is not believed of %s', (_, batchNo, lines, breakCode) => {
    expect(consequencesOf(7, [payout()], { batchNo, lines })).toMatchObject({ breakCode });
  });

  it('may be said of some, and of the rest later', () => {
    const payouts = [payout(), payout({ id: 'pyo_2' })];

    expect(consequencesOf(7, payouts, { batchNo: 7, lines: [line('PAID', 'pyo_2')] })).toHaveLength(1);
  });
});

it('binds an approval to number, accounts and amounts', () => {
  const batch = { batchNo: 1, method: 'BANK', encoding: 'UTF_8' };
  const hash = contentHashOf(batchContent(batch, [payout()]));

  expect(contentHashOf(batchContent(batch, [payout()]))).toBe(hash);
  expect(contentHashOf(batchContent({ ...batch, batchNo: 2 }, [payout()]))).not.toBe(hash);
  expect(contentHashOf(batchContent(batch, [payout({ amountFen: 501n })]))).not.toBe(hash);
  expect(contentHashOf(batchContent(batch, [payout({ accountId: 'pba_2' })]))).not.toBe(hash);
});

it('wants a second approver above the limit, not at it', () => {
  expect(approversFor(10_000_000n, 10_000_000n)).toBe(1);
  expect(approversFor(10_000_001n, 10_000_000n)).toBe(2);
});
