import { isFitText } from './fit-text.js';

it.each([
  '',
  '炎陵黄桃',
  '𠮷野家', // four bytes
  '👨‍👩‍👧 🍑', // joined by U+200D
  'two\nlines\r\n\tand a tab',
  "'; DROP TABLE customer_order; --",
  '<script>alert(1)</script>',
  'é',
  '\ufeff',
])('lets %j through', (text) => expect(isFitText(text)).toBe(true));

it.each([
  ['NUL', 'a\u0000b'],
  ['escape', '\u001b[2J'],
  ['delete', 'a\u007f'],
  ['a C1 control', '\u0085'],
  ['half a character, the first', '\ud842'],
  ['half a character, the second', 'a\udfb7b'],
  ['halves the wrong way round', '\udfb7\ud842'],
  ['an override of direction', 'invoice\u202egnp.exe'],
  ['an isolate', '\u2066a\u2069'],
  ['a mark of direction', 'a\u200f'],
  ['no character at all', '\uffff'],
])('does not let %s through', (_, text) => expect(isFitText(text)).toBe(false));
