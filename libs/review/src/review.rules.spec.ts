import fc from 'fast-check';
import {
  averageHundredths,
  holdReasonOf,
  plainText,
  refuseReason,
  refuseReply,
  refuseReview,
  refuseWord,
  reviewableUntil,
  shownNameOf,
} from './review.rules.js';

describe('malformed reviews', () => {
  const review = { rating: 5, text: '很甜', photoIds: [] };

  it.each([
    [{}, []],
    [{ text: '' }, []],
    [{ rating: 0 }, ['rating']],
    [{ rating: 6 }, ['rating']],
    [{ rating: 4.5 }, ['rating']],
    [{ text: '𠮷🍑'.repeat(500) }, []],
    [{ text: '桃'.repeat(1_001) }, ['text']],
    [{ photoIds: Array.from({ length: 7 }, (_, n) => `fil_${n}`) }, ['photoIds']],
    [{ photoIds: ['fil_1', 'fil_1'], rating: -1 }, ['rating', 'photoIds']],
  ])('%j is refused for %j', (more, paths) => {
    expect(refuseReview({ ...review, ...more })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it('replies, reasons and words have their lengths', () => {
    expect([refuseReply(' '), refuseReply('谢谢')].map((refusal) => refusal === null)).toEqual([false, true]);
    expect([refuseReason('广'), refuseReason('广告')].map((refusal) => refusal === null)).toEqual([
      false,
      true,
    ]);
    expect([refuseWord(' 微。'), refuseWord('加 微信')].map((refusal) => refusal === null)).toEqual([
      false,
      true,
    ]);
  });

  it('may be said for ninety days', () => {
    expect(reviewableUntil(new Date('2026-08-01T00:00:00Z'))).toEqual(new Date('2026-10-30T00:00:00Z'));
  });
});

describe('who has said it', () => {
  it.each([
    ['李秀英', '李**'],
    ['欧阳', '欧**'],
    ['𠮷田', '𠮷**'],
    ['  Anna Smith', 'A**'],
    ['13900001234', '匿**'],
    ['１３９', '匿**'],
    ['+86139', '匿**'],
    ['\u200b', '匿**'],
    ['', '匿**'],
  ])('%j is shown as %s', (name, shown) => {
    expect(shownNameOf(name)).toBe(shown);
  });

  it('is never told more than one character of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => Array.from(shownNameOf(name)).length === 3),
    );
  });
});

describe('what waits for a person', () => {
  const words = ['加微信', 'http'];

  it.each([
    ['很甜，下次还买', false],
    ['加微信领红包', true],
    ['加 微 . 信', true],
    ['加❤微❤信', true],
    ['ＨＴＴＰ://桃.cn', true],
    ['打 139-0000-1234 找我', true],
    ['买了 13900 克', false],
    ['', false],
  ])('%j: %s', (text, isHeld) => {
    expect(holdReasonOf(text, words) !== null).toBe(isHeld);
  });

  it('is compared without what is put in between', () => {
    expect(plainText(' Ａ b-C！微_信 ')).toBe('abc微信');
  });
});

describe('the average', () => {
  it.each([
    [[0, 0, 0, 0, 0], null],
    [[0, 0, 0, 0, 1], 500],
    [[1, 0, 0, 0, 1], 300],
    [[0, 0, 0, 1, 2], 467],
    [[1, 1, 0, 0, 1], 267],
    [[0, 0, 1, 0, 7], 475],
  ] as const)('of %j is %s', (stars, average) => {
    expect(averageHundredths(stars)).toBe(average);
  });
});
