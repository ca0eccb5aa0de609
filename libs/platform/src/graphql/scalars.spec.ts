import { parseValue } from 'graphql';
import { scalars } from './scalars.js';

const { Fen, DateTime, Date: Day } = scalars;

describe('Fen', () => {
  it('goes out as decimal text, with every digit', () => {
    expect(Fen.serialize(6_305_039_478_318_695n)).toBe('6305039478318695');
    expect(Fen.serialize('-12')).toBe('-12');
  });

  it.each([
    ['12345', 12_345n],
    ['-1', -1n],
    [88, 88n],
    ['999999999999999999', 999_999_999_999_999_999n],
  ])('comes in from %j', (value, amount) => {
    expect(Fen.parseValue(value)).toBe(amount);
  });

  it.each(['', '1.5', '1e3', '１', ' 1', '1000000000000000000', 1.5, null, true, {}, [1]])(
    'refuses %j',
    (value) => {
      expect(() => Fen.parseValue(value)).toThrow('Fen takes whole fen in decimal digits.');
    },
  );

  it('reads literals in a document, text or whole number', () => {
    expect(Fen.parseLiteral(parseValue('"12"'))).toBe(12n);
    expect(Fen.parseLiteral(parseValue('12'))).toBe(12n);
    expect(() => Fen.parseLiteral(parseValue('1.2'))).toThrow(/whole fen/);
  });
});

describe('DateTime', () => {
  it('goes out in UTC', () => {
    expect(DateTime.serialize(new Date('2026-10-31T23:59:59+08:00'))).toBe('2026-10-31T15:59:59.000Z');
  });

  it('comes in from any offset', () => {
    expect(DateTime.parseValue('2026-11-01T00:00:00+08:00')).toEqual(new Date('2026-10-31T16:00:00Z'));
  });

  it.each([
    '',
    'yesterday',
    '2026-13-01T00:00:00Z',
    '5',
    '2026',
    '2026-10-31',
    '2026-10-31 15:59:59',
    5,
    null,
  ])('refuses %j', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow(/RFC 3339/);
  });
});

describe('Date', () => {
  it.each(['2020-02-29', '2026-10-31'])('takes %s', (day) => {
    expect(Day.parseValue(day)).toBe(day);
  });

  it.each([
    '',
    '2026-1-1',
    '20260101',
    '2026-13-01',
    '2026-00-10',
    '2026-02-30',
    '2019-02-29',
    20_260_101,
    null,
  ])('refuses %j', (value) => {
    expect(() => Day.parseValue(value)).toThrow(/YYYY-MM-DD/);
  });
});
