import { MINUTE_MS, plus } from '#libs/kernel';
import {
  type FoundUnits,
  type VisitInput,
  type VisitedSlotInput,
  lossOf,
  refuseVisit,
  slotHash,
} from './restock-visit.rules.js';

const NOW = new Date('2026-11-26T08:00:00Z');
const ago = (minutes: number) => plus(NOW, -minutes * MINUTE_MS);
const CAPACITIES = new Map([['A1', 10]]);
const slot = (changes: Partial<VisitedSlotInput> = {}): VisitedSlotInput => ({
  slotCode: 'A1',
  countedAt: ago(10),
  counted: [{ batchId: 'b1', quantity: 5 }],
  removed: [],
  filled: [],
  ...changes,
});
const visit = (changes: Partial<VisitInput> = {}): VisitInput => ({
  visitKey: 'visit-0001',
  routeId: 'rsr_1',
  cabinetId: 'cab_1',
  scanCode: null,
  arrivedAt: ago(20),
  leftAt: ago(5),
  isComplete: true,
  slots: [slot()],
  deeds: [],
  measuredDeciCelsius: null,
  photoIds: [],
  signatureId: null,
  note: '',
  ...changes,
});
const units = (batchId: string, quantity: number) => ({ batchId, quantity });
const many = (count: number) => Array.from({ length: count }, (_, index) => String(index));

it.each([
  ['as it should be', {}, []],
  ['of a month ago', { arrivedAt: ago(30 * 1_440), leftAt: ago(30 * 1_440), slots: [] }, []],
  ['longer ago', { arrivedAt: ago(30 * 1_440 + 1), leftAt: ago(30 * 1_440), slots: [] }, ['arrivedAt']],
  ['by a clock that is a little fast', { leftAt: ago(-5) }, []],
  ['ahead', { leftAt: ago(-6) }, ['arrivedAt']],
  ['left before it began', { leftAt: ago(21), slots: [] }, ['leftAt']],
  ['longer than a day', { arrivedAt: ago(1_447) }, ['leftAt']],
  ['without a proper key', { visitKey: 'x' }, ['visitKey']],
  ['the same slot twice', { slots: [slot(), slot()] }, ['slots']],
  ['too many slots', { slots: many(101).map((slotCode) => slot({ slotCode, counted: [] })) }, ['slots']],
  ['counted before it began', { slots: [slot({ countedAt: ago(21) })] }, ['slots.0.countedAt']],
  ['counted after it ended', { slots: [slot({ countedAt: ago(4) })] }, ['slots.0.countedAt']],
  ['nothing found', { slots: [slot({ counted: [units('b1', 0)] })] }, []],
  ['less than nothing', { slots: [slot({ counted: [units('b1', -1)] })] }, ['slots.0.counted']],
  ['half a unit', { slots: [slot({ filled: [units('b1', 0.5)] })] }, ['slots.0.filled']],
  ['a batch twice', { slots: [slot({ counted: [units('b1', 1), units('b1', 1)] })] }, ['slots.0.counted']],
  [
    'more removed than there was',
    { slots: [slot({ removed: [{ ...units('b1', 6), fate: 'TAKEN' }] })] },
    ['slots.0.removed'],
  ],
  ['full', { slots: [slot({ filled: [units('b2', 5)] })] }, []],
  ['too full', { slots: [slot({ filled: [units('b2', 6)] })] }, ['slots.0.filled']],
  [
    'full once something is gone',
    { slots: [slot({ removed: [{ ...units('b1', 5), fate: 'TAKEN' }], filled: [units('b2', 10)] })] },
    [],
  ],
  ['at a slot that there is not', { slots: [slot({ slotCode: 'Z9' })] }, ['slots.0.filled']],
  ['a deed twice', { deeds: ['CLEANED', 'CLEANED'] }, ['deeds']],
  ['as cold as nothing is here', { measuredDeciCelsius: -501 }, ['measuredDeciCelsius']],
  [
    'filled without a van',
    { routeId: null, slots: [slot({ filled: [units('b2', 1)] })] },
    ['slots.0.filled'],
  ],
  [
    'taken along without a van',
    { routeId: null, slots: [slot({ removed: [{ ...units('b1', 1), fate: 'TAKEN' }] })] },
    ['slots.0.removed'],
  ],
  [
    'thrown away without a van',
    { routeId: null, slots: [slot({ removed: [{ ...units('b1', 1), fate: 'DISPOSED' }] })] },
    [],
  ],
  ['too many photos', { photoIds: many(11) }, ['photoIds']],
  ['a photo twice', { photoIds: ['f', 'f'] }, ['photoIds']],
  ['too long a note', { note: 'x'.repeat(501) }, ['note']],
] as readonly [string, Partial<VisitInput>, string[]][])('a visit %s', (_, changes, paths) => {
  expect(refuseVisit(visit(changes), NOW, CAPACITIES)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it('is the same slot in whatever order it is told, and another when anything of it differs', () => {
  const two = slot({
    counted: [units('b1', 5), units('b2', 1)],
    removed: [{ ...units('b1', 1), fate: 'TAKEN' }],
  });
  const others: VisitedSlotInput[] = [
    { ...two, slotCode: 'A2' },
    { ...two, countedAt: ago(9) },
    { ...two, counted: [units('b1', 1), units('b2', 5)] },
    { ...two, removed: [{ ...units('b1', 1), fate: 'DISPOSED' }] },
    { ...two, filled: [units('b1', 1)] },
  ];

  expect(slotHash({ ...two, counted: two.counted.toReversed() })).toBe(slotHash(two));
  for (const other of others) expect(slotHash(other)).not.toBe(slotHash(two));
});

const found = (
  variantId: string,
  countedUnits: number,
  varianceUnits: number,
  more: Partial<FoundUnits> = {},
): FoundUnits => ({
  variantId,
  countedUnits,
  varianceUnits,
  isSuperseded: false,
  ...more,
});

it.each([
  ['nothing', [], 0],
  ['all there', [found('v', 5, 0)], 0],
  ['two may be missing', [found('v', 5, -2)], 0],
  ['three may not', [found('v', 5, -3)], 3],
  ['but of many they may', [found('v', 57, -3)], 0],
  ['of fewer not', [found('v', 56, -3)], 3],
  ['in the wrong slot', [found('v', 2, -3), found('v', 8, 3)], 0],
  ['other goods do not make up for it', [found('v', 2, -3), found('w', 8, 3)], 3],
  ['of several goods together', [found('v', 2, -2), found('w', 8, -2)], 4],
  ['a later count has judged', [found('v', 2, -9, { isSuperseded: true })], 0],
])('is lost: %s', (_, units_, lost) => {
  expect(lossOf(units_)).toBe(lost);
});
