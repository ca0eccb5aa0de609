import { type LockedPending, type Resolution, endsOf, entryOfResolution } from './ledger-pending.rules.js';
import {
  AlreadyPostedError,
  AlreadyVoidedError,
  ExceedsPendingError,
  PendingExpiredError,
} from './ledger.errors.js';

const DUE = new Date('2026-11-02T03:00:00Z');
const BEFORE = new Date('2026-11-02T02:59:59.999Z');
const line = { debit: 'liability:available:mer_1', credit: 'liability:suspense', amountFen: 2_000n } as const;
const pending: LockedPending = {
  journalId: 'jrn_1',
  idempotencyKey: 'payout:1',
  kind: 'payout',
  subject: 'pot_1',
  transfers: [line],
  amountFen: 2_000n,
  state: 'PENDING',
  expiresAt: DUE,
};
const resolution = (act: Resolution['act'], amountFen?: bigint): Resolution => ({
  pendingKey: 'payout:1',
  act,
  idempotencyKey: `${act}:${amountFen}`,
  at: BEFORE,
  eventId: null,
  ...(amountFen !== undefined && { amountFen }),
});

describe('D22: what is pending', () => {
  it.each([
    ['POST', undefined, { state: 'POSTED', postedFen: 2_000n }],
    ['POST', 1_500n, { state: 'POSTED', postedFen: 1_500n }],
    ['POST', 2_000n, { state: 'POSTED', postedFen: 2_000n }],
    ['VOID', undefined, { state: 'VOIDED', postedFen: 0n }],
  ] as const)('ends by %s of %s', (act, amountFen, end) => {
    expect(endsOf([resolution(act, amountFen)], [pending], BEFORE)).toEqual([{ journalId: 'jrn_1', ...end }]);
  });

  it.each([
    ['posted', 'posted again', 'POSTED', 'POST', undefined, new AlreadyPostedError('payout:1')],
    ['posted', 'voided', 'POSTED', 'VOID', undefined, new AlreadyPostedError('payout:1')],
    ['voided', 'posted', 'VOIDED', 'POST', undefined, new AlreadyVoidedError('payout:1')],
    ['voided', 'voided again', 'VOIDED', 'VOID', undefined, new AlreadyVoidedError('payout:1')],
    ['expired', 'posted', 'EXPIRED', 'POST', undefined, new PendingExpiredError('payout:1')],
    ['expired', 'voided', 'EXPIRED', 'VOID', undefined, new PendingExpiredError('payout:1')],
    [
      'pending',
      'posted with a fen too much',
      'PENDING',
      'POST',
      2_001n,
      new ExceedsPendingError('payout:1', 2_000n),
    ],
  ] as const)('once %s is not %s', (_, __, state, act, amountFen, refusal) => {
    expect(endsOf([resolution(act, amountFen)], [{ ...pending, state }], BEFORE)).toEqual(refusal);
  });

  it.each(['POST', 'VOID'] as const)(
    'that is due is not ended by %s, even before the clock has been round',
    (act) => {
      expect(endsOf([resolution(act)], [pending], DUE)).toEqual(new PendingExpiredError('payout:1'));
      expect(endsOf([resolution(act)], [{ ...pending, expiresAt: null }], DUE)).toMatchObject([{}]);
    },
  );

  it('expires once it is due, and not before', () => {
    expect(endsOf([resolution('EXPIRE')], [pending], DUE)).toMatchObject([
      { state: 'EXPIRED', postedFen: 0n },
    ]);
    expect(() => endsOf([resolution('EXPIRE')], [pending], BEFORE)).toThrow('is due');
  });

  it('ends once within a batch as well', () => {
    expect(endsOf([resolution('POST', 1n), resolution('VOID')], [pending], BEFORE)).toEqual(
      new AlreadyPostedError('payout:1'),
    );
  });

  it('that nobody has set aside is a mistake', () => {
    expect(() => endsOf([resolution('POST')], [], BEFORE)).toThrow('payout:1 has set something aside');
  });
});

describe('the journal that ends it', () => {
  it.each([
    ['POST', undefined, [line]],
    ['POST', 1_500n, [{ ...line, amountFen: 1_500n }]],
    ['VOID', undefined, []],
    ['EXPIRE', undefined, []],
  ] as const)('by %s of %s moves what is posted, and releases all of it', (act, amountFen, transfers) => {
    expect(entryOfResolution(pending, resolution(act, amountFen))).toMatchObject({
      kind: 'payout',
      subject: 'pot_1',
      phase: act,
      pendingJournalId: 'jrn_1',
      transfers,
      releases: [line],
    });
  });

  it('posts several transfers whole: of a part nobody could say which is meant', () => {
    const two = { ...pending, transfers: [line, line], amountFen: 4_000n };

    expect(entryOfResolution(two, resolution('POST')).transfers).toHaveLength(2);
    expect(() => entryOfResolution(two, resolution('POST', 2_000n))).toThrow('has one transfer');
  });

  it.each([0n, -1n])('does not post %s fen', (amountFen) => {
    expect(() => entryOfResolution(pending, resolution('POST', amountFen))).toThrow('positive');
  });
});
