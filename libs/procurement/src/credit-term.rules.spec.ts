import { CreditExceededError } from './credit-term.errors.js';
import { refuseCredit, refuseTerm, termHash } from './credit-term.rules.js';

describe('a credit term', () => {
  it.each([
    [1_000_000n, 30, []],
    [0n, 1, []],
    [10n ** 10n, 180, []],
    [-1n, 30, ['limitFen']],
    [10n ** 10n + 1n, 30, ['limitFen']],
    [1n, 0, ['daysToPay']],
    [1n, 181, ['daysToPay']],
    [-1n, 0, ['limitFen', 'daysToPay']],
  ] as const)('of %s fen within %s days is refused for %j', (limitFen, daysToPay, paths) => {
    expect(refuseTerm({ limitFen, daysToPay })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it('is agreed to as it was proposed, and not as anything else', () => {
    const term = { unitId: 'pru_1', version: 1, limitFen: 100n, daysToPay: 30 } as const;
    const others = [
      { ...term, unitId: 'pru_2' },
      { ...term, version: 2 },
      { ...term, limitFen: 101n },
      { ...term, daysToPay: 31 },
    ] as const;

    expect(termHash({ ...term })).toBe(termHash(term));
    expect(others.map(termHash)).not.toContain(termHash(term));
  });
});

describe('credit', () => {
  it.each([
    // limit, used, asked, refusal
    [null, 0n, 1n, 'NO_CREDIT_TERM'],
    [0n, 0n, 1n, 'NO_CREDIT_TERM'],
    [100n, 0n, 100n, null],
    [100n, 60n, 40n, null],
    [100n, 60n, 41n, 'CREDIT_EXCEEDED'],
    [100n, 120n, 1n, 'CREDIT_EXCEEDED'],
  ] as const)('of %s with %s used gives %s more: %s', (limitFen, usedFen, amountFen, code) => {
    const term = limitFen === null ? null : { limitFen };

    expect(refuseCredit(term, usedFen, amountFen)?.code ?? null).toBe(code);
  });

  it('tells whoever is none of the unit’s own nothing of how much it is', () => {
    const { code, message, limitFen } = new CreditExceededError(null, null);
    expect([code, limitFen, /\d/.test(message.zh + message.en)]).toEqual(['CREDIT_EXCEEDED', null, false]);
  });

  it('says what is left, never less than nothing', () => {
    expect(refuseCredit({ limitFen: 10_000n }, 12_000n, 1n)?.message.en).toContain('¥0.00');
  });
});
