import fc from 'fast-check';
import { DAY_MS, HOUR_MS, plus } from '#libs/kernel';
import {
  AFTER_SALE_ACTS,
  AFTER_SALE_KINDS,
  AFTER_SALE_STATES,
  type AfterSaleAct,
  type AfterSaleKind,
  type AfterSaleState,
} from './after-sale.entity.js';
import {
  type ParcelUnits,
  actOfSilence,
  askableUnits,
  dueAtOf,
  inTheWay,
  isClosed,
  isFreightBack,
  isSignedFor,
  isTooLate,
  nextState,
  parcelsSince,
  possibleOf,
  refuseAsk,
  refuseEvidence,
  refuseReturnAddress,
  refuseText,
  standingOf,
} from './after-sale.rules.js';
import { badShareBps, claimedWeightG, compensationOf, paidFen, proRataFen } from './compensation.rules.js';

const NOW = new Date('2026-11-02T02:00:00Z');
const standing = (
  state: AfterSaleState,
  kind: AfterSaleKind = 'REFUND_ONLY',
  returnTrackingNo: string | null = null,
) => ({
  state,
  kind,
  returnTrackingNo,
});

describe('where an act leads', () => {
  it.each<[AfterSaleAct, AfterSaleState, AfterSaleKind, AfterSaleState | null]>([
    // act, from, kind → to
    ['APPROVED', 'REQUESTED', 'REFUND_ONLY', 'REFUNDING'],
    ['APPROVED', 'REQUESTED', 'FRESH_CLAIM', 'REFUNDING'],
    ['APPROVED', 'REQUESTED', 'RETURN_REFUND', 'AWAITING_RETURN'],
    ['APPROVED', 'REQUESTED', 'EXCHANGE', 'AWAITING_RETURN'],
    ['APPROVED', 'REFUSED', 'REFUND_ONLY', 'REFUNDING'],
    ['APPROVED', 'AT_PLATFORM', 'REFUND_ONLY', null],
    ['REFUSED', 'REQUESTED', 'REFUND_ONLY', 'REFUSED'],
    ['REFUSED', 'REQUESTED', 'FRESH_CLAIM', null],
    ['REFUSED', 'REFUSED', 'REFUND_ONLY', null],
    ['APPEALED', 'REQUESTED', 'FRESH_CLAIM', 'AT_PLATFORM'],
    ['APPEALED', 'REQUESTED', 'REFUND_ONLY', null],
    ['APPEALED', 'RETURNING', 'RETURN_REFUND', 'AT_PLATFORM'],
    ['ACCEPTED', 'REFUSED', 'REFUND_ONLY', 'REJECTED'],
    ['ACCEPTED', 'REQUESTED', 'REFUND_ONLY', null],
    ['CONTESTED', 'REFUSED', 'RETURN_REFUND', 'AT_PLATFORM'],
    ['WITHDRAWN', 'AWAITING_RETURN', 'RETURN_REFUND', 'WITHDRAWN'],
    ['WITHDRAWN', 'RETURNING', 'RETURN_REFUND', null],
    ['WITHDRAWN', 'REFUNDING', 'REFUND_ONLY', null],
    ['SENT_BACK', 'AWAITING_RETURN', 'EXCHANGE', 'RETURNING'],
    ['SENT_BACK', 'REQUESTED', 'EXCHANGE', null],
    ['RETURN_CONFIRMED', 'RETURNING', 'RETURN_REFUND', 'REFUNDING'],
    ['RETURN_CONFIRMED', 'RETURNING', 'EXCHANGE', 'TO_REPLACE'],
    ['REPLACEMENT_SHIPPED', 'TO_REPLACE', 'EXCHANGE', 'REPLACING'],
    ['REPLACEMENT_OVERDUE', 'TO_REPLACE', 'EXCHANGE', 'REFUNDING'],
    ['REPLACEMENT_RECEIVED', 'REPLACING', 'EXCHANGE', 'REPLACED'],
    ['REFUND_DECIDED', 'AT_PLATFORM', 'FRESH_CLAIM', 'REFUNDING'],
    ['REFUND_DECIDED', 'REFUNDED', 'FRESH_CLAIM', null],
    ['REJECT_DECIDED', 'AT_PLATFORM', 'FRESH_CLAIM', 'REJECTED'],
    ['RETURN_DECIDED', 'AT_PLATFORM', 'RETURN_REFUND', 'AWAITING_RETURN'],
    ['RETURN_DECIDED', 'AT_PLATFORM', 'REFUND_ONLY', null],
    ['RETURN_DECIDED', 'AT_PLATFORM', 'FRESH_CLAIM', null],
    ['REFUND_SUCCEEDED', 'REFUNDING', 'REFUND_ONLY', 'REFUNDED'],
    ['REFUND_FAILED', 'REFUNDING', 'REFUND_ONLY', 'AT_PLATFORM'],
    ['LAPSED', 'AWAITING_RETURN', 'RETURN_REFUND', 'LAPSED'],
    ['LAPSED', 'REFUSED', 'RETURN_REFUND', 'REJECTED'],
    ['EVIDENCE_ADDED', 'AT_PLATFORM', 'FRESH_CLAIM', 'AT_PLATFORM'],
    ['EVIDENCE_ADDED', 'REFUNDING', 'FRESH_CLAIM', null],
  ])('%s of %s (%s) leads to %s', (act, from, kind, to) => {
    expect(nextState(act, standing(from, kind))).toBe(to);
  });

  it('what was sent back is not sent back again', () => {
    expect(nextState('RETURN_DECIDED', standing('AT_PLATFORM', 'RETURN_REFUND', 'SF123456'))).toBeNull();
  });

  it('what is closed stays closed, whatever is done', () => {
    for (const state of AFTER_SALE_STATES.filter(isClosed))
      for (const act of AFTER_SALE_ACTS)
        for (const kind of AFTER_SALE_KINDS) expect(nextState(act, standing(state, kind))).toBeNull();
  });

  it('no money goes back twice: any sequence of acts asks for a refund once, unless one failed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...AFTER_SALE_KINDS),
        fc.array(fc.constantFrom(...AFTER_SALE_ACTS), { maxLength: 30 }),
        (kind, acts) => {
          let state: AfterSaleState = 'REQUESTED';
          let owed = 1;
          for (const act of acts) {
            const to = nextState(act, standing(state, kind));
            if (to === null) continue;
            if (act === 'REFUND_FAILED') owed += 1;
            if (to === 'REFUNDING') owed -= 1;
            expect(owed).toBeGreaterThanOrEqual(0);
            state = to;
          }
        },
      ),
    );
  });

  it('every open state ends by itself, or waits for the provider', () => {
    for (const kind of AFTER_SALE_KINDS)
      for (const state of AFTER_SALE_STATES.filter((each) => !isClosed(each))) {
        const trusted = {
          isPhotoReused: false,
          freshClaimsGranted: 0,
          isGuest: false,
          hasReturnAddress: true,
          isSignedFor: false,
          hasRefundFailed: false,
        };
        const act = actOfSilence(standing(state, kind), trusted);
        const waits = state === 'REFUNDING';
        expect([state, act === null]).toEqual([state, waits]);
        expect([state, dueAtOf(state, kind, NOW) === null]).toEqual([state, waits]);
        if (act) expect([state, nextState(act, standing(state, kind))]).not.toContain(null);
      }
  });
});

