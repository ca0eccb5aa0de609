import { type Candidate, coveringEnough, foundIn, ranked, titleOf } from './search-rank.rules.js';
import { wantsOf } from './search-plan.rules.js';
import { suggestionsOf } from './search-suggestion.rules.js';
import { spell } from './pinyin.gateway.js';

const candidate = (name: string, soldQuantity = 0): Candidate => ({ id: `prd_${name}`, name, soldQuantity });
const order = (text: string, ...candidates: Candidate[]) =>
  ranked(candidates, wantsOf(text), spell).map(({ name }) => name);

describe('ranked', () => {
  it.each([
    ['what it is before where from', '桃', ['炎陵黄桃', '桃坑土鸡蛋']],
    ['the name before what stands about it', '黄桃', ['炎陵黄桃', '炎陵水果']],
    ['the whole name before a part', '黄桃', ['黄桃', '炎陵黄桃']],
    ['what it is before what is made of it', '黄桃', ['炎陵黄桃（鑫山）', '炎陵黄桃罐头']],
    ['whole syllables before begun ones', 'cha', ['花冲绿茶', '花冲长豆']],
    ['in part before not at all', '炎陵罐头', ['黄桃罐头', '香干']],
  ])('%s', (_, text, expected) => {
    const candidates = expected.map((name) => candidate(name));

    expect(order(text, ...candidates)).toEqual(expected);
    expect(order(text, ...candidates.toReversed())).toEqual(expected);
  });

  it('what has been bought first among equals, and by id where nothing was', () => {
    expect(order('黄桃', candidate('云溪黄桃'), candidate('白沙黄桃', 900), candidate('东山黄桃'))).toEqual([
      '白沙黄桃',
      '东山黄桃',
      '云溪黄桃',
    ]);
  });

  it('what letters stand for in what people buy, also where nobody has bought that one', () => {
    const sugar = candidate('东山红糖', 5);

    expect(order('ht', sugar, candidate('云溪黄桃'), candidate('白沙黄桃', 90_000))).toEqual([
      '白沙黄桃',
      '云溪黄桃',
      '东山红糖',
    ]);
  });
});

describe('titleOf', () => {
  it.each([
    ['炎陵黄桃（鑫山）', '炎陵黄桃'],
    ['香干 (原味)', '香干'],
    ['（无名）', '（无名）'],
  ])('of %s is %s', (name, title) => {
    expect(titleOf(name)).toBe(title);
  });
});

it.each([
  ['黄桃', { start: 2, end: 4 }],
  ['huangt', { start: 2, end: 4 }],
  ['ht', { start: 2, end: 4 }],
  ['炎陵', { start: 0, end: 2 }],
  ['香干', null],
])('%s stands at %j', (text, expected) => {
  const place = foundIn('炎陵黄桃', wantsOf(text), spell);

  expect(place ? { start: place.start, end: place.end } : null).toEqual(expected);
});

it('keeps what holds half of what was written', () => {
  const names = coveringEnough([candidate('炎陵黄桃'), candidate('茶陵红茶')], wantsOf('炎陵黄鱼')).map(
    ({ name }) => name,
  );

  expect(names).toEqual(['炎陵黄桃']);
});

describe('suggestions', () => {
  const shelf = [
    candidate('炎陵黄桃（鑫山）', 50),
    candidate('炎陵黄桃（霞阳）', 10),
    candidate('炎陵黄桃干', 90),
    candidate('平乐黄桃果酱'),
  ];

  it.each([['黄'], ['ht'], ['huangt']])('for %s say what it may become, wherever it grew', (text) => {
    expect(suggestionsOf(shelf, wantsOf(text), spell).map((one) => one.text)).toEqual([
      '黄桃',
      '黄桃干',
      '黄桃果酱',
    ]);
  });

  it('count the products that are called so, and name each once', () => {
    expect(suggestionsOf(shelf, wantsOf('ht'), spell)[0]).toEqual({ text: '黄桃', productCount: 2 });
  });
});
