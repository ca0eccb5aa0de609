import { HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import { isProvablyAbsent, maySend, stepAfter, transferKey } from './payout-transfer.rules.js';

const NOW = new Date('2026-11-02T08:00:00Z');
const VALUE = { providerRef: 'tr_1', amountFen: 500n, reversedFen: 0n };

it('names each try the same until the provider has refused one', () => {
  expect(transferKey('pyo_1', 1)).toBe('transfer:pyo_1');
  expect(transferKey('pyo_1', 2)).toBe('transfer:pyo_1:r2');
});

describe('what follows from an answer', () => {
  it('is paid only by success', () => {
    expect(stepAfter({ kind: 'succeeded', value: VALUE }, 1, NOW)).toEqual({ kind: 'PAID', value: VALUE });
  });

  it.each([
    [1, MINUTE_MS],
    [2, 5 * MINUTE_MS],
    [4, HOUR_MS],
    [99, HOUR_MS],
  ])('after no answer to try %i, another question in %i ms', (tries, delayMs) => {
    const outcome = { kind: 'unknown', reason: 'NO_ANSWER', detail: 'timeout' } as const;

    expect(stepAfter(outcome, tries, NOW)).toEqual({
      kind: 'AGAIN',
      code: 'unknown',
      note: 'timeout',
      at: plus(NOW, delayMs),
    });
  });

  it('D18 with too little at the provider it waits', () => {
    expect(stepAfter({ kind: 'failed', code: 'balance_insufficient', value: null }, 1, NOW)).toEqual({
      kind: 'SHORT',
      code: 'balance_insufficient',
      at: plus(NOW, HOUR_MS),
    });
  });

  it('any other refusal is one', () => {
    expect(stepAfter({ kind: 'failed', code: 'account_invalid', value: null }, 1, NOW)).toEqual({
      kind: 'REJECTED',
      code: 'account_invalid',
    });
  });
});

it('trusts a key for 23 hours, and an absence a day later', () => {
  const at = (hours: number) => plus(NOW, hours * HOUR_MS);

  expect(maySend(NOW, plus(at(23), -1))).toBe(true);
  expect(maySend(NOW, at(23))).toBe(false);
  expect(isProvablyAbsent(NOW, plus(at(47), -1))).toBe(false);
  expect(isProvablyAbsent(NOW, at(47))).toBe(true);
  expect(isProvablyAbsent(null, at(1_000))).toBe(false);
});