it.each([
  ['APPEALED', 0, true],
  ['APPEALED', 1, false],
  ['REFUSED', -1, true],
  ['CONTESTED', 0, true],
  ['APPROVED', -1, false],
  ['WITHDRAWN', -1, false],
  ['EVIDENCE_ADDED', -1, false],
] as const)('%s with %s ms left is too late: %s', (act, leftMs, late) => {
  expect(isTooLate(act, { dueAt: new Date(NOW.getTime() + leftMs) }, NOW)).toBe(late);
  expect(isTooLate(act, { dueAt: null }, NOW)).toBe(false);
});

describe('silence', () => {
  const trusted = {
    isPhotoReused: false,
    freshClaimsGranted: 0,
    isGuest: false,
    hasReturnAddress: true,
    isSignedFor: false,
    hasRefundFailed: false,
  };

  it.each([
    ['a cooperative has a day for fruit', 'REQUESTED', 'FRESH_CLAIM', 24 * HOUR_MS],
    ['and two days else', 'REQUESTED', 'RETURN_REFUND', 48 * HOUR_MS],
    ['a buyer has a week to send back', 'AWAITING_RETURN', 'EXCHANGE', 7 * DAY_MS],
    ['a parcel back counts as arrived like any other', 'RETURNING', 'EXCHANGE', 10 * DAY_MS],
    ['the platform has a week', 'AT_PLATFORM', 'FRESH_CLAIM', 7 * DAY_MS],
  ] as const)('%s', (_, state, kind, lastsMs) => {
    expect(dueAtOf(state, kind, NOW)).toEqual(new Date(NOW.getTime() + lastsMs));
  });

  it.each([
    ['gives what was asked for', 'FRESH_CLAIM', null, {}, 'REFUND_DECIDED'],
    ['gives the money back', 'REFUND_ONLY', null, {}, 'REFUND_DECIDED'],
    ['has the goods sent back first', 'RETURN_REFUND', null, {}, 'RETURN_DECIDED'],
    ['has what is to be exchanged sent back first', 'EXCHANGE', null, {}, 'RETURN_DECIDED'],
    ['pays for what was sent back', 'RETURN_REFUND', 'SF1', {}, 'REFUND_DECIDED'],
    ['knows nowhere to send it back to', 'RETURN_REFUND', null, { hasReturnAddress: false }, 'ESCALATED'],
    ['does not pay by a photo shown before', 'FRESH_CLAIM', null, { isPhotoReused: true }, 'ESCALATED'],
    ['does not pay for what was signed for', 'REFUND_ONLY', null, { isSignedFor: true }, 'ESCALATED'],
    [
      'does not try again what the provider refused',
      'REFUND_ONLY',
      null,
      { hasRefundFailed: true },
      'ESCALATED',
    ],
    ['does not pay a guest for fruit', 'FRESH_CLAIM', null, { isGuest: true }, 'ESCALATED'],
    ['pays a guest for what broke', 'REFUND_ONLY', null, { isGuest: true }, 'REFUND_DECIDED'],
    ['does not pay a fourth claim', 'FRESH_CLAIM', null, { freshClaimsGranted: 3 }, 'ESCALATED'],
  ] as const)('of the platform %s', (_, kind, trackingNo, doubts, act) => {
    const at = standing('AT_PLATFORM', kind, trackingNo);
    expect(actOfSilence(at, { ...trusted, ...doubts })).toBe(act);
    expect(nextState(act, at)).not.toBeNull();
  });

  it.each([
    ['is consent', 'FRESH_CLAIM', trusted, 'APPROVED'],
    ['of a photo shown before is none', 'FRESH_CLAIM', { ...trusted, isPhotoReused: true }, 'ESCALATED'],
    ['nor about other goods', 'REFUND_ONLY', { ...trusted, isPhotoReused: true }, 'ESCALATED'],
    [
      'nor for the fourth claim of a buyer',
      'FRESH_CLAIM',
      { ...trusted, freshClaimsGranted: 3 },
      'ESCALATED',
    ],
    ['the third is', 'FRESH_CLAIM', { ...trusted, freshClaimsGranted: 2 }, 'APPROVED'],
    ['claims weigh on claims alone', 'REFUND_ONLY', { ...trusted, freshClaimsGranted: 9 }, 'APPROVED'],
    ['a guest claims what perishes: a person', 'FRESH_CLAIM', { ...trusted, isGuest: true }, 'ESCALATED'],
    ['a guest asks for anything else', 'REFUND_ONLY', { ...trusted, isGuest: true }, 'APPROVED'],
    ['nowhere to send it: a person', 'RETURN_REFUND', { ...trusted, hasReturnAddress: false }, 'ESCALATED'],
    [
      'what has been signed for since: a person',
      'REFUND_ONLY',
      { ...trusted, isSignedFor: true },
      'ESCALATED',
    ],
    ['money needs no address', 'REFUND_ONLY', { ...trusted, hasReturnAddress: false }, 'APPROVED'],
  ] as const)('%s', (_, kind, doubts, act) => {
    expect(actOfSilence(standing('REQUESTED', kind), doubts)).toBe(act);
  });

  it.each([
    ['nobody has signed', 'NOT_RECEIVED', 2, [[2, null]], false],
    ['time has', 'NOT_RECEIVED', 2, [[2, 'AUTO']], false],
    ['the buyer has', 'NOT_RECEIVED', 2, [[2, 'BUYER']], true],
    [
      'for another parcel',
      'NOT_RECEIVED',
      2,
      [
        [3, 'BUYER'],
        [2, null],
      ],
      false,
    ],
    [
      'for one of two that are missing',
      'NOT_RECEIVED',
      2,
      [
        [1, 'BUYER'],
        [1, null],
      ],
      true,
    ],
    ['which says nothing of what is broken', 'DAMAGED', 2, [[2, 'BUYER']], false],
  ] as const)('%s: a case about what never came is overtaken, or not', (_, reason, quantity, parcels, is) => {
    const units = parcels.map(([units, receivedBy]) => ({ quantity: units, receivedBy }));
    expect(isSignedFor({ reason, quantity }, units)).toBe(is);
  });
});

