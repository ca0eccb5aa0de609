import type { SaleStop } from '#libs/counter';
import { availabilityOf, keepsDoorShut, kioskObstacle, lockOf, unitsFree } from './kiosk.rules.js';

const SLOT = { model: 'SLOT_CABINET', state: 'ACTIVE' } as const;

it.each([
  [SLOT, 'OPEN', 'ONLINE', null],
  [SLOT, 'OPEN', 'ONLINE', 'LOCKED', 'LOCKED'],
  [SLOT, 'OPEN', 'OFFLINE', 'ALARM', 'ALARM'],
  [SLOT, 'SUSPENDED', 'ONLINE', 'CLOSED', 'LOCKED'],
  [SLOT, 'OPEN', 'OFFLINE', 'OFFLINE'],
  [SLOT, 'OPEN', 'SILENT', 'OFFLINE'],
  [SLOT, 'OPEN', 'NEVER_SEEN', 'OFFLINE'],
  [SLOT, 'SUSPENDED', 'ONLINE', 'CLOSED'],
  [SLOT, null, 'ONLINE', 'CLOSED'],
  [{ ...SLOT, state: 'RETIRED' }, 'OPEN', 'ONLINE', 'CLOSED'],
  [{ ...SLOT, model: 'OPEN_DOOR' }, 'OPEN', 'ONLINE', null],
  [{ ...SLOT, model: 'LOCKER' }, 'OPEN', 'ONLINE', 'OTHER_MODEL'],
] as const)(
  '%j at a place that is %s, %s: %s',
  (cabinet, point, link, expected, stop: SaleStop | null = null) => {
    expect(kioskObstacle(cabinet, point, link, stop)).toBe(expected);
  },
);

const today = '2026-11-26';
const batch = (onHand: number, reserved = 0, bestBeforeOn = today) => ({ onHand, reserved, bestBeforeOn });

it.each([
  ['goods that are good today still', [batch(2)], [], true, 'AVAILABLE', 2],
  ['what others hold', [batch(2, 2)], [], true, 'EMPTY', 0],
  ['nothing', [], [], true, 'EMPTY', 0],
  ['of two batches what is free of both', [batch(2, 1), batch(3, 0, '9999-12-31')], [], true, 'AVAILABLE', 4],
  [
    'one that has passed its day, with a good one behind it',
    [batch(1, 0, '2026-11-25'), batch(5)],
    [],
    true,
    'LOCKED',
    5,
  ],
  ['a lock', [batch(2)], ['TEMPERATURE'], true, 'LOCKED', 2],
  ['what is no longer on sale', [batch(2)], [], false, 'NOT_ON_SALE', 2],
] as const)('%s', (_, batches, locks, isOnSale, availability, units) => {
  const facts = { batches, locks, isOnSale, today };
  expect(availabilityOf(facts)).toBe(availability);
  expect(unitsFree(facts)).toBe(units);
});

it('says EXPIRED before any other lock', () => {
  expect(lockOf({ batches: [batch(1, 0, '2026-11-25')], locks: ['FAULT'], today })).toBe('EXPIRED');
  expect(lockOf({ batches: [{ ...batch(1, 0, '2026-12-25'), isStopped: true }], locks: [], today })).toBe(
    'EXPIRED',
  );
  expect(lockOf({ batches: [batch(1)], locks: ['FAULT', 'OPERATOR'], today })).toBe('FAULT');
});

it.each([
  ['what is on sale', 'AVAILABLE', 3, false],
  ['what is no longer sold', 'NOT_ON_SALE', 1, true],
  ['a place for what is no longer sold, with nothing there', 'NOT_ON_SALE', 0, false],
  ['nothing', 'EMPTY', 0, false],
] as const)('behind one door, beside what is sold: %s', (_, availability, available, isShut) => {
  expect(
    keepsDoorShut([
      { availability: 'AVAILABLE', available: 2 },
      { availability, available },
    ]),
  ).toBe(isShut);
});
