import { BREAK_CLASSES } from './reconciliation-break.entity.js';
import { RECONCILIATION_CHECKS, type ReconciliationCheckName } from './reconciliation.entity.js';
import {
  coversFrom,
  dueAfter,
  fateOf,
  isOfMoney,
  keptFrom,
  mayBeAccepted,
  openKeyOf,
  overdueAfterMs,
  shareOf,
} from './reconciliation.rules.js';

/** 10:00 in Shanghai. */
const NOW = new Date('2026-11-26T02:00:00Z');

it.each([
  ['TRIAL_BALANCE', '2026-11-26T03:00:00Z'],
  ['CLEARING', '2026-11-26T03:00:00Z'],
  ['ORDERS', '2026-11-26T03:00:00Z'],
  ['PROVIDER_MONEY', '2026-11-26T03:00:00Z'],
  ['PROVIDER_STATE', '2026-11-26T02:05:00Z'],
  ['BANK', '2026-11-26T02:05:00Z'],
  ['VOLUME', '2026-11-26T18:00:00Z'],
  ['DELIVERIES', '2026-11-26T02:00:30Z'],
  ['SEALS', '2026-11-26T02:01:00Z'],
  ['SPLITS', '2026-11-26T18:00:00Z'],
] as const)('%s is due again at %s', (name, due) => {
  expect(dueAfter(name, NOW)).toEqual(new Date(due));
});

it.each([
  ['2026-11-25T17:59:59Z', '2026-11-25T18:00:00Z'],
  ['2026-11-25T18:00:00Z', '2026-11-26T18:00:00Z'],
])('what is compared at night and ends at %s is due again at two in the morning, %s', (ended, due) => {
  expect(dueAfter('SPLITS', new Date(ended))).toEqual(new Date(due));
});

it.each<[ReconciliationCheckName, string | null, string, string]>([
  ['ORDERS', null, '2026-08-28T02:00:00Z', 'the first ever'],
  ['ORDERS', '2026-11-25T17:59:00Z', '2026-08-28T02:00:00Z', 'the first after two in the morning'],
  ['ORDERS', '2026-11-25T18:01:00Z', '2026-11-23T02:00:00Z', 'the second of the night'],
  ['CLEARING', '2026-11-26T01:00:00Z', '2026-11-23T02:00:00Z', 'by day'],
  ['TRIAL_BALANCE', '2026-11-25T17:59:00Z', '1970-01-01T00:00:00Z', 'at night all of history'],
  ['TRIAL_BALANCE', '2026-11-26T01:00:00Z', '2026-11-23T02:00:00Z', 'by day the last days'],
  ['VOLUME', '2026-11-25T18:00:00Z', '2026-08-28T02:00:00Z', 'always ninety days'],
  ['SEALS', '2026-11-26T01:59:00Z', '1970-01-01T00:00:00Z', 'always everything'],
])('%s after %s covers from %s: %s', (name, before, from, _why) => {
  expect(coversFrom(name, NOW, before === null ? null : new Date(before))).toEqual(new Date(from));
});

it('keeps runs for a year, and for a week where there are very many', () => {
  expect(keptFrom('ORDERS', NOW)).toEqual(new Date('2025-10-22T02:00:00Z'));
  expect(keptFrom('DELIVERIES', NOW)).toEqual(new Date('2026-11-19T02:00:00Z'));
});

it('calls a check overdue later than it is due', () => {
  for (const name of RECONCILIATION_CHECKS)
    expect(NOW.getTime() + overdueAfterMs(name)).toBeGreaterThan(dueAfter(name, NOW).getTime());
});

it('closes what was only late, and leaves everything else that is gone to a person', () => {
  const closing = RECONCILIATION_CHECKS.flatMap((name) =>
    BREAK_CLASSES.filter((each) => fateOf(name, each) === 'AUTO_CLOSED').map((each) => `${name} ${each}`),
  );
  expect(closing.filter((each) => !each.startsWith('DELIVERIES'))).toEqual(
    RECONCILIATION_CHECKS.filter((name) => name !== 'DELIVERIES').map((name) => `${name} TIMING`),
  );
  expect(fateOf('DELIVERIES', 'MISSING_INTERNAL')).toBe('AUTO_CLOSED');
  expect(fateOf('ORDERS', 'AMOUNT')).toBe('VANISHED');
  expect(fateOf('PROVIDER_STATE', 'AMOUNT_MISMATCH')).toBe('STAYS');
  expect(fateOf('PROVIDER_STATE', 'REVIEW')).toBe('STAYS');
  expect(fateOf('SEALS', 'ALTERED')).toBe('STAYS');
});

it('lets nobody explain away books that do not add up or seals that are broken', () => {
  expect(RECONCILIATION_CHECKS.filter((name) => !mayBeAccepted(name))).toEqual(['TRIAL_BALANCE', 'SEALS']);
});

it.each([
  ['AMOUNT', 1n, true],
  ['AMOUNT', null, false],
  ['AMOUNT_MISMATCH', 1n, true],
  ['TIMING', 1n, false],
  ['REVIEW', 1n, false],
  ['MISSING_INTERNAL', null, false],
] as const)('%s about %s fen wakes somebody: %s', (breakClass, expectedFen, isMoney) => {
  const finding = { subject: 'x', actualFen: null, detail: {}, happenedAt: NOW };
  expect(isOfMoney({ ...finding, breakClass, expectedFen })).toBe(isMoney);
});

it('fits the longest subject into the key by which it is open once', () => {
  const longest = [...RECONCILIATION_CHECKS].toSorted((a, b) => b.length - a.length)[0] ?? 'ORDERS';
  const longestClass = [...BREAK_CLASSES].toSorted((a, b) => b.length - a.length)[0] ?? 'AMOUNT';
  expect(
    openKeyOf(longest, { breakClass: longestClass, subject: 'x'.repeat(120) }).length,
  ).toBeLessThanOrEqual(190);
});

it.each([
  [0n, 0n, 10_000],
  [3n, 3n, 10_000],
  [99_999n, 100_000n, 9_999],
  [0n, 5n, 0],
])('%s of %s is %i hundredths of a percent', (matched, examined, share) => {
  expect(shareOf(matched, examined)).toBe(share);
});