describe('what may be asked for', () => {
  const now = new Date('2026-11-10T00:00:00Z');
  /** `2 on its way`, or `3 signed by BUYER 40 hours ago`, of several parcels. */
  const parcelOf = (text: string): ParcelUnits => {
    const [quantity, , , by, hours] = text.split(' ');
    const isReceived = by === 'BUYER' || by === 'AUTO';
    return {
      quantity: Number(quantity),
      shippedAt: plus(now, -20 * DAY_MS),
      receivedAt: isReceived ? plus(now, -Number(hours) * HOUR_MS) : null,
      receivedBy: isReceived ? by : null,
    };
  };
  const standingWith = (
    state: string,
    isPerishable: boolean,
    parcels: readonly string[],
    releaseDueAt: Date | null = null,
  ) => standingOf({ isPerishable }, { state, releaseDueAt }, parcels.map(parcelOf), now);
  const kept = [
    'REFUND_ONLY: DAMAGED WRONG_GOODS QUALITY',
    'RETURN_REFUND: DAMAGED WRONG_GOODS QUALITY NO_LONGER_WANTED',
    'EXCHANGE: DAMAGED WRONG_GOODS QUALITY',
  ];
  const keptOrMissing = kept.map((each) => each.replace('ONLY: ', 'ONLY: NOT_RECEIVED '));

  it.each([
    ['TO_SHIP', false, [], []],
    ['SHIPPED', true, ['1 on its way'], ['REFUND_ONLY: NOT_RECEIVED']],
    ['RECEIVED', true, ['1 signed by BUYER 47'], ['FRESH_CLAIM: SPOILED']],
    ['RECEIVED', true, ['1 signed by BUYER 48'], []],
    ['RECEIVED', true, ['1 signed by AUTO 1'], ['REFUND_ONLY: NOT_RECEIVED', 'FRESH_CLAIM: SPOILED']],
    ['RECEIVED', false, ['1 signed by BUYER 167'], kept],
    ['RECEIVED', false, ['1 signed by BUYER 168'], []],
    // In several parcels, each of which has a window of its own.
    ['PARTLY_SHIPPED', false, [], []],
    ['PARTLY_SHIPPED', false, ['1 signed by BUYER 1'], kept],
    ['PARTLY_SHIPPED', false, ['1 signed by BUYER 1', '2 on its way'], keptOrMissing],
    ['SHIPPED', false, ['1 signed by BUYER 168', '2 on its way'], ['REFUND_ONLY: NOT_RECEIVED']],
    ['RECEIVED', true, ['1 signed by BUYER 50', '1 signed by BUYER 2'], ['FRESH_CLAIM: SPOILED']],
    ['COMPLETED', false, ['1 signed by BUYER 1'], []],
    ['CANCELLED', false, [], []],
  ] as const)('of what is %s (fresh: %s) with %j', (state, isPerishable, parcels, expected) => {
    const possible = possibleOf(standingWith(state, isPerishable, parcels));

    expect([...possible].map(([kind, reasons]) => `${kind}: ${reasons.join(' ')}`)).toEqual(expected);
  });

  it.each([
    ['TAKEN', false, -47, ['NOT_TAKEN']],
    ['TAKEN', true, -47, ['NOT_TAKEN']],
    ['TAKEN', true, -48, []],
    ['VEND', true, -1, []],
  ] as const)(
    'of what was %s (fresh: %s) and billed %i hours ago',
    (handover, isPerishable, hours, expected) => {
      const part = { state: 'RECEIVED', releaseDueAt: null, handover, paidAt: plus(now, hours * HOUR_MS) };
      const parcels = ['2 signed by BUYER 49'].map(parcelOf);
      const standing = standingOf({ isPerishable }, part, parcels, now);
      const reasons = possibleOf(standing).get('REFUND_ONLY') ?? [];

      expect(reasons.filter((reason) => reason === 'NOT_TAKEN')).toEqual(expected);
      expect(askableUnits(standing, 'NOT_TAKEN')).toBe(expected.length * 2);
      // What is over for everything else is not over for that.
      if (isPerishable) expect(standing.endedAt === null).toBe(expected.length > 0);
    },
  );

  it.each([
    // parcels                                          missing  else  over since, hours ago
    [['2 on its way'], 2, 0, null],
    [['2 signed by BUYER 1', '3 on its way'], 3, 2, null],
    [['2 signed by AUTO 1', '3 signed by BUYER 2'], 2, 5, null],
    [['2 signed by AUTO 60', '3 signed by BUYER 2'], 0, 3, null],
    [['2 signed by AUTO 60', '3 signed by BUYER 50'], 0, 0, 2],
  ] as const)(
    'of fresh goods with %j: %i missing, %i otherwise',
    (parcels, missing, otherwise, overSince) => {
      const standing = standingWith('RECEIVED', true, parcels);

      expect(askableUnits(standing, 'NOT_RECEIVED')).toBe(missing);
      expect(askableUnits(standing, 'SPOILED')).toBe(otherwise);
      expect(standing.endedAt).toEqual(overSince === null ? null : plus(now, -overSince * HOUR_MS));
    },
  );

  it('ends when the money goes out, and not later', () => {
    const released = plus(now, -HOUR_MS);
    expect(standingWith('RECEIVED', false, ['1 signed by BUYER 50'], released)).toMatchObject({
      open: 0,
      endedAt: released,
    });
    expect(standingWith('COMPLETED', false, ['1 signed by BUYER 50'], released).endedAt).toEqual(released);
  });
});

