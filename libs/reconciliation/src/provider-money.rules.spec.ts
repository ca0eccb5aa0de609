import type { JournalEffect } from '#libs/ledger';
import {
  type MovementRow,
  type MovementSubjects,
  dayFrom,
  differenceOf,
  dueAt,
  findingOfDay,
  findingOfJournal,
  judge,
  placeOf,
  undoneOf,
  bankMovementOf,
} from './provider-money.rules.js';

const AT = new Date('2026-11-25T02:00:00Z');
const SOON = new Date('2026-11-25T12:00:00Z');
const LATER = new Date('2026-11-26T02:00:00Z');

function movement(changes: Partial<MovementRow> = {}): MovementRow {
  return {
    ref: 'txn_1',
    kind: 'CAPTURE',
    providerType: 'charge',
    subjectRef: 'pi_1',
    grossFen: 7_670n,
    feeFen: 169n,
    createdAt: AT,
    day: '2026-11-25',
    ...changes,
  };
}

function effect(effectFen: bigint, changes: Partial<JournalEffect> = {}): JournalEffect {
  return {
    journalId: `jrn_${effectFen}`,
    idempotencyKey: 'key',
    kind: 'payment_captured',
    subject: 'ord_1',
    effectiveAt: AT,
    effectFen,
    ...changes,
  };
}

const SUBJECTS: MovementSubjects = {
  refunds: new Map([
    ['rfd_1', { id: 'rfd_1', state: 'SUCCEEDED' } as const],
    ['re_9', { id: 'rfd_2', state: 'SENT' } as const],
    ['rfd_3', { id: 'rfd_3', state: 'FAILED' } as const],
  ]),
  disputes: new Map([['du_1', { id: 'dsp_1' } as const]]),
};

it.each<[Partial<MovementRow>, readonly string[]]>([
  [{}, ['pay:stripe:pi_1', 'fee:txn_1']],
  [{ feeFen: 0n }, ['pay:stripe:pi_1']],
  [{ kind: 'REFUND', subjectRef: 'rfd_1' }, ['refund:rfd_1:settle']],
  [{ kind: 'REFUND', subjectRef: 're_9' }, ['refund:rfd_2:settle']],
  [{ kind: 'REFUND', subjectRef: 're_unknown' }, []],
  [{ kind: 'REFUND_FAILED', subjectRef: 'rfd_1' }, []],
  [{ kind: 'DISPUTE', subjectRef: 'du_1' }, ['dispute:dsp_1:opened']],
  [{ kind: 'DISPUTE_WON', subjectRef: 'du_1' }, ['dispute:dsp_1:won']],
  [{ kind: 'DISPUTE', subjectRef: 'du_unknown' }, []],
  [{ kind: 'TRANSFER', subjectRef: 'pyo_1' }, ['payout:pyo_1:post']],
  [{ kind: 'TRANSFER_BACK', subjectRef: 'pyo_1' }, ['payout:pyo_1:return:1']],
  [{ kind: 'BANK_PAYOUT' }, ['psp_payout:stripe:txn_1']],
  [{ kind: 'TOP_UP' }, ['psp_payout:stripe:txn_1']],
  [{ kind: 'OTHER' }, []],
])('looks for the movement %j at %j', (changes, keys) => {
  expect(placeOf(movement(changes), SUBJECTS).keys).toEqual(keys);
});

it.each([
  [{ kind: 'BANK_PAYOUT', grossFen: -500n, feeFen: 0n }, true],
  [{ kind: 'TOP_UP', grossFen: 500n, feeFen: 0n }, true],
  [{ kind: 'BANK_PAYOUT', grossFen: 0n, feeFen: 5n }, true],
  [{ kind: 'BANK_PAYOUT', grossFen: 0n, feeFen: 0n }, false],
  [{ kind: 'OTHER', grossFen: 500n }, false],
  [{ kind: 'CAPTURE', grossFen: 500n }, false],
  [{ kind: 'TRANSFER', grossFen: -500n }, false],
] as const)('%j is booked by the provider’s list alone: %s', (changes, isBooked) => {
  expect(bankMovementOf(movement(changes)) !== null).toBe(isBooked);
});

it('knows what the books hear of late, and what they never hear of', () => {
  expect(placeOf(movement({ kind: 'REFUND', subjectRef: 're_9' }), SUBJECTS)).toMatchObject({
    isWaiting: true,
  });
  expect(placeOf(movement({ kind: 'REFUND', subjectRef: 'rfd_3' }), SUBJECTS)).toMatchObject({
    isUndone: true,
  });
  expect(placeOf(movement({ kind: 'REFUND_FAILED', subjectRef: 'rfd_3' }), SUBJECTS)).toMatchObject({
    isUndone: true,
  });
});

