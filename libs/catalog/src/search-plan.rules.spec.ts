import { booleanTextOf, choicesOfPlan } from './fulltext-query.rules.js';
import {
  charactersOf,
  correctedOf,
  joinedOf,
  knownPartsOf,
  partsOf,
  refuseSearchText,
  soundsOf,
  wantsOf,
} from './search-plan.rules.js';
import { Vocabulary, isNear } from './search-spelling.rules.js';
import { type SpokenWord, type Spell, termOf } from './search-text.rules.js';

const SOUNDS: Readonly<Record<string, string>> = {
  炎: 'yan',
  凌: 'ling',
  陵: 'ling',
  黄: 'huang',
  皇: 'huang',
  桃: 'tao',
  干: 'gan',
};
const spell: Spell = (text) => Array.from(text).map((character) => SOUNDS[character] ?? '');
const word = (text: string): SpokenWord => ({ word: text, pinyin: spell(text).join('') });
const vocabulary = new Vocabulary(['炎陵', '陵黄', '黄桃', '桃干', '炎', '黄', '桃'].map(word));
const texts = (wants: ReturnType<typeof partsOf>) =>
  wants?.map((want) => (want.kind === 'SOUND' ? want.texts : want.text)) ?? null;

describe('what is meant', () => {
  it.each([
    ['有没有炎陵的黄桃吗', ['炎陵', '黄桃']],
    ['的', ['的']],
    ['a b c d e f g h i j', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']],
  ])('by %s is %j', (text, expected) => {
    expect(wantsOf(text).map((run) => run.text)).toEqual(expected);
  });

  it.each([
    ['桃'.repeat(60), true],
    ['桃'.repeat(61), false],
    ['𠮷'.repeat(60), true], // Characters, not halves of them.
    ['😀'.repeat(61), false],
    ['x'.repeat(1_000_000), false],
  ])('is at most sixty characters: %#', (text, isAccepted) => {
    expect(refuseSearchText(text) === null).toBe(isAccepted);
  });
});

describe('another try', () => {
  it.each([
    ['炎陵桃干', ['炎陵', '桃干']], // 陵桃 joins two words.
    ['炎陵黄桃', null], // Everything known: nothing else to try.
    ['炎陵榴莲', null], // 莲 is in no word.
    ['ht', null],
  ])('in parts: %s is %j', (text, expected) => {
    expect(texts(partsOf(wantsOf(text), vocabulary))).toEqual(expected);
  });

  it.each([
    ['huang tao', ['huangtao']],
    ['yl 黄桃 huang tao', ['yl', '黄桃', 'huangtao']],
    ['huangtao', null],
    ['黄 桃', null],
  ])('with letters joined: %s is %j', (text, expected) => {
    expect(joinedOf(wantsOf(text))?.map((run) => run.text) ?? null).toEqual(expected);
  });

  it.each([
    ['皇桃', [['huangtao']]],
    ['炎凌 黄桃', [['yanling'], ['huangtao']]],
    ['𠮷', null],
    ['桃 𠮷', null],
  ])('by ear: %s is %j', (text, expected) => {
    expect(texts(soundsOf(wantsOf(text), spell))).toEqual(expected);
  });

  it.each([
    ['huangtoa', [['huangtao']]],
    ['hangtao', [['huangtao']]],
    ['huangta', [['huangtao']]],
    ['yanlinhuangtao', [['yanling'], ['huangtao']]],
    ['yanlinghuangtoa', [['yanling'], ['huangtao']]],
    ['huangtao', [['huangtao']]],
    ['qqqqqq', null],
    ['tao', [['tao']]],
    ['tai', null], // Too short to guess.
    ['yanhuangtoa', [['yanhuangtao']]], // A syllable stays with the word it stands beside,
    ['huangtoatao', [['huangtaotao']]],
    ['huangtaoyanling', [['huangtao'], ['yanling']]],
    ['yantao', [['yantao']]], // and syllables with each other.
  ])('corrected: %s is %j', (text, expected) => {
    expect(texts(correctedOf(wantsOf(text), spell, vocabulary))).toEqual(expected);
  });

  it.each([
    ['桃炎', ['桃', '炎']],
    ['桃凌', null], // No name holds it.
    ['桃炎黄', null],
    ['桃', null],
    ['桃炎 tao', null],
    ['tao', null],
  ])('character by character: %s is %j', (text, expected) => {
    expect(texts(charactersOf(wantsOf(text), vocabulary))).toEqual(expected);
  });

  it('names the parts that would find something', () => {
    expect(knownPartsOf(wantsOf('炎陵榴莲 黄桃'), vocabulary)).toEqual(['炎陵', '黄桃']);
  });
});

describe('near', () => {
  it.each([
    ['huangtao', 'huangtao', true],
    ['huangtao', 'huangta', true],
    ['huangtao', 'hangtao', true],
    ['huangtao', 'huangtoa', true],
    ['huangtao', 'huangtai', true],
    ['huangtao', 'uhangtao', true],
    ['huangtao', 'huagtoa', false],
    ['huangtao', 'huang', false],
    ['ab', 'ba', true],
    ['', 'a', true],
    ['abc', 'cab', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect([isNear(a, b), isNear(b, a)]).toEqual([expected, expected]);
  });
});

describe('in boolean mode', () => {
  const [pair, one, about] = [
    termOf('NAME', 'HAN', '黄桃'),
    termOf('NAME', 'HAN', '桃'),
    termOf('ABOUT', 'HAN', '黄桃'),
  ];

  it.each([
    ['characters', { wants: wantsOf('黄桃'), within: 'NAME', mode: 'ALL' }, `+${pair}`],
    ['one character begins a term', { wants: wantsOf('桃'), within: 'NAME', mode: 'ALL' }, `+${one}*`],
    ['about it, too', { wants: wantsOf('黄桃'), within: 'ABOUT', mode: 'ALL' }, `+(${pair} ${about})`],
    [
      'letters are pinyin, words or initials',
      { wants: wantsOf('ht'), within: 'NAME', mode: 'ALL' },
      '+(pnht* lnht* jnht*)',
    ],
    [
      'sounds',
      { wants: [{ kind: 'SOUND', texts: ['huangtao', 'gangtao'] }], within: 'NAME', mode: 'ALL' },
      '+(pnhuangtao* pngangtao*)',
    ],
    ['some of it', { wants: wantsOf('黄桃 a'), within: 'NAME', mode: 'SOME' }, `${pair} pna* lna* jna*`],
    ['nothing', { wants: [], within: 'NAME', mode: 'ALL' }, ''],
  ] as const)('%s', (_, plan, expected) => {
    expect(booleanTextOf(choicesOfPlan(plan), plan.mode)).toBe(expected);
  });

  it.each([
    ['one', ['a'], 'a'],
    ['two', ['a', 'b'], 'a b'],
    ['three, of which two have to be there', ['a', 'b', 'c'], 'a b'],
    ['four, of which two have to be there', ['a', 'b', 'c', 'd'], 'a b c'],
  ])('some of %s: who holds half of them holds one of these', (_, terms, expected) => {
    expect(
      booleanTextOf(
        terms.map((term) => [term]),
        'SOME',
      ),
    ).toBe(expected);
  });

  it('nothing that is typed is an operator', () => {
    const wants = wantsOf('+桃* -"a" (b) ~c <d> @e \' OR 1=1; --');

    expect(
      booleanTextOf(choicesOfPlan({ wants, within: 'SELLER', mode: 'ALL' }), 'ALL').replace(
        /\+\(|[a-z0-9]+\*?|[ )]/g,
        '',
      ),
    ).toBe('');
  });
});
