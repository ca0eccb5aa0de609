import type { PlacedStockRow } from '#libs/inventory';
import { coverDays, itemOf } from './stock-item.rules.js';

const row = (change: Partial<PlacedStockRow>): PlacedStockRow => ({
  variantId: 'var_1',
  kind: 'WAREHOUSE',
  locationId: 'loc_1',
  channelPointId: null,
  heldFor: null,
  onHand: 10,
  reserved: 3,
  free: 7,
  ...change,
});

it('adds up what lies anywhere, sells from the warehouse alone, and shows what is on its way in no place', () => {
  const rows = [
    row({ kind: 'SHELF', locationId: 'loc_3', channelPointId: 'chp_c', onHand: 4, reserved: 1, free: 3 }),
    row({ kind: 'SHELF', locationId: 'loc_2', channelPointId: 'chp_p', onHand: 5, reserved: 0, free: 5 }),
    row({}),
    row({ kind: 'HELD', locationId: 'loc_4', heldFor: 'stt_1', onHand: 6, reserved: 0, free: 6 }),
    row({ kind: 'HELD', locationId: 'loc_5', heldFor: 'swo_1', onHand: 2, reserved: 0, free: 2 }),
    row({ kind: 'VAN', locationId: 'loc_6', onHand: 1, reserved: 0, free: 1 }),
  ];
  const { places, ...sums } = itemOf(rows, (id) => (id === 'chp_c' ? 'COUNTER' : 'PAVILION'));

  expect(sums).toEqual({ onHand: 20, reserved: 4, available: 7, expected: 6, held: 2 });
  expect(places.map(({ kind, available }) => [kind, available])).toEqual([
    ['WAREHOUSE', 7],
    ['PAVILION', 5],
    ['COUNTER', 3],
    ['VAN', 1],
  ]);
});

it('is nothing of what lies nowhere', () => {
  expect(itemOf([], () => null)).toEqual({
    onHand: 0,
    reserved: 0,
    available: 0,
    expected: 0,
    held: 0,
    places: [],
  });
});

it.each([
  [10, 0, null],
  [0, 5, 0],
  [10, 14, 10],
  [10, 140, 1],
  [9, 140, 0],
])('%i left after %i in a fortnight last %p days', (available, sold, days) => {
  expect(coverDays(available, sold)).toBe(days);
});