describe('fresh goods', () => {
  it.each([
    // bad g, of g → share, what is given, of 100 yuan
    [1, 2_500, 4, 'NONE', 4n],
    [250, 2_500, 1_000, 'NONE', 1_000n],
    [251, 2_500, 1_004, 'PRO_RATA', 1_004n],
    [750, 2_500, 3_000, 'PRO_RATA', 3_000n],
    [1_250, 2_500, 5_000, 'PRO_RATA', 5_000n],
    [1_251, 2_500, 5_004, 'WHOLE', 5_004n],
    [2_500, 2_500, 10_000, 'WHOLE', 10_000n],
  ])('%d g of %d g are %d ten-thousandths: %s', (badG, ofG, bps, compensation, inProportion) => {
    expect(badShareBps(badG, ofG)).toBe(bps);
    expect(compensationOf(bps)).toBe(compensation);
    expect(proRataFen(10_000n, bps)).toBe(inProportion);
  });

  it('rounds in the buyer’s favour, and never above the whole', () => {
    expect(proRataFen(3_333n, 1_001)).toBe(334n);
    expect(proRataFen(1n, 1_001)).toBe(1n);
    expect(proRataFen(0n, 5_000)).toBe(0n);
    fc.assert(
      fc.property(fc.bigInt(0n, 10_000_000n), fc.integer({ min: 0, max: 10_000 }), (whole, bps) => {
        const part = proRataFen(whole, bps);
        expect(part >= 0n && part <= whole).toBe(true);
      }),
    );
  });

  it('is of what the buyer paid for the units, and not of what others did', () => {
    const line = { goodsFen: '10000', subsidyFen: '1000', quantity: 7 };
    expect([paidFen(line, 7), paidFen(line, 1), paidFen(line, 2)]).toEqual([9_000n, 1_286n, 2_572n]);
  });

  it('weighs the units that are claimed, not the line', () => {
    expect(claimedWeightG({ netWeightG: 7_500, quantity: 3 }, 1)).toBe(2_500);
    expect(claimedWeightG({ netWeightG: 1_000, quantity: 3 }, 1)).toBe(333);
    expect(badShareBps(10, 0)).toBe(0);
  });
});

