import {
  bpsText,
  changeText,
  kilogramsText,
  money,
  perMille,
  tonnesText,
  wanText,
  weight,
} from './figures.js';

describe('a figure at the console', () => {
  it.each([
    ['0', '0.00', '元'],
    ['99', '0.99', '元'],
    ['999999', '9,999.99', '元'],
    ['1000000', '1.00', '万元'],
    ['1009999', '1.00', '万元'],
    ['9999999999', '9,999.99', '万元'],
    ['10000000000', '1.00', '亿元'],
    ['-1239999', '−1.23', '万元'],
    // Beyond what a floating number holds.
    ['900719925474099393', '90,071,992.54', '亿元'],
  ])('%s fen is %s %s, rounded down', (fen, value, unit) => {
    expect(money(fen)).toEqual({ value, unit });
  });

  it('in a column stays in one unit', () => {
    expect([wanText('10000000000'), wanText('99')]).toEqual(['10,000.00', '0.00']);
    expect([tonnesText(1_239_999), tonnesText(-9_999), kilogramsText(1_239_999)]).toEqual([
      '1.23',
      '0.00',
      '1,239.99',
    ]);
  });

  it.each([
    [999, '0.99', '公斤'],
    [999_999, '999.99', '公斤'],
    [1_000_000, '1.00', '吨'],
    [-2_500, '−2.50', '公斤'],
  ])('%s grams are %s %s', (grams, value, unit) => {
    expect(weight(grams)).toEqual({ value, unit });
  });

  it.each([
    ['110', '100', '▲ 10.0%'],
    ['90', '100', '▼ 10.0%'],
    ['100', '100', '＝ 0.0%'],
    ['100', '0', '—'],
    ['0', '100', '▼ 100.0%'],
  ])('%s after %s is %s', (now, before, told) => {
    expect(changeText(now, before)).toBe(told);
  });

  it('is no rate where there is nothing to divide by', () => {
    expect([perMille('1', '0'), perMille('1', '3'), bpsText(null), bpsText(8_260)]).toEqual([
      null,
      333,
      '—',
      '82.60%',
    ]);
  });
});
