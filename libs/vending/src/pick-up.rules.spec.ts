import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import { PICK_UP_STATES, type PickUpState } from './pick-up.entity.js';
import {
  type Guard,
  type PickUpAct,
  type PickUpWord,
  afterWrong,
  checkPickUpAt,
  codeOf,
  codeSaid,
  fittingCells,
  isAllPaidBack,
  isCode,
  isOccupied,
  keptUntilOf,
  mayBeOpened,
  takenAtOf,
  turnOfPickUp,
} from './pick-up.rules.js';

const NOW = new Date('2026-11-26T02:00:00.000Z');
const out = (isAgain: boolean): PickUpWord => ({ kind: 'TAKEN_OUT', isAgain });

const cell = (code: string, maxItemG: number, innerL: number | null = null) => ({ code, maxItemG, innerL });
const CELLS = [cell('B1', 20_000, 80), cell('B2', 5_000, 10), cell('B3', 10_000, 30), cell('B4', 10_000)];

it.each([
  // weight  taken    locked   fit
  [5_000, [], [], ['B2', 'B3', 'B1', 'B4']],
  [5_001, [], [], ['B3', 'B1', 'B4']],
  [10_001, [], [], ['B1']],
  [20_001, [], [], []],
  [6_000, ['B3'], [], ['B1', 'B4']],
  [6_000, ['B3'], ['B1'], ['B4']],
])('what weighs %i g, with %j taken and %j locked, fits into %j', (weightG, taken, locked, codes) => {
  const not = { taken: new Set<string>(taken), locked: new Set<string>(locked) };

  expect(fittingCells(CELLS, weightG, not)).toEqual(codes);
});

describe('a parcel in a cell', () => {
  it.each<[PickUpState, PickUpWord, PickUpState | null, PickUpAct | null]>([
    ['WAITING', { kind: 'ASKED' }, 'OPENING', 'OPEN'],
    ['OPENING', { kind: 'ASKED' }, null, null],
    ['OPENING', { kind: 'SEEN_OPEN' }, 'OPENED', 'HAND_OVER'],
    ['OPENING', { kind: 'JAMMED' }, 'STUCK', 'LOCK'],
    // It did not open for whoever put it in.
    ['WAITING', { kind: 'JAMMED' }, 'STUCK', 'LOCK'],
    ['OPENING', { kind: 'SILENT' }, 'WAITING', null],
    ['STUCK', { kind: 'ASKED' }, 'OPENING', 'OPEN'],
    ['OPENED', { kind: 'ASKED' }, 'OPENED', 'OPEN'],
    ['OPENED', { kind: 'LEFT_ALONE' }, 'TAKEN', null],
    ['TAKEN', { kind: 'ASKED' }, null, null],
    ['WAITING', { kind: 'DAYS_OVER' }, 'OVERDUE', null],
    // Nobody is sent away who stands there already.
    ['OPENING', { kind: 'DAYS_OVER' }, null, null],
    ['OVERDUE', { kind: 'ASKED' }, null, null],
    // What was opened is handed over, however late we hear of it.
    ['WAITING', { kind: 'SEEN_OPEN' }, 'OPENED', 'HAND_OVER'],
    ['OVERDUE', { kind: 'SEEN_OPEN' }, 'OPENED', 'HAND_OVER'],
    ['RETURNED', { kind: 'SEEN_OPEN' }, null, null],
    ['OPENED', { kind: 'SEEN_OPEN' }, null, null],
    ['WAITING', out(true), 'TAKEN_BACK', null],
    ['WAITING', out(false), null, null],
    ['OPENING', out(true), null, null],
    ['STUCK', out(false), 'RETURNED', 'REFUND'],
    ['OVERDUE', out(false), 'RETURNED', 'REFUND'],
    ['OVERDUE', out(true), 'TAKEN_BACK', null],
    ['OPENED', out(true), null, null],
    ['TAKEN_BACK', { kind: 'PLACED_AGAIN' }, 'MOVED', null],
    ['TAKEN_BACK', { kind: 'NOT_AGAIN' }, 'RETURNED', 'REFUND'],
    ['TAKEN_BACK', out(false), 'RETURNED', 'REFUND'],
    ['MOVED', { kind: 'NOT_AGAIN' }, null, null],
  ])('%s, %j: %s', (state, word, next, act) => {
    expect(turnOfPickUp(state, word)).toEqual(next && { state: next, act });
  });

  const words: fc.Arbitrary<PickUpWord> = fc.oneof(
    ...(
      [
        'ASKED',
        'SEEN_OPEN',
        'JAMMED',
        'SILENT',
        'DAYS_OVER',
        'LEFT_ALONE',
        'NOT_AGAIN',
        'PLACED_AGAIN',
      ] as const
    ).map((kind) => fc.constant<PickUpWord>({ kind })),
    fc.boolean().map((isAgain): PickUpWord => out(isAgain)),
  );

  it('whatever is said, in any order and however often: handed over once, or paid back once, and never both', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (said) => {
        let state: PickUpState = 'WAITING';
        const acts: PickUpAct[] = [];
        for (const word of said) {
          const next = turnOfPickUp(state, word);
          if (!next) continue;
          // What comes of it is over for good.
          expect(['TAKEN', 'MOVED', 'RETURNED']).not.toContain(state);
          if (next.act) acts.push(next.act);
          // Nothing is opened for anybody that has been taken out.
          if (next.act === 'OPEN') expect(mayBeOpened(state)).toBe(true);
          state = next.state;
        }
        const [handed, refunded] = ['HAND_OVER', 'REFUND'].map(
          (act) => acts.filter((each) => each === act).length,
        );
        expect((handed ?? 0) + (refunded ?? 0)).toBeLessThanOrEqual(1);
        expect(state === 'OPENED' || state === 'TAKEN').toBe(handed === 1);
        expect(state === 'RETURNED').toBe(refunded === 1);
      }),
    );
  });

  it('comes to an end by time alone, once somebody has taken it out where nobody came; what is being opened ends with its command', () => {
    const times = { keptUntil: plus(NOW, HOUR_MS), takenAt: null, now: NOW };
    for (const state of PICK_UP_STATES)
      expect([state, checkPickUpAt(state, times) !== null]).toEqual([
        state,
        ['WAITING', 'STUCK', 'OPENED', 'TAKEN_BACK'].includes(state),
      ]);
    // Opened again and again, the cell is free ten minutes after the first time.
    expect(checkPickUpAt('OPENED', { ...times, takenAt: NOW, now: plus(NOW, MINUTE_MS) })).toEqual(
      plus(NOW, 10 * MINUTE_MS),
    );
  });

  it('keeps the cell until it is out of it', () => {
    expect(PICK_UP_STATES.filter(isOccupied)).toEqual(['WAITING', 'OPENING', 'STUCK', 'OPENED', 'OVERDUE']);
    expect(PICK_UP_STATES.filter(mayBeOpened)).toEqual(['WAITING', 'OPENING', 'STUCK', 'OPENED']);
  });

  it('is kept for three days, and for one where something perishes', () => {
    expect(keptUntilOf(NOW, false)).toEqual(new Date('2026-11-29T02:00:00.000Z'));
    expect(keptUntilOf(NOW, true)).toEqual(new Date('2026-11-27T02:00:00.000Z'));
  });

  it('was taken when the cabinet says, but not before it was put in, nor in the future', () => {
    const [before, after] = [plus(NOW, -HOUR_MS), plus(NOW, HOUR_MS)];
    expect(takenAtOf(plus(NOW, -MINUTE_MS), before, NOW)).toEqual(plus(NOW, -MINUTE_MS));
    expect(takenAtOf(new Date(0), before, NOW)).toEqual(before);
    expect(takenAtOf(after, before, NOW)).toEqual(NOW);
  });
});

