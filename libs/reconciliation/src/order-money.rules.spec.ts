import type { Fen } from '#libs/kernel';
import { type OrderMoney, findingsOfOrder, lastAtOf, settledOf } from './order-money.rules.js';

const AT = new Date('2026-11-20T00:00:00Z');

function order(changes: Partial<OrderMoney> = {}): OrderMoney {
  return {
    orderId: 'ord_1',
    isPaid: true,
    isSigned: false,
    onAccountFen: 0n,
    totalFen: 10_000n,
    placedAt: AT,
    paidAt: AT,
    payments: [{ disposition: 'KEPT', capturedFen: 10_000n, updatedAt: AT }],
    capturedFen: 10_000n,
    refunds: [],
    ...changes,
  };
}

const unkept = (disposition: 'LATE' | 'DUPLICATE' | 'MISMATCHED', capturedFen: Fen) => ({
  disposition,
  capturedFen,
  updatedAt: AT,
});
const refund = (state: 'SENT' | 'SUCCEEDED' | 'FAILED', settledFen: Fen) => ({
  id: 'rfd_1' as const,
  amountFen: 2_500n,
  state,
  updatedAt: AT,
  settledFen,
});

it.each<[string, Partial<OrderMoney>]>([
  ['paid and booked', {}],
  ['never paid', { isPaid: false, paidAt: null, payments: [], capturedFen: 0n }],
  [
    'signed for on account and booked',
    {
      isPaid: false,
      paidAt: null,
      isSigned: true,
      payments: [{ disposition: 'KEPT', capturedFen: null, updatedAt: AT }],
      capturedFen: 0n,
      onAccountFen: 10_000n,
    },
  ],
  ['of nothing', { totalFen: 0n, payments: [], capturedFen: 0n }],
  [
    'paid twice, and the second one booked to go back',
    { payments: [...order().payments, unkept('DUPLICATE', 10_000n)], capturedFen: 20_000n },
  ],
  [
    'paid with something else, which waits in suspense',
    { isPaid: false, paidAt: null, payments: [unkept('MISMATCHED', 9_900n)], capturedFen: 9_900n },
  ],
  [
    'paid with another currency, which is in no books',
    { isPaid: false, paidAt: null, payments: [unkept('MISMATCHED', 0n)], capturedFen: 0n },
  ],
  ['given back and booked', { refunds: [refund('SUCCEEDED', 2_500n)] }],
  ['on its way back', { refunds: [refund('SENT', 0n)] }],
  ['not given back after all', { refunds: [refund('FAILED', 0n)] }],
])('finds nothing wrong with an order %s', (_, changes) => {
  expect(findingsOfOrder(order(changes))).toEqual([]);
});

it.each<[string, Partial<OrderMoney>, string, string, Fen, Fen]>([
  ['that the books do not have', { capturedFen: 0n }, 'MISSING_INTERNAL', 'ord_1', 10_000n, 0n],
  ['booked twice', { capturedFen: 20_000n }, 'DUPLICATE', 'ord_1', 10_000n, 20_000n],
  ['booked with another amount', { capturedFen: 9_999n }, 'AMOUNT', 'ord_1', 10_000n, 9_999n],
  ['booked and never paid', { isPaid: false, payments: [] }, 'MISSING_EXTERNAL', 'ord_1', 0n, 10_000n],
  [
    'that is paid without a payment',
    { payments: [], capturedFen: 0n },
    'MISSING_EXTERNAL',
    'ord_1:paid',
    10_000n,
    0n,
  ],
  ['that kept money and is not paid', { isPaid: false }, 'MISSING_INTERNAL', 'ord_1:paid', 0n, 10_000n],
  [
    'signed for and not booked',
    { isPaid: false, payments: [], capturedFen: 0n, isSigned: true },
    'MISSING_INTERNAL',
    'ord_1:signed',
    10_000n,
    0n,
  ],
  ['that cost more than was kept', { totalFen: 10_001n }, 'AMOUNT', 'ord_1:paid', 10_001n, 10_000n],
  [
    'whose refund is not booked',
    { refunds: [refund('SUCCEEDED', 0n)] },
    'MISSING_INTERNAL',
    'rfd_1',
    2_500n,
    0n,
  ],
  [
    'whose refund failed and is booked',
    { refunds: [refund('FAILED', 2_500n)] },
    'MISSING_EXTERNAL',
    'rfd_1',
    0n,
    2_500n,
  ],
  [
    'whose refund is booked twice',
    { refunds: [refund('SUCCEEDED', 5_000n)] },
    'DUPLICATE',
    'rfd_1',
    2_500n,
    5_000n,
  ],
])('finds an order %s', (_, changes, breakClass, subject, expectedFen, actualFen) => {
  expect(findingsOfOrder(order(changes))).toMatchObject([{ breakClass, subject, expectedFen, actualFen }]);
});

it('knows what the books have of a refund that a bank has taken by its dispute', () => {
  const settled = new Map([['rfd_1', -5n]]);
  const lost = new Map([['dsp_1', 7n]]);
  const disputes = new Map([['rfd_2', 'dsp_1']]);
  expect(settledOf({ id: 'rfd_1', channel: 'PROVIDER' }, disputes, settled, lost)).toBe(5n);
  expect(settledOf({ id: 'rfd_2', channel: 'DISPUTE' }, disputes, settled, lost)).toBe(7n);
  expect(settledOf({ id: 'rfd_3', channel: 'DISPUTE' }, disputes, settled, lost)).toBe(0n);
});

it('knows when something of an order last changed', () => {
  const later = new Date('2026-11-21T00:00:00Z');
  expect(lastAtOf(order())).toEqual(AT);
  expect(lastAtOf(order({ refunds: [{ ...refund('SENT', 0n), updatedAt: later }] }))).toEqual(later);
});