describe('freight', () => {
  const one = { orderLineId: 'oln_1', quantity: 2, reason: 'DAMAGED', isWhole: true } as const;
  const sold = (returned1: number, returned2: number) => [
    { orderLineId: 'oln_1', quantity: 2, returnedQuantity: returned1 },
    { orderLineId: 'oln_2', quantity: 1, returnedQuantity: returned2 },
  ];

  it.each([
    ['goes back with the last of a parcel', one, sold(0, 1), true],
    ['not while something is kept', one, sold(0, 0), false],
    ['nor with some of the units', { ...one, quantity: 1 }, sold(0, 1), false],
    ['with the rest of them', { ...one, quantity: 1 }, sold(1, 1), true],
    [
      'not where the buyer thought better of it',
      { ...one, reason: 'NO_LONGER_WANTED' as const },
      sold(0, 1),
      false,
    ],
    ['not with an amount', { ...one, isWhole: false }, sold(0, 1), false],
  ])('%s', (_, about, of, expected) => {
    expect(isFreightBack(about, of)).toBe(expected);
  });
});

describe('another case about the same line', () => {
  const former = (state: AfterSaleState, more: object = {}) => ({
    id: 'afs_1' as const,
    kind: 'REFUND_ONLY' as const,
    state,
    isFinal: false,
    openedAt: plus(NOW, -5 * HOUR_MS),
    ...more,
  });
  const none = () => 0;

  it.each([
    ['may follow none', [], null],
    ['waits for the open one', [former('RETURNING')], 'RETURNING'],
    ['may follow one that was withdrawn', [former('WITHDRAWN')], null],
    ['may follow one about other units', [former('REFUNDED')], null],
    ['not what the platform has decided', [former('REJECTED', { isFinal: true })], 'REJECTED'],
    ['not fruit that was paid for', [former('REFUNDED', { kind: 'FRESH_CLAIM' })], 'REFUNDED'],
    ['not without end', [former('WITHDRAWN'), former('WITHDRAWN'), former('LAPSED')], 'LAPSED'],
  ])('%s', (_, cases, state) => {
    expect(inTheWay(cases, { quantity: 1 }, none)?.state ?? null).toBe(state);
  });

  /** Two units of it came an hour ago. */
  const two = (at: Date) => (at < plus(NOW, -HOUR_MS) ? 2 : 0);
  const late = { openedAt: plus(NOW, -1) };
  const paid = former('REFUNDED', { kind: 'FRESH_CLAIM' });

  it.each([
    ['may follow fruit that came before', 2, [paid], null],
    ['not with what came before as well', 3, [paid], 'REFUNDED'],
    ['may follow what was decided about what came before', 1, [former('REJECTED', { isFinal: true })], null],
    ['and any number of cases about it', 1, [former('LAPSED'), former('LAPSED'), former('LAPSED')], null],
    ['waits for the open one all the same', 1, [former('RETURNING')], 'RETURNING'],
    ['is weighed once as well', 1, [paid, { ...paid, ...late }], 'REFUNDED'],
  ])('about what has come since %s', (_, quantity, cases, state) => {
    expect(inTheWay(cases, { quantity }, two)?.state ?? null).toBe(state);
  });

  it('what came since is what was received since, or, where it is missing, what left since', () => {
    const at = plus(NOW, -10 * HOUR_MS);
    const parcel = (quantity: number, left: number, came: number | null) => ({
      quantity,
      shippedAt: plus(NOW, -left * HOUR_MS),
      receivedAt: came === null ? null : plus(NOW, -came * HOUR_MS),
      receivedBy: 'BUYER' as const,
    });
    const parcels = [parcel(1, 30, 20), parcel(2, 30, 5), parcel(3, 30, null), parcel(4, 5, null)];

    expect(parcelsSince(parcels, 'SPOILED', at).map(({ quantity }) => quantity)).toEqual([2]);
    expect(parcelsSince(parcels, 'NOT_RECEIVED', at).map(({ quantity }) => quantity)).toEqual([4]);
  });
});

