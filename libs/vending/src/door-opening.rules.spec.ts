import fc from 'fast-check';
import { DOOR_OPENING_STATES, type DoorOpeningState } from './door-opening.entity.js';
import {
  type OpeningAct,
  type OpeningStanding,
  type OpeningWord,
  checkAfterMs,
  goneAt,
  isUnderWay,
  mayBeOpen,
  obstacleToWaiving,
  refuseDecision,
  refuseNote,
  shutAt,
  turnOf,
} from './door-opening.rules.js';

const weighed = (takenUnits: number, isDoubtful = false): OpeningWord => ({
  kind: 'WEIGHED',
  takenUnits,
  isDoubtful,
});
const after = (
  state: DoorOpeningState,
  word: OpeningWord,
  reviewReason: OpeningStanding['reviewReason'] = null,
) => turnOf({ state, reviewReason }, word);

describe('what follows of a word', () => {
  it.each<[DoorOpeningState, OpeningWord, DoorOpeningState, OpeningAct | null]>([
    ['AWAITING_HOLD', { kind: 'HELD' }, 'READY', null],
    ['AWAITING_HOLD', { kind: 'HOLD_GONE' }, 'NOT_OPENED', null],
    ['AWAITING_HOLD', { kind: 'GIVEN_UP' }, 'NOT_OPENED', 'RELEASE'],
    ['READY', { kind: 'ASKED' }, 'OPENING', 'TELL'],
    ['READY', { kind: 'GIVEN_UP' }, 'NOT_OPENED', 'RELEASE'],
    ['OPENING', { kind: 'OPENED' }, 'OPEN', null],
    ['OPENING', { kind: 'REFUSED' }, 'NOT_OPENED', 'RELEASE'],
    // The weights overtake the answer.
    ['OPENING', weighed(2), 'BILLING', 'BILL'],
    ['OPEN', weighed(0), 'NOTHING_TAKEN', 'RELEASE'],
    ['OPEN', weighed(2, true), 'REVIEW', null],
    ['OPEN', { kind: 'SILENT' }, 'REVIEW', null],
    ['NOT_OPENED', weighed(1), 'REVIEW', null],
    ['REVIEW', { kind: 'DECIDED', takenUnits: 1 }, 'BILLING', 'BILL'],
    ['REVIEW', { kind: 'DECIDED', takenUnits: 0 }, 'NOTHING_TAKEN', 'RELEASE'],
    ['REVIEW', { kind: 'WAIVED' }, 'WAIVED', 'RELEASE'],
    ['BILLING', { kind: 'ORDERED', isCovered: true }, 'BILLED', null],
    ['BILLING', { kind: 'ORDERED', isCovered: false }, 'DEBT', null],
    ['BILLING', { kind: 'NOT_SOLD' }, 'REVIEW', null],
    ['BILLED', { kind: 'PAID' }, 'PAID', null],
    ['BILLED', { kind: 'CAPTURE_GONE' }, 'DEBT', null],
    ['DEBT', { kind: 'PAID' }, 'PAID', null],
    ['DEBT', { kind: 'WAIVED' }, 'WAIVED', null],
    ['BILLED', { kind: 'CALLED_OFF' }, 'WAIVED', 'RELEASE'],
    ['DEBT', { kind: 'CALLED_OFF' }, 'WAIVED', 'RELEASE'],
  ])('%s, %j: %s, %s', (state, word, next, act) => {
    expect(after(state, word)).toMatchObject({ state: next, act });
  });

  it.each<[DoorOpeningState, OpeningWord]>([
    ['AWAITING_HOLD', { kind: 'ASKED' }],
    ['OPEN', { kind: 'REFUSED' }],
    ['NOT_OPENED', weighed(0)],
    ['NOT_OPENED', { kind: 'OPENED' }],
    ['BILLING', weighed(3)],
    ['BILLED', { kind: 'WAIVED' }],
    ['PAID', weighed(3)],
    ['PAID', { kind: 'CAPTURE_GONE' }],
    ['PAID', { kind: 'CALLED_OFF' }],
    ['WAIVED', { kind: 'DECIDED', takenUnits: 1 }],
  ])('%s, %j: nothing', (state, word) => {
    expect(after(state, word)).toBeNull();
  });

  it('the weights count after an hour of silence, unless a person has to look for another reason', () => {
    expect(after('REVIEW', weighed(1), 'NO_WORD')).toMatchObject({ state: 'BILLING', act: 'BILL' });
    for (const reason of ['WEIGHTS', 'LATE_WORD', 'NOT_SOLD'] as const)
      expect(after('REVIEW', weighed(1), reason)).toBeNull();
    expect(after('OPEN', { kind: 'SILENT' })).toMatchObject({ reviewReason: 'NO_WORD' });
  });

  const words: fc.Arbitrary<OpeningWord> = fc.oneof(
    ...(
      [
        'HELD',
        'HOLD_GONE',
        'GIVEN_UP',
        'ASKED',
        'OPENED',
        'REFUSED',
        'SILENT',
        'WAIVED',
        'NOT_SOLD',
        'PAID',
        'CAPTURE_GONE',
        'CALLED_OFF',
      ] as const
    ).map((kind) => fc.constant<OpeningWord>({ kind })),
    fc.record({
      kind: fc.constant('WEIGHED' as const),
      takenUnits: fc.integer({ min: 0, max: 3 }),
      isDoubtful: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('DECIDED' as const), takenUnits: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ kind: fc.constant('ORDERED' as const), isCovered: fc.boolean() }),
  );

  it('whatever is said, in any order and however often: told once, billed before it is ordered, ordered once, and never let go of what is billed', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (said) => {
        let standing: OpeningStanding = { state: 'AWAITING_HOLD', reviewReason: null };
        const acts: OpeningAct[] = [];
        let orders = 0;
        for (const word of said) {
          const next = turnOf(standing, word);
          if (!next) continue;
          if (word.kind === 'ORDERED') orders += 1;
          if (next.act !== null) acts.push(next.act);
          // What comes of it is over for good.
          expect(['PAID', 'NOTHING_TAKEN', 'WAIVED']).not.toContain(standing.state);
          standing = next;
        }
        expect(acts.filter((act) => act === 'TELL').length).toBeLessThanOrEqual(1);
        expect(orders).toBeLessThanOrEqual(1);
        expect(orders).toBeLessThanOrEqual(acts.filter((act) => act === 'BILL').length);
        // An order is followed by no letting go: what was not covered is owed, and what was is captured.
        if (orders === 1) expect(['BILLED', 'DEBT', 'PAID', 'WAIVED']).toContain(standing.state);
        if (standing.state === 'NOTHING_TAKEN') expect(acts.at(-1)).toBe('RELEASE');
        // Nobody is billed who was never let in.
        if (acts.includes('BILL'))
          expect(acts.includes('TELL') || said.some(({ kind }) => kind === 'WEIGHED')).toBe(true);
      }),
    );
  });

  it('comes to an end by time alone, wherever it stands still', () => {
    for (const state of DOOR_OPENING_STATES) {
      const isMoving = !['BILLED', 'DEBT', 'PAID', 'NOTHING_TAKEN', 'NOT_OPENED', 'WAIVED'].includes(state);
      expect(checkAfterMs(state) !== null).toBe(isMoving);
      expect(mayBeOpen(state) && !isUnderWay(state)).toBe(false);
    }
  });
});

