import { mergeCarts, mergeLate } from './cart-merge.rules.js';
import type { WantedLine } from './order.rules.js';

const line = (variantId: string, quantity: number, channelPointId = ''): WantedLine => ({
  variantId,
  quantity,
  channelPointId,
});
const kinds = (count: number) => Array.from({ length: count }, (_, no) => line(`var_${no}`, 1));

describe('mergeCarts', () => {
  it.each<[string, WantedLine[], WantedLine[], [number, number, string][]]>([
    // what, own, guest → [own before, now, outcome]
    ['nothing into nothing', [], [], []],
    ['into an empty cart', [], [line('var_a', 2)], [[0, 2, 'MOVED']]],
    ['nothing into a cart', [line('var_a', 2)], [], []],
    ['the same goods', [line('var_a', 2)], [line('var_a', 3)], [[2, 5, 'ADDED']]],
    ['the same goods at another place', [line('var_a', 2)], [line('var_a', 3, 'chp_1')], [[0, 3, 'MOVED']]],
    ['as many as a line may have', [line('var_a', 998)], [line('var_a', 1)], [[998, 999, 'ADDED']]],
    ['more than a line may have', [line('var_a', 998)], [line('var_a', 2)], [[998, 999, 'CAPPED']]],
    [
      'into a cart with one place left',
      kinds(49),
      [line('var_x', 1), line('var_y', 1), line('var_0', 1)],
      [
        [0, 1, 'MOVED'],
        [0, 0, 'LEFT_OUT'],
        [1, 2, 'ADDED'],
      ],
    ],
    ['into a full one', kinds(50), [line('var_x', 1)], [[0, 0, 'LEFT_OUT']]],
  ])('%s', (_, own, guest, expected) => {
    const merged = mergeCarts(own, guest);

    expect(merged.map(({ ownQuantity, quantity, outcome }) => [ownQuantity, quantity, outcome])).toEqual(
      expected,
    );
    expect(merged.map(({ guestQuantity }) => guestQuantity)).toEqual(guest.map(({ quantity }) => quantity));
  });
});

it.each<[string, WantedLine[], WantedLine[], [number, number, string][]]>([
  // what, own, guest → [own before, now, outcome]
  ['goods of their own', [line('var_a', 2)], [line('var_b', 3)], [[0, 3, 'MOVED']]],
  ['more of what has been merged', [line('var_a', 2)], [line('var_a', 3)], [[2, 3, 'ADDED']]],
  ['fewer of what has been merged', [line('var_a', 3)], [line('var_a', 2)], [[3, 3, 'ADDED']]],
  ['into a full one', kinds(50), [line('var_x', 1)], [[0, 0, 'LEFT_OUT']]],
])('mergeLate: %s', (_, own, guest, expected) => {
  expect(
    mergeLate(own, guest).map(({ ownQuantity, quantity, outcome }) => [ownQuantity, quantity, outcome]),
  ).toEqual(expected);
});
