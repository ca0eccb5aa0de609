import fc from 'fast-check';
import { CHAIN_START, canonicalJson, chainHashOf, digestText, instantText, leafText } from './leaf.rules.js';
import { leafHashOf } from './merkle.rules.js';

it.each([
  // RFC 8785: members by UTF-16 units, no blanks, text and numbers as ECMAScript writes them.
  [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
  [{ '10': 'x', '9': 'y', a: 'z' }, '{"10":"x","9":"y","a":"z"}'],
  [{ '\u{1F600}': 1, '\uFB33': 2, ö: 3 }, '{"ö":3,"😀":1,"\uFB33":2}'],
  [{ a: [3, { d: null, c: true }] }, '{"a":[3,{"c":true,"d":null}]}'],
  [{ text: '€$\u000F\nA\'B"\\/' }, '{"text":"€$\\u000f\\nA\'B\\"\\\\/"}'],
  [[1e21, 0.000001, 1e-7, -0], '[1e+21,0.000001,1e-7,0]'],
])('%j is written canonically', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

it('is the same text whatever the order of members, and says the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as never;
      const reversed = JSON.parse(JSON.stringify(json), (_, each: unknown) =>
        typeof each === 'object' && each !== null && !Array.isArray(each)
          ? Object.fromEntries(Object.entries(each).toReversed())
          : each,
      ) as never;
      const text = canonicalJson(json);
      expect(canonicalJson(reversed)).toBe(text);
      expect(JSON.parse(text)).toEqual(json);
    }),
  );
});

it('leaves out what is not there', () => {
  expect(leafText({ a: '1', b: undefined, c: [{ d: undefined, e: 'x' }] })).toBe('{"a":"1","c":[{"e":"x"}]}');
  expect(leafText({ c: [{ e: 'x', d: undefined }], a: '1' })).toBe('{"a":"1","c":[{"e":"x"}]}');
});

it('keeps every digit of an instant', () => {
  expect(instantText('2026-11-02 02:00:00.123456')).toBe('2026-11-02T02:00:00.123456Z');
});

it('frozen: a digest shows that words were not changed, and not what they are', () => {
  expect(digestText('aud_1', 'phone:13900000000')).toBe(
    'eca21072f05b128419c8f4c21f81050cd517fb32b2dcd57060a7dd46bf525e83',
  );
  expect(digestText('aud_2', 'phone:13900000000')).not.toBe(digestText('aud_1', 'phone:13900000000'));
});

it('frozen: the chain begins with zeros and holds the whole past', () => {
  const first = chainHashOf(CHAIN_START, leafHashOf('{"a":"1"}'));
  const second = chainHashOf(first, leafHashOf('{"a":"2"}'));

  expect(first.toString('hex')).toBe('e79b92689b9b1d3b1d3a16ef45d36632b6501afda5d412bb40e20870d11a1973');
  expect(second.toString('hex')).toBe('a53581dab57fad8830df55a7026b017a5363a41bfd8fd207efbe17061daf29ac');
});