describe('what a person says was taken', () => {
  const goods = [{ slotCode: 'A1', variantId: 'var_1' }];
  it.each<[string, { slotCode: string; variantId: string; quantity: number }[], string, string[]]>([
    ['nothing', [], '录像显示未取', []],
    ['what stood there', [{ slotCode: 'A1', variantId: 'var_1', quantity: 2 }], '看过录像', []],
    [
      'what stood elsewhere',
      [{ slotCode: 'A2', variantId: 'var_1', quantity: 1 }],
      '看过录像',
      ['items.0.variantId'],
    ],
    ['no number', [{ slotCode: 'A1', variantId: 'var_1', quantity: 0 }], '看过录像', ['items.0.quantity']],
    ['too many', [{ slotCode: 'A1', variantId: 'var_1', quantity: 41 }], '看过录像', ['items.0.quantity']],
    ['no reason', [], ' ', ['note']],
    [
      'the same twice',
      [
        { slotCode: 'A1', variantId: 'var_1', quantity: 1 },
        { slotCode: 'A1', variantId: 'var_1', quantity: 1 },
      ],
      '看过录像',
      ['items.1.variantId'],
    ],
  ])('%s', (_, items, note, paths) => {
    expect((refuseDecision(items, goods, note)?.fields ?? []).map(({ path }) => path)).toEqual(paths);
  });

  it('says why, in so many words', () => {
    expect(refuseNote('x'.repeat(201))).not.toBeNull();
    expect(refuseNote('可以')).toBeNull();
  });
});

it.each([
  // seller, billed, limit, whose                              who else has to
  ['mer_1', 20_000n, 20_000n, {}, null],
  ['mer_1', 20_001n, 20_000n, {}, 'TOO_MUCH'],
  ['mer_1', 1n, 0n, {}, 'TOO_MUCH'],
  ['mer_2', 1n, 20_000n, {}, 'GOODS_OF_OTHERS'],
  ['mer_2', 90_000n, 20_000n, { isOfficial: true }, null],
  ['mer_1', 1n, 20_000n, { isBuyer: true }, 'OWN_DEBT'],
  ['mer_1', 1n, 20_000n, { isBuyer: true, isOfficial: true }, 'OWN_DEBT'],
] as const)('of goods of %s for %i, up to %i, %j: %s', (sellerId, billedFen, limitFen, whose, obstacle) => {
  const bill = { operatorId: 'mer_1', sellerIds: ['mer_1', sellerId], billedFen };
  expect(obstacleToWaiving(bill, { isBuyer: false, isOfficial: false, limitFen, ...whose })).toBe(obstacle);
});

it('a door is shut when the cabinet says, but not before it was asked to open, nor in the future', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 8, minute));
  expect(shutAt(at(5), at(2), at(9))).toEqual(at(5));
  // A clock that starts in 1970 puts no sale into another day.
  expect(shutAt(new Date(0), at(2), at(9))).toEqual(at(2));
  expect(shutAt(at(30), at(2), at(9))).toEqual(at(9));
  expect(shutAt(at(5), null, at(9))).toEqual(at(5));
});

it('what nobody has seen shut was gone when it was opened, and not on the day on which somebody decides', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 8, minute));
  const nothing = { closedAt: null, openedAt: null, askedAt: null };
  expect(goneAt({ closedAt: at(3), openedAt: at(2), askedAt: at(1) }, at(9))).toEqual(at(3));
  expect(goneAt({ ...nothing, openedAt: at(2), askedAt: at(1) }, at(9))).toEqual(at(2));
  expect(goneAt({ ...nothing, askedAt: at(1) }, at(9))).toEqual(at(1));
  expect(goneAt(nothing, at(9))).toEqual(at(9));
});
