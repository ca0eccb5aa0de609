import type { PaymentMethod, PaymentState } from './payment.entity.js';
import {
  dueOf,
  isAbsenceProven,
  isAsAsked,
  nextCheckAt,
  nextCheckOf,
  nextState,
  refundReasonOf,
  refuseStart,
  capturedAt,
} from './payment.rules.js';

const T0 = new Date('2026-11-02T02:00:00Z');
const after = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const order = { state: 'PLACED', paymentTerm: 'PREPAID', totalFen: 10_000n, expiresAt: after(15) } as const;

describe('an order', () => {
  it('is payable until its time is over', () => {
    expect(refuseStart(order, after(14))).toBeNull();
    expect(refuseStart(order, after(15))).toMatchObject({ code: 'ORDER_NOT_PAYABLE', state: 'PLACED' });
  });

  it.each([
    ['all of it', 0n, null, { stage: 'WHOLE', amountFen: 10_000n }],
    ['the deposit first', 1_000n, null, { stage: 'DEPOSIT', amountFen: 1_000n }],
    ['the rest once that has come', 1_000n, T0, { stage: 'BALANCE', amountFen: 9_000n }],
  ])('asks for %s', (_what, depositFen, depositPaidAt, expected) => {
    expect(dueOf({ totalFen: 10_000n, depositFen, depositPaidAt })).toEqual(expected);
  });

  it.each(['PAID', 'CANCELLED'] as const)('that is %s is not payable', (state) => {
    expect(refuseStart({ ...order, state }, T0)).toMatchObject({ code: 'ORDER_NOT_PAYABLE', state });
  });

  it.each(['PLACED', 'SIGNED'] as const)('on account that is %s is not paid by a provider', (state) => {
    const refusal = refuseStart({ ...order, state, paymentTerm: 'ON_ACCOUNT' }, T0);

    expect(refusal?.message.en).toContain('bank transfer');
  });

  it('B17 of nothing asks nobody for money', () => {
    expect(refuseStart({ ...order, totalFen: 0n }, T0)).toMatchObject({ code: 'ORDER_NOT_PAYABLE' });
  });
});

describe('a payment', () => {
  it.each<[PaymentMethod, PaymentState, Parameters<typeof nextState>[1], PaymentState]>([
    // method     is                seen              becomes
    ['ALIPAY', 'STARTING', 'AWAITING_BUYER', 'AWAITING_BUYER'],
    ['ALIPAY', 'UNKNOWN', 'SUCCEEDED', 'SUCCEEDED'],
    ['ALIPAY', 'AWAITING_BUYER', 'PROCESSING', 'PROCESSING'],
    ['ALIPAY', 'PROCESSING', 'AWAITING_BUYER', 'PROCESSING'],
    ['ALIPAY', 'SUCCEEDED', 'AWAITING_BUYER', 'SUCCEEDED'],
    ['ALIPAY', 'SUCCEEDED', 'CANCELLED', 'SUCCEEDED'],
    ['ALIPAY', 'CANCELLED', 'AWAITING_BUYER', 'CANCELLED'],
    ['ALIPAY', 'CANCELLED', 'SUCCEEDED', 'SUCCEEDED'],
    ['ALIPAY', 'FAILED', 'SUCCEEDED', 'SUCCEEDED'],
    ['WECHAT_PAY', 'AWAITING_BUYER', 'DECLINED', 'FAILED'],
    ['CARD', 'AWAITING_BUYER', 'DECLINED', 'AWAITING_BUYER'],
    ['CARD', 'CANCELLED', 'DECLINED', 'CANCELLED'],
  ])('by %s that is %s and is seen %s is %s', (method, state, seen, expected) => {
    expect(nextState({ method, state }, seen)).toBe(expected);
  });

  it.each([
    // amount   currency
    [10_000n, 'cny', true],
    [9_900n, 'cny', false],
    [10_001n, 'cny', false],
    [10_000n, 'usd', false],
  ])('of 10000 fen that brought %s %s is as asked: %s', (amount, currency, expected) => {
    expect(isAsAsked({ amountFen: 10_000n }, { amount, currency, at: T0 })).toBe(expected);
  });

  it.each([
    ['KEPT', null],
    ['LATE', 'LATE'],
    ['DUPLICATE', 'DUPLICATE'],
    ['MISMATCHED', null],
  ] as const)('that is %s goes back by itself for reason %s', (disposition, reason) => {
    expect(refundReasonOf(disposition)).toBe(reason);
  });

  it.each([
    // age, wait in minutes
    [0, 1],
    [1, 1],
    [2, 2],
    [8, 8],
    [1440, 360],
  ])('%i minutes old is looked at again after %i', (age, wait) => {
    expect(nextCheckAt(T0, after(age))).toEqual(after(age + wait));
  });

  it('is looked at while it is live or its fee unknown, and then no more', () => {
    const at = (state: PaymentState, feeRef: string | null, minutes: number) =>
      nextCheckOf({ state, createdAt: T0, feeRef }, after(minutes));

    expect(at('AWAITING_BUYER', null, 4)).toEqual(after(8));
    expect(at('SUCCEEDED', null, 4)).toEqual(after(8));
    expect(at('SUCCEEDED', 'txn_1', 4)).toBeNull();
    expect(at('SUCCEEDED', null, 8 * 24 * 60)).toBeNull();
    expect(at('FAILED', null, 4)).toBeNull();
  });

  it('that the provider has not heard of in a day will never exist', () => {
    expect(isAbsenceProven({ createdAt: T0 }, after(24 * 60))).toBe(false);
    expect(isAbsenceProven({ createdAt: T0 }, after(24 * 60 + 1))).toBe(true);
  });
});

describe('when money was captured', () => {
  const now = new Date('2026-11-02T02:00:00.000Z');
  const captured = (at: string) => ({ amount: 1n, currency: 'cny', at: new Date(at) });

  it.each([
    ['what the provider says', '2026-11-02T01:59:59.000Z', '2026-11-02T01:59:59.000Z'],
    [
      'I11: never later than now, however far its clock is ahead',
      '2026-11-02T02:00:06.000Z',
      '2026-11-02T02:00:00.000Z',
    ],
  ])('is %s', (_, at, expected) => {
    expect(capturedAt(captured(at), now)).toEqual(new Date(expected));
  });
});