describe('malformed asks', () => {
  const ask = {
    orderLineId: 'oln_1',
    kind: 'REFUND_ONLY',
    reason: 'DAMAGED',
    quantity: 1,
    amountFen: null,
    badWeightG: null,
  } as const;

  it.each([
    [{}, []],
    [{ quantity: 0 }, ['quantity']],
    [{ quantity: -1 }, ['quantity']],
    [{ quantity: 10_001 }, ['quantity']],
    [{ amountFen: 0n }, ['amountFen']],
    [{ amountFen: -5n }, ['amountFen']],
    [{ kind: 'EXCHANGE' as const, amountFen: 5n }, ['amountFen']],
    [{ badWeightG: 5 }, ['badWeightG']],
    [{ kind: 'FRESH_CLAIM' as const }, ['badWeightG']],
    [{ kind: 'FRESH_CLAIM' as const, badWeightG: 0 }, ['badWeightG']],
    [{ kind: 'FRESH_CLAIM' as const, badWeightG: 5, quantity: 0, amountFen: 5n }, ['quantity', 'amountFen']],
  ])('%j is refused for %j', (more, paths) => {
    expect(refuseAsk({ ...ask, ...more })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  const photo = (subject: 'WAYBILL' | 'SCALE' | 'GOODS', photoId = `fil_${subject}`) => ({
    photoId,
    subject,
  });

  it.each([
    ['FRESH_CLAIM', 'SPOILED', [photo('WAYBILL'), photo('SCALE')], false],
    ['FRESH_CLAIM', 'SPOILED', [photo('WAYBILL'), photo('GOODS')], true],
    ['FRESH_CLAIM', 'SPOILED', [], true],
    ['REFUND_ONLY', 'DAMAGED', [], true],
    ['REFUND_ONLY', 'DAMAGED', [photo('GOODS')], false],
    ['REFUND_ONLY', 'NOT_RECEIVED', [], false],
    ['RETURN_REFUND', 'NO_LONGER_WANTED', [], false],
    ['REFUND_ONLY', 'NOT_RECEIVED', [photo('GOODS'), photo('GOODS')], true],
    ['REFUND_ONLY', 'DAMAGED', Array.from({ length: 10 }, (_, n) => photo('GOODS', `fil_${n}`)), true],
  ] as const)('%s for %s shows %j: refused %s', (kind, reason, photos, isRefused) => {
    expect(refuseEvidence({ kind, reason }, photos) !== null).toBe(isRefused);
  });

  it('counts characters as people do', () => {
    expect(refuseText('text', '𠮷'.repeat(500))).toBeNull();
    expect(refuseText('text', '𠮷'.repeat(501))).not.toBeNull();
    expect(refuseText('text', ' 坏 ')).not.toBeNull();
    expect(refuseText('text', '🍑🍑')).toBeNull();
  });

  it('wants to know where goods go back to, and only then', () => {
    expect(refuseReturnAddress('RETURN_REFUND', null)).not.toBeNull();
    expect(refuseReturnAddress('EXCHANGE', ' 村里 ')).not.toBeNull();
    expect(refuseReturnAddress('EXCHANGE', '霞阳镇神农大道 1 号 张三 13900000000')).toBeNull();
    expect(refuseReturnAddress('REFUND_ONLY', null)).toBeNull();
  });
});
