import { bpsText, changeText, massColumn, money, moneyColumn, perMille, weight } from './figures.js';

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

  it.each([
    [['10000000000', '99'], '元', ['100,000,000.00', '0.99']],
    [['10000000000', '1009999', '0'], '万元', ['10,000.00', '1.00', '0.00']],
    [['10000000000', '-29999999999'], '亿元', ['1.00', '−2.99']],
    [['0'], '元', ['0.00']],
  ])('a column of %j fen stands in %s', (fens, unit, texts) => {
    const column = moneyColumn(fens);

    expect([column.unit, fens.map(column.text)]).toEqual([unit, texts]);
    expect([moneyColumn(fens, true).unit, column.isExact]).toEqual(['元', unit === '元']);
  });

  it.each([
    [[1_239_999, 5_000_000], '吨', ['1.23', '5.00']],
    [[1_239_999, -9_990], '公斤', ['1,239.999', '−9.990']],
    [[12_500, 0], '公斤', ['12.50', '0.00']],
  ])('a column of %j grams stands in %s', (grams, unit, texts) => {
    const column = massColumn(grams);

    expect([column.unit, grams.map(column.text)]).toEqual([unit, texts]);
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
