import { isId, leastIdAt, newId } from './id.js';

it('makes ids that name their noun, differ, and sort by the order in which they were made', () => {
  const ids = Array.from({ length: 2_000 }, () => newId('ord'));

  expect(ids.every((id) => isId('ord', id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(ids);
});

it('fits the 40 characters of an id column for the longest prefix in use', () => {
  expect(newId('stm').length).toBeLessThanOrEqual(40);
});

it.each([
  ['', 'nothing'],
  ['ord_', 'no body'],
  ['pay_01J8ZK', 'another noun'],
  ['xord_01J8ZK', 'a prefix before the prefix'],
  ["ord_1' OR '1'='1", 'SQL'],
  ['ord_01J8ZK\n', 'a line break'],
  ['ord_1_2', 'a second underscore'],
  ['ord_桃', 'letters of no ULID'],
  [`ord_${'0'.repeat(40)}`, 'too much'],
])('knows that %j is no id of an order: %s', (text) => {
  expect(isId('ord', text)).toBe(false);
});

it('knows the least id of an instant', () => {
  const at = new Date('2026-11-26T02:00:00Z');
  expect(leastIdAt('ord', new Date(0))).toBe(`ord_${'0'.repeat(26)}`);
  expect(leastIdAt('jrn', at) < leastIdAt('jrn', new Date(at.getTime() + 1))).toBe(true);
  expect(leastIdAt('jrn', at)).toHaveLength(30);
});
