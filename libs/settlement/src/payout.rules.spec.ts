import type { WorkingCalendar } from '#libs/division';
import type { Movement } from '#libs/ledger';
import {
  amountOf,
  availableAccount,
  coverOf,
  coversBefore,
  isRunDue,
  nextRunDay,
  payeeOfAccount,
  payoutDayOf,
  resolveBy,
  ripe,
  skipReason,
  uncovered,
} from './payout.rules.js';

/** The fixture CN-2026 of the handbook. */
const CN: WorkingCalendar = new Map([
  ['2026-09-20', 'WORKING'],
  ['2026-09-25', 'HOLIDAY'],
  ...['01', '02', '03', '04', '05', '06', '07'].map((day) => [`2026-10-${day}`, 'HOLIDAY'] as const),
  ['2026-10-10', 'WORKING'],
]);

describe('the day on which a release is paid', () => {
  it.each([
    // released (Shanghai)        paid
    ['D1 in a holiday', '2026-10-01T10:00:00+08:00', '2026-10-08'],
    ['D3 on a Friday', '2026-09-18T10:00:00+08:00', '2026-09-20'],
    ['D3 on a Friday evening', '2026-09-18T23:00:00+08:00', '2026-09-20'],
    ['D4 on a Friday', '2026-10-09T10:00:00+08:00', '2026-10-10'],
    ['D4 on a Friday after the cut-off', '2026-10-09T16:00:00+08:00', '2026-10-12'],
    ['a moment before the cut-off', '2026-11-02T15:59:59.999+08:00', '2026-11-03'],
    ['at the cut-off', '2026-11-02T16:00:00+08:00', '2026-11-04'],
    ['at midnight, which is still yesterday in UTC', '2026-11-03T00:00:00+08:00', '2026-11-04'],
  ])('%s', (_, releasedAt, expected) => {
    expect(payoutDayOf(CN, new Date(releasedAt))).toBe(expected);
  });

  it.each(['2026-09-18', '2026-09-19', '2026-10-01', '2026-10-09', '2026-11-01', '2026-11-02'])(
    'is that of the first run that covers it, for releases of %s',
    (day) => {
      for (const time of ['00:00:00', '15:59:59', '16:00:00', '23:59:59']) {
        const releasedAt = new Date(`${day}T${time}+08:00`);
        const paidOn = payoutDayOf(CN, releasedAt);

        expect(releasedAt < coversBefore(paidOn)).toBe(true);
        // No working day before it would have covered it.
        const before = nextRunDay(CN, new Date(`${day}T00:00:00+08:00`));
        if (before < paidOn) expect(releasedAt < coversBefore(before)).toBe(false);
      }
    },
  );
});

it.each([
  ['2026-11-02T15:59:59+08:00', false, '2026-11-02'],
  ['2026-11-02T16:00:00+08:00', true, '2026-11-03'],
  ['2026-10-03T17:00:00+08:00', false, '2026-10-08'],
  ['2026-09-20T16:30:00+08:00', true, '2026-09-21'],
])('at %s a run is due: %s; the next is on %s', (now, isDue, next) => {
  expect(isRunDue(CN, new Date(now))).toBe(isDue);
  expect(nextRunDay(CN, new Date(now))).toBe(next);
});

it('gives the bank three working days', () => {
  expect(resolveBy(CN, new Date('2026-09-30T17:00:00+08:00'))).toBe('2026-10-10');
});

const BEFORE = new Date('2026-11-01T16:00:00+08:00');
const movement = (side: Movement['side'], amountFen: bigint, more: Partial<Movement> = {}): Movement => ({
  code: 'liability:available:mer_1',
  journalId: 'jrn_1',
  lineNo: 1,
  side,
  kind: side === 'credit' ? 'release' : 'refund_reserved',
  subject: 'ord_1',
  effectiveAt: new Date(BEFORE.getTime() - 1),
  amountFen,
  ...more,
});

describe('what a payout covers', () => {
  it('is what came before the cut-off, less all that was taken back', () => {
    const movements = [
      movement('credit', 700n),
      movement('credit', 500n, { effectiveAt: BEFORE }),
      movement('debit', 200n, { effectiveAt: new Date(BEFORE.getTime() + 1) }),
    ];

    expect(amountOf(ripe(movements, BEFORE))).toBe(500n);
  });

  it('is nothing that another payout covers, and no payout', () => {
    const covered = movement('credit', 700n, { journalId: 'jrn_2' });
    const paidOut = movement('debit', 700n, { journalId: 'jrn_3', kind: 'payout' });
    const returned = movement('credit', 700n, { journalId: 'jrn_4', kind: 'payout_returned' });

    expect(uncovered([covered, paidOut, returned], new Set([coverOf(covered)]))).toEqual([returned]);
  });
});

it.each([
  // amount, state, why not
  [999n, 'VERIFIED', 'BELOW_MINIMUM'], // D10
  [1_000n, 'VERIFIED', null], // D10
  [1_000n, 'UNVERIFIED', 'ACCOUNT_UNVERIFIED'], // D11
  [1_000n, 'BLOCKED', 'ACCOUNT_BLOCKED'],
  [1_000n, null, 'NO_ACCOUNT'],
  [50_001n, 'VERIFIED', 'ABOVE_MAXIMUM'],
  [40_001n, 'VERIFIED', 'NOT_FREE'],
  [40_000n, 'VERIFIED', null],
] as const)('D10 D11 %s fen to an account that is %s: %s', (amountFen, state, expected) => {
  expect(skipReason(amountFen, { minimumFen: 1_000n, maximumFen: 50_000n, freeFen: 40_000n }, state)).toBe(
    expected,
  );
});

it.each([
  ['liability:available:mer_1', { kind: 'MERCHANT', id: 'mer_1' }],
  ['liability:available:hhd_1', { kind: 'HOUSEHOLD', id: 'hhd_1' }],
  ['liability:available:chp_1', { kind: 'OPERATOR', id: 'chp_1' }],
  ['liability:available:fund:430225', { kind: 'FUND', id: '430225' }],
])('%s is the account of a payee', (code, payee) => {
  const found = payeeOfAccount(code);

  expect(found).toEqual(payee);
  expect(found && availableAccount(found)).toBe(code);
});

it('pays no fund of nowhere', () => {
  expect(payeeOfAccount('liability:available:fund:unknown')).toBeNull();
});
