import {
  aroundScope,
  commonDivisionOf,
  endsOf,
  fullNameOf,
  isWithin,
  pathOf,
  prefixOf,
} from './division.rules.js';

describe('prefixOf', () => {
  it.each([
    // code          prefix
    ['430000', '43'],
    ['430200', '4302'],
    ['430225', '430225'],
    ['430210', '430210'],
    ['430225209', '430225209'],
    ['430225100', '430225100'],
    ['430225209201', '430225209201'],
  ])('%s begins with %s', (code, prefix) => {
    expect(prefixOf(code)).toBe(prefix);
  });
});

describe('commonDivisionOf', () => {
  it.each([
    // codes                         narrowest that holds them all
    [['430225'], '430225'],
    [['430200'], '430200'],
    [['430225', '430224'], '430200'],
    [['430225', '430200'], '430200'],
    [['430225', '430102'], '430000'],
    [['430225', '110101'], null],
    [['430225209', '430225100'], '430225'],
    [['430225209201', '430225209'], '430225209'],
    [['430225209201'], '430225209201'],
    [['', '430225'], '430225'],
    [[], null],
    ['ALL', null],
  ] as const)('of %j is %s', (codes, expected) => {
    expect(commonDivisionOf(codes)).toBe(expected);
  });
});

describe('fullNameOf', () => {
  const names = Object.entries({
    '430000': '湖南省',
    '430200': '株洲市',
    '430225': '炎陵县',
    '430225209': '中村瑶族乡',
    '110000': '北京市',
    '110105': '朝阳区',
    '440000': '广东省',
    '441900': '东莞市',
  }).map(([code, name]) => ({ code, name }));

  it.each([
    ['430225', '湖南省株洲市炎陵县'],
    ['430225209', '湖南省株洲市炎陵县中村瑶族乡'],
    ['430200', '湖南省株洲市'],
    ['430000', '湖南省'],
    ['110105', '北京市朝阳区'], // no city between
    ['441900', '广东省东莞市'], // no county below
    ['430999', '湖南省'], // not on file
    ['999999', ''],
  ])('of %s is %s', (code, expected) => {
    expect(fullNameOf(code, [null, ...names])).toBe(expected);
  });

  it('asks for what the codes say, and for each once', () => {
    expect(pathOf('430225209201')).toEqual(['430000', '430200', '430225', '430225209', '430225209201']);
    expect(pathOf('441900')).toEqual(['440000', '441900']);
  });
});

describe('isWithin', () => {
  it.each([
    // code          scopes                   within
    ['430225', ['430225'], true],
    ['430225209', ['430225'], true],
    ['430225209201', ['430225209'], true],
    ['430225', ['430200'], true],
    ['430225', ['430000'], true],
    ['430224', ['430225'], false],
    ['430200', ['430225'], false],
    ['430301', ['430200'], false],
    ['430225', ['430224', '430225'], true],
    ['430225', [], false],
    ['430225', [''], false],
    ['430225', 'ALL' as const, true],
  ])('%s in %j: %s', (code, scopes, expected) => {
    expect(isWithin(code, scopes)).toBe(expected);
  });
});

describe('endsOf', () => {
  it('follows every step to its end, and goes round no circle', () => {
    const steps = new Map([
      ['430221', '430212'],
      ['430212', '430299'],
      ['a', 'b'],
      ['b', 'a'],
    ]);

    expect(Object.fromEntries(endsOf(steps))).toEqual({
      '430221': '430299',
      '430212': '430299',
      a: 'a',
      b: 'b',
    });
  });
});

describe('aroundScope', () => {
  it.each([
    [['430225'], ['430225%', ['', '430200', '430000']]],
    [['430200'], ['4302%', ['', '430000']]],
    [['430225209201'], ['430225209201%', ['', '430225209', '430225', '430200', '430000']]],
    [[''], [['']]],
    ['ALL' as const, []],
  ])('of %j asks for %j', (scope, expected) => {
    expect(aroundScope('division_code', scope).values).toEqual(expected);
  });
});
