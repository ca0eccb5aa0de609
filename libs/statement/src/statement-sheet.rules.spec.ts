import { SHEET, fitted, pagesOf } from './statement-sheet.rules.js';

it.each([
  [0, 2],
  [1, 3],
  [SHEET.rowsPerPage, 3],
  [SHEET.rowsPerPage + 1, 4],
  [10_000, 336],
])('%i lines make %i pages', (lines, pages) => {
  expect(pagesOf(lines)).toBe(pages);
});

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['炎陵黄桃', 4, '炎陵黄桃'],
  ['', 3, ''],
])('%s in a space of %i is %s', (text, width, shown) => {
  expect(fitted(text, width, () => 1)).toBe(shown);
});