describe('a movement', () => {
  const judged = (
    found: readonly JournalEffect[],
    now = LATER,
    changes: Partial<MovementRow> = {},
    taken: ReadonlyMap<string, string> = new Map(),
  ) => judge(movement(changes), placeOf(movement(changes), SUBJECTS), found, taken, now);

  it('E1: that the books have, payment and fee, is matched', () => {
    const journals = [effect(7_670n), effect(-169n)];
    expect(judged(journals, SOON)).toMatchObject({ bookedFen: 7_501n, journals });
  });

  it('may come a day before its fee or the whole of it is booked', () => {
    expect(judged([], SOON)).toBe('NOT_YET');
    expect(judged([effect(7_670n)], SOON)).toBe('NOT_YET');
  });

  it.each<[string, readonly JournalEffect[], Partial<MovementRow>, object]>([
    [
      'that the books lack after a day',
      [],
      {},
      { breakClass: 'MISSING_INTERNAL', expectedFen: 7_501n, actualFen: 0n },
    ],
    [
      'whose fee they lack',
      [effect(7_670n)],
      {},
      { breakClass: 'MISSING_INTERNAL', expectedFen: 7_501n, actualFen: 7_670n },
    ],
    ['of a refund that is not final', [], { kind: 'REFUND', subjectRef: 're_9' }, { breakClass: 'TIMING' }],
    [
      'of a refund that nobody adopted',
      [],
      { kind: 'REFUND', subjectRef: 're_x' },
      { breakClass: 'MISSING_INTERNAL' },
    ],
    [
      'to our bank',
      [],
      { kind: 'BANK_PAYOUT', grossFen: -500n, feeFen: 0n },
      { breakClass: 'MISSING_INTERNAL', expectedFen: -500n },
    ],
  ])('%s is a break', (_, found, changes, finding) => {
    expect(judged(found, LATER, changes)).toMatchObject(finding);
  });

  it('of another amount than the books is a break at once', () => {
    expect(judged([effect(7_669n), effect(-169n)], AT)).toMatchObject({
      breakClass: 'AMOUNT',
      expectedFen: 7_501n,
      actualFen: 7_500n,
    });
  });

  it('in a word that nobody knows is a break at once', () => {
    expect(judged([], AT, { kind: 'OTHER' })).toMatchObject({ breakClass: 'UNKNOWN_TYPE' });
  });

  it('that wants a journal which stands for another is there twice', () => {
    const found = [effect(7_670n), effect(-169n)];
    const taken = new Map([['jrn_7670', 'txn_0']]);
    expect(judged(found, AT, {}, taken)).toMatchObject({ breakClass: 'DUPLICATE', expectedFen: 0n });
    expect(judged(found, AT, {}, new Map([['jrn_7670', 'txn_1']]))).toMatchObject({ bookedFen: 7_501n });
  });
});

it('C11: what left for a refund and came back is nothing, once both halves are here', () => {
  const out = movement({ ref: 'txn_1', kind: 'REFUND', subjectRef: 'rfd_3', grossFen: -500n, feeFen: 0n });
  const back = { ...out, ref: 'txn_2', kind: 'REFUND_FAILED', grossFen: 500n } as const;
  expect(undoneOf([out])).toEqual([]);
  expect(undoneOf([out, back]).map(({ movement: { ref }, bookedFen }) => [ref, bookedFen])).toEqual([
    ['txn_1', 0n],
    ['txn_2', 0n],
  ]);
});

it('a journal that the provider does not know is a break after a day', () => {
  expect(findingOfJournal(effect(5n), SOON)).toEqual([]);
  expect(findingOfJournal(effect(5n), LATER)).toMatchObject([
    { breakClass: 'MISSING_EXTERNAL', subject: 'jrn_5', expectedFen: 0n, actualFen: 5n },
  ]);
});

describe('a day', () => {
  const sums = [
    { kind: 'CAPTURE', grossFen: 10_000n, feeFen: 220n },
    { kind: 'REFUND', grossFen: -2_500n, feeFen: 0n },
    { kind: 'REFUND_FAILED', grossFen: 500n, feeFen: 0n },
    { kind: 'DISPUTE', grossFen: -1_000n, feeFen: 1_500n },
    { kind: 'TRANSFER', grossFen: -300n, feeFen: 0n },
    { kind: 'BANK_PAYOUT', grossFen: -400n, feeFen: 0n },
  ] as const;
  const row = dayFrom('2026-11-25', 1_000n, sums, { bookedFen: 4_680n, timingFen: -100n }, LATER);

  it('4.7: opening and all that moved make the closing', () => {
    expect(row).toMatchObject({
      openingFen: 1_000n,
      capturedFen: 10_000n,
      refundedFen: -2_000n,
      disputedFen: -1_000n,
      transferredFen: -300n,
      bankFen: -400n,
      otherFen: 0n,
      feeFen: -1_720n,
      closingFen: 5_580n,
    });
  });

  it('4.7: differs from the books by what they have on other days, and nothing else', () => {
    expect(differenceOf(row)).toBe(0n);
    expect(differenceOf({ ...row, bookedFen: 4_679n })).toBe(1n);
  });

  it('is a break when it still differs at six in the morning two days later', () => {
    const wrong = { ...row, bookedFen: 4_679n };
    expect(dueAt('2026-11-25', 2)).toEqual(new Date('2026-11-26T22:00:00Z'));
    expect(findingOfDay(wrong, new Date('2026-11-26T21:59:59Z'))).toEqual([]);
    expect(findingOfDay(wrong, new Date('2026-11-26T22:00:00Z'))).toMatchObject([
      { breakClass: 'TIMING', subject: 'STRIPE 2026-11-25', expectedFen: 4_580n, actualFen: 4_579n },
    ]);
    expect(findingOfDay(row, new Date('2026-11-27T22:00:00Z'))).toEqual([]);
  });
});
