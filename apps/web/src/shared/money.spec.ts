import { amountOf, fenOf, yuan, yuanExact, yuanOf } from './money.js';

describe('an amount', () => {
  it.each([
    ['0', '0', '0.00'],
    ['5', '0.05', '0.05'],
    ['50', '0.50', '0.50'],
    ['8800', '88', '88.00'],
    ['8810', '88.10', '88.10'],
    ['123456789', '1,234,567.89', '1,234,567.89'],
    ['-1760', '−17.60', '−17.60'],
    // Beyond what a floating number holds.
    ['900719925474099393', '9,007,199,254,740,993.93', '9,007,199,254,740,993.93'],
  ])('of %s fen is %s yuan, exactly %s', (fen, short, exact) => {
    expect([yuan(fen), yuanExact(fen)]).toEqual([short, exact]);
  });

  it('stands in a bill with its sign in front', () => {
    expect([amountOf('3500'), amountOf('-3500')]).toEqual(['¥35.00', '−¥35.00']);
  });
});

describe('what somebody types', () => {
  it.each([
    ['88', '8800', '88'],
    ['88.', '8800', '88'],
    ['0.05', '5', '0.05'],
    ['17.6', '1760', '17.60'],
    ['', null, null],
    ['1.234', null, null],
    ['0', null, null],
  ])('%s yuan are %s fen', (text, fen, again) => {
    expect(fenOf(text)).toBe(fen);
    if (fen !== null) expect(yuanOf(fen)).toBe(again);
  });
});
