import { listsBy } from './lists-by.js';

it('keeps what has the same key together, in the order in which it came', () => {
  expect([...listsBy(['b1', 'a1', 'b2'], (text) => text[0])]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});
