import { type Spell, bigramsOf, normalise, runsOf, termOf, termsOf, wordsOf } from './search-text.rules.js';

const SOUNDS: Readonly<Record<string, string>> = {
  炎: 'yan',
  陵: 'ling',
  黄: 'huang',
  桃: 'tao',
  绿: 'lv',
  茶: 'cha',
};
const spell: Spell = (text) => Array.from(text).map((character) => SOUNDS[character] ?? '');

describe('normalise', () => {
  it.each([
    ['ＨＴ', 'ht'],
    ['Huáng Táo', 'huang tao'],
    ['lǜ chá', 'lv cha'],
    ['xī’ān', 'xian'],
    ["xi'an", 'xian'],
    ['①', '1'],
  ])('%s is %s', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });
});

describe('runsOf', () => {
  it.each([
    ['炎陵黄桃', ['炎陵黄桃']],
    ['yl黄桃 5斤', ['yl', '黄桃', '5', '斤']],
    ['+黄桃 -"罐头"* (a) ~b @c <d>', ['黄桃', '罐头', 'a', 'b', 'c', 'd']],
    ["黄桃%_\\'; --", ['黄桃']],
    ['黄桃😀👨‍👩‍👧🇨🇳', ['黄桃']],
    ['𠮷桃', ['𠮷桃']],
    ['\u0000\u202e\ud800', []],
    ['', []],
  ])('%j is %j', (text, expected) => {
    expect(runsOf(text).map((run) => run.text)).toEqual(expected);
  });
});

it('pairs the characters of a run, also those of four bytes', () => {
  expect([bigramsOf('炎陵黄桃'), bigramsOf('桃'), bigramsOf('𠮷桃𠮷'), bigramsOf('')]).toEqual([
    ['炎陵', '陵黄', '黄桃'],
    ['桃'],
    ['𠮷桃', '桃𠮷'],
    [],
  ]);
});

describe('terms', () => {
  it('are what a product is found by: pairs, sounds and initials from each character on', () => {
    const terms = termsOf({ name: '黄桃 A5', about: ['绿茶'], seller: '' }, spell);

    expect(terms).toEqual([
      termOf('NAME', 'HAN', '黄桃'),
      termOf('NAME', 'HAN', '桃'),
      'pnhuangtao',
      'pntao',
      'jnht',
      'jnt',
      'lna5',
      termOf('ABOUT', 'HAN', '绿茶'),
      termOf('ABOUT', 'HAN', '茶'),
      'palvcha',
      'pacha',
    ]);
  });

  it('are letters and digits, never shorter or longer than an index keeps them, whatever the name', () => {
    const name = `${'炎陵黄桃绿茶'.repeat(10)} ${'z'.repeat(120)} 𠮷 % + - * " 😀 é`;

    for (const term of termsOf({ name, about: [name], seller: name }, spell))
      expect(term).toMatch(/^[a-z0-9]{3,84}$/);
  });
});

it('learns characters and pairs with how they are spoken; what cannot be said is no word', () => {
  expect(wordsOf('黄桃（𠮷）', spell)).toEqual([
    { word: '黄', pinyin: 'huang' },
    { word: '黄桃', pinyin: 'huangtao' },
    { word: '桃', pinyin: 'tao' },
  ]);
});
