import {
  type Registration,
  SILENT_AFTER_MS,
  SLOTS_MAX,
  SKEW_TOLERATED_MS,
  cellSizeOf,
  isClockWrong,
  linkStateOf,
  modelOf,
  refuseRegistration,
  refuseSlots,
} from './cabinet.rules.js';

const slot = { code: 'A1', capacity: 10, maxItemG: 1_000 };
const pathsOf = (refusal: ReturnType<typeof refuseSlots>) => refusal?.fields.map(({ path }) => path) ?? [];

it.each([
  ['SLOT', 'SLOT_CABINET'],
  ['GRAVITY', 'OPEN_DOOR'],
  ['VISION', 'OPEN_DOOR'],
  ['RFID', 'OPEN_DOOR'],
  ['CELL', 'LOCKER'],
] as const)('a %s counter is a %s', (kind, model) => {
  expect(modelOf(kind)).toBe(model);
});

describe('refuseSlots', () => {
  it.each([
    ['one', 'SLOT_CABINET', [slot], []],
    ['none', 'SLOT_CABINET', [], ['slots']],
    [
      'as many as there may be',
      'SLOT_CABINET',
      Array.from({ length: SLOTS_MAX }, (_, n) => ({ ...slot, code: `A${n}` })),
      [],
    ],
    [
      'one more',
      'SLOT_CABINET',
      Array.from({ length: SLOTS_MAX + 1 }, (_, n) => ({ ...slot, code: `A${n}` })),
      ['slots'],
    ],
    ['one twice', 'SLOT_CABINET', [slot, slot], ['slots.1.code']],
    ['a code in small letters', 'SLOT_CABINET', [{ ...slot, code: 'a1' }], ['slots.0.code']],
    ['no code', 'SLOT_CABINET', [{ ...slot, code: '' }], ['slots.0.code']],
    ['a code that is too long', 'SLOT_CABINET', [{ ...slot, code: 'A12345678' }], ['slots.0.code']],
    [
      'what holds nothing',
      'OPEN_DOOR',
      [{ ...slot, capacity: 0, maxItemG: 0 }],
      ['slots.0.capacity', 'slots.0.maxItemG'],
    ],
    ['half a unit', 'OPEN_DOOR', [{ ...slot, capacity: 1.5 }], ['slots.0.capacity']],
    [
      'too much',
      'OPEN_DOOR',
      [{ ...slot, capacity: 501, maxItemG: 50_001 }],
      ['slots.0.capacity', 'slots.0.maxItemG'],
    ],
    ['a cell', 'LOCKER', [{ ...slot, capacity: 1 }], []],
    ['a cell for two', 'LOCKER', [{ ...slot, capacity: 2 }], ['slots.0.capacity']],
    ['a cell that was measured', 'LOCKER', [{ ...slot, capacity: 1, innerL: 1_000 }], []],
    ['a cell without room', 'LOCKER', [{ ...slot, capacity: 1, innerL: 0 }], ['slots.0.innerL']],
    ['a cell as large as a room', 'LOCKER', [{ ...slot, capacity: 1, innerL: 1_001 }], ['slots.0.innerL']],
    ['a lane with litres', 'SLOT_CABINET', [{ ...slot, innerL: 20 }], ['slots.0.innerL']],
  ] as const)('%s of a %s', (_, model, slots, paths) => {
    expect(pathsOf(refuseSlots(model, slots))).toEqual(paths);
  });
});

it.each([
  [null, null],
  [15, 'SMALL'],
  [16, 'MEDIUM'],
  [45, 'MEDIUM'],
  [46, 'LARGE'],
])('a cell of %s litres is %s', (innerL, size) => {
  expect(cellSizeOf(innerL)).toBe(size);
});

describe('refuseRegistration', () => {
  const counter = { kind: 'COUNTER', state: 'OPEN', cabinetKind: 'SLOT' } as const;
  const input: Registration = { serialNo: 'TY-00001', slots: [slot] };

  it.each([
    ['a counter', input, counter, true, []],
    ['a counter that is being built', input, { ...counter, state: 'BUILT' }, true, []],
    ['a pavilion', input, { kind: 'PAVILION', state: 'OPEN', cabinetKind: null }, true, ['channelPointId']],
    ['a counter that has closed', input, { ...counter, state: 'CLOSED' }, true, ['channelPointId']],
    ['a merchant who is not active', input, counter, false, ['operatorId']],
    ['a serial number with a blank', { ...input, serialNo: 'TY 1' }, counter, true, ['serialNo']],
    ['too many cells', input, { ...counter, cabinetKind: 'CELL' }, true, ['slots.0.capacity']],
  ] as const)('%s', (_, asked, point, isActive, paths) => {
    expect(pathsOf(refuseRegistration(asked, point, isActive))).toEqual(paths);
  });
});

describe('the line to a cabinet', () => {
  const now = new Date('2026-11-26T08:00:00Z');
  const ago = (ms: number) => new Date(now.getTime() - ms);

  it.each([
    // connected              last seen                       is
    [null, null, 'NEVER_SEEN'],
    [null, ago(1), 'OFFLINE'],
    [ago(0), null, 'ONLINE'],
    [ago(SILENT_AFTER_MS), ago(SILENT_AFTER_MS), 'ONLINE'],
    [ago(SILENT_AFTER_MS + 1), null, 'SILENT'],
    [ago(9 * SILENT_AFTER_MS), ago(SILENT_AFTER_MS + 1), 'SILENT'],
    [ago(9 * SILENT_AFTER_MS), ago(1), 'ONLINE'],
    // Back after days, and not heard yet.
    [ago(1), ago(9 * SILENT_AFTER_MS), 'ONLINE'],
  ] as const)('connected %p, seen %p: %s', (connectedAt, lastSeenAt, expected) => {
    expect(linkStateOf({ connectedAt, lastSeenAt }, now)).toBe(expected);
  });

  it.each([
    [null, false],
    [0, false],
    [SKEW_TOLERATED_MS, false],
    [SKEW_TOLERATED_MS + 1, true],
    [-SKEW_TOLERATED_MS - 1, true],
  ])('a clock that is %p ms off is wrong: %p', (skew, expected) => {
    expect(isClockWrong(skew)).toBe(expected);
  });
});
