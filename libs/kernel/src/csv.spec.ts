import { csvRecord, guardedCell, unguardedCell } from './csv.js';

describe('guardedCell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['-5', "'-5"],
    ['@x', "'@x"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\n=1', "'\n=1"],
    ['|cmd', "'|cmd"],
    ['%x', "'%x"],
    ['＝1+1', "'＝1+1"],
    ['＠x', "'＠x"],
    ['桃 = 5', '桃 = 5'],
    ['', ''],
  ])('%j is written as %j', (text, written) => {
    expect(guardedCell(text)).toBe(written);
    expect(unguardedCell(written)).toBe(text);
  });
});

describe('csvRecord', () => {
  it.each([
    [['桃', '5'], '桃,5'],
    [['二楼,左', '说"好"', '一\r二', '三\n四'], '"二楼,左","说""好""","一\r二","三\n四"'],
    [[''], ''],
  ])('%j', (cells, record) => {
    expect(csvRecord(cells)).toBe(record);
  });
});