it.each([
  // gone of two units of one line and one of the other      all of it
  [[], false],
  [[['orl_1', 2]], false],
  [
    [
      ['orl_1', 1],
      ['orl_2', 1],
    ],
    false,
  ],
  [
    [
      ['orl_1', 1],
      ['orl_2', 1],
      ['orl_1', 1],
    ],
    true,
  ],
  // An amount without units.
  [
    [
      ['orl_1', 2],
      ['orl_2', 0],
    ],
    false,
  ],
] as const)('of which %j has gone back is paid back: %s', (gone, isAll) => {
  const lines = [
    { id: 'orl_1', quantity: 2 },
    { id: 'orl_2', quantity: 1 },
  ];
  const units = gone.map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
  expect(isAllPaidBack(lines, units)).toBe(isAll);
});

describe('a code', () => {
  it('has eight digits, is another for each parcel and each try, and is told however it is typed', () => {
    const code = codeOf('secret', 'pku_1', 1);
    expect(code).toMatch(/^\d{8}$/);
    expect(codeOf('secret', 'pku_1', 1)).toBe(code);
    expect(
      new Set([code, codeOf('secret', 'pku_2', 1), codeOf('secret', 'pku_1', 2), codeOf('other', 'pku_1', 1)])
        .size,
    ).toBe(4);
    expect(isCode(codeSaid(`${code.slice(0, 4)} ${code.slice(4)}`), code)).toBe(true);
    expect(isCode(code.slice(1), code)).toBe(false);
    expect(isCode('', code)).toBe(false);
  });

  it('that is guessed is heard ever more rarely, some thirty times a day; a day without begins anew', () => {
    let guard: Guard = { wrongCount: 0, lastWrongAt: null, pausedUntil: null };
    let now = NOW;
    let tries = 0;
    const minutes: number[] = [];
    while (now < plus(NOW, 24 * HOUR_MS)) {
      guard = afterWrong(guard, now);
      tries += 1;
      const pausedMs = (guard.pausedUntil?.getTime() ?? now.getTime()) - now.getTime();
      minutes.push(pausedMs / MINUTE_MS);
      now = plus(now, pausedMs);
    }
    expect(minutes.slice(0, 12)).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
    expect(tries).toBeLessThan(35);
    expect(afterWrong(guard, plus(guard.lastWrongAt ?? now, 25 * HOUR_MS))).toMatchObject({
      wrongCount: 1,
      pausedUntil: null,
    });
  });
});
