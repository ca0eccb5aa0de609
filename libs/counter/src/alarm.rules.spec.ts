import { HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import { ALARM_KINDS, type AlarmKind } from './alarm.entity.js';
import {
  ALARM_RULES,
  type Known,
  type Turn,
  escalateAt,
  isStillOn,
  resolveAt,
  turnOf,
} from './alarm.rules.js';

const now = new Date('2026-11-26T02:00:00Z');
const at = (minutes: number) => plus(now, minutes * MINUTE_MS);

const noted = (minutes: number): Known => ({ as: 'CONDITION', raiseAt: at(minutes) });
const lasts: Known = { as: 'ALARM', endedAt: null };
const isOver: Known = { as: 'ALARM', endedAt: at(-1) };

describe('turnOf', () => {
  it.each<[string, Known | null, boolean, AlarmKind, number | null, Turn]>([
    // what                                        known      on     kind          after   what comes of it
    ['what has to last is noted', null, true, 'DOOR_OPEN', null, 'NOTE'],
    ['what need not is raised', null, true, 'JAM', null, 'RAISE'],
    ['what the cabinet has waited for itself is raised', null, true, 'DOOR_OPEN', 0, 'RAISE'],
    ['what is as it should be is nothing', null, false, 'DOOR_OPEN', null, 'NOTHING'],
    ['not for long yet', noted(1), true, 'DOOR_OPEN', null, 'NOTHING'],
    ['to the moment', noted(0), true, 'DOOR_OPEN', null, 'RAISE'],
    ['the cabinet is sure before we are', noted(1), true, 'DOOR_OPEN', 0, 'RAISE'],
    ['over in time', noted(1), false, 'DOOR_OPEN', null, 'FORGET'],
    ['over, and we hear of both late', noted(-30), false, 'DOOR_OPEN', null, 'RAISE_AND_END'],
    ['a reading after a pause proves nothing', noted(-30), false, 'TEMPERATURE', null, 'FORGET'],
    ['a reading at both ends does', noted(-30), true, 'TEMPERATURE', null, 'RAISE'],
    ['it lasts', lasts, true, 'DOOR_OPEN', null, 'NOTHING'],
    ['it is over', lasts, false, 'DOOR_OPEN', null, 'END'],
    ['it comes back: the same alarm', isOver, true, 'DOOR_OPEN', null, 'RETURN'],
    ['it stays away', isOver, false, 'DOOR_OPEN', null, 'NOTHING'],
  ])('%s', (_, known, isOn, kind, after, turn) => {
    const rule = ALARM_RULES[kind];
    expect(turnOf(known, isOn, now, { ...rule, afterMs: after ?? rule.afterMs })).toBe(turn);
  });

  it('a door that flaps is one alarm', () => {
    let known: Known | null = null;
    const turns: Turn[] = [];
    for (const [minute, isOn] of [
      [0, true],
      [2, true],
      [3, false],
      [4, true],
      [5, false],
      [6, true],
    ] as const) {
      const turn = turnOf(known, isOn, at(minute), ALARM_RULES.DOOR_OPEN);
      if (turn === 'NOTE') known = noted(minute + 2);
      if (turn === 'RAISE' || turn === 'RETURN') known = lasts;
      if (turn === 'END') known = { as: 'ALARM', endedAt: at(minute) };
      turns.push(turn);
    }
    expect(turns).toEqual(['NOTE', 'RAISE', 'END', 'RETURN', 'END', 'RETURN']);
  });
});

it.each<[AlarmKind, number, number | null]>([
  // kind               has to last   over for     (minutes; null: a person has to see to it)
  ['TEMPERATURE', 10, null],
  ['POWER_LOST', 0, 5],
  ['OFFLINE', 0, 10],
  ['DOOR_OPEN', 2, 2],
  ['TAMPER', 0, null],
  ['TRAY_DRIFT', 0, 10],
  ['JAM', 0, 0],
  ['SLOT_EMPTY', 0, 0],
  ['EXPIRED_GOODS', 0, 0],
  ['SNAPSHOT_MISMATCH', 0, 0],
  ['PAYMENT_DEVICE', 0, 5],
  ['OTHER', 0, 0],
])('%s is one after %p minutes, and over after %p', (kind, after, calm) => {
  expect(ALARM_RULES[kind].afterMs).toBe(after * MINUTE_MS);
  expect(resolveAt(kind, now)).toEqual(calm === null ? null : at(calm));
});

it.each([
  // severity, told already, seen   → the county is told after minutes
  ['CRITICAL', 'OPERATOR', false, 15],
  ['CRITICAL', 'OPERATOR', true, 120],
  ['CRITICAL', 'COUNTY', false, null],
  ['WARNING', 'OPERATOR', false, 120],
  ['WARNING', 'OPERATOR', true, 24 * 60],
  ['NOTICE', 'OPERATOR', false, null],
] as const)(
  'of a %s that is known to the %s, seen %p, the county hears after %p minutes',
  (severity, to, seen, minutes) => {
    const expected = minutes === null ? null : plus(now, (minutes / 60) * HOUR_MS);
    expect(escalateAt(severity, to, now, seen)).toEqual(expected);
  },
);

it('nobody declares over what a sensor or a register sees, and anybody what is not measured', () => {
  const refused = ALARM_KINDS.filter((kind) => isStillOn(kind, 'ACKNOWLEDGED', null));
  expect(refused).toEqual([
    'TEMPERATURE',
    'POWER_LOST',
    'OFFLINE',
    'DOOR_OPEN',
    'EXPIRED_GOODS',
    'PAPERS_EXPIRING',
    'PAPERS_LAPSED',
  ]);
  expect(ALARM_KINDS.filter((kind) => isStillOn(kind, 'OPEN', now))).toEqual([]);
  expect(ALARM_KINDS.filter((kind) => isStillOn(kind, 'RESOLVED', null))).toEqual([]);
});
