import { type PlaceLevel, type PlaceSale, allocateAtPlaces } from './place-stock.rules.js';

const level = (no: number, onHand: number, change: Partial<PlaceLevel> = {}): PlaceLevel => ({
  id: `stk_${no}`,
  channelPointId: 'chp_1',
  variantId: 'var_1',
  batchId: `bat_${no}`,
  bestBeforeOn: `2026-12-0${no}`,
  onHand,
  reserved: 0,
  ...change,
});
const sale = (key: string, quantity: number, change: Partial<PlaceSale> = {}): PlaceSale => ({
  key,
  channelPointId: 'chp_1',
  variantId: 'var_1',
  quantity,
  ...change,
});

it.each<[string, PlaceSale[], PlaceLevel[], string[]]>([
  ['one batch', [sale('a', 2)], [level(1, 5)], ['a bat_1 2']],
  ['first expired first', [sale('a', 4)], [level(2, 5), level(1, 3)], ['a bat_1 3, bat_2 1']],
  ['one after the other', [sale('a', 2), sale('b', 2)], [level(1, 3)], ['a bat_1 2', 'b bat_1 1,  1']],
  ['what is promised stays', [sale('a', 2)], [level(1, 3, { reserved: 2 })], ['a bat_1 1,  1']],
  ['another place', [sale('a', 1)], [level(1, 3, { channelPointId: 'chp_2' })], ['a  1']],
  ['other goods', [sale('a', 1, { variantId: 'var_2' })], [level(1, 3)], ['a  1']],
  ['nothing sold', [sale('a', 0)], [level(1, 3)], ['a ']],
])('%s', (_, sales, levels, expected) => {
  const told = [...allocateAtPlaces(sales, levels)].map(
    ([key, parts]) => `${key} ${parts.map(({ batchId, quantity }) => `${batchId} ${quantity}`).join(', ')}`,
  );
  expect(told).toEqual(expected);
});
