import { plus } from '#libs/kernel';
import { CODES_PER_DAY_MAX, isUsable, secondsUntilFree, secondsUntilNextCode } from './sign-in.rules.js';

const NOW = new Date('2026-11-02T02:00:00Z');
const ago = (seconds: number) => plus(NOW, -seconds * 1000);

describe('isUsable', () => {
  it.each([
    // expires in  failed  consumed  usable
    [300, 0, null, true],
    [1, 4, null, true],
    [0, 0, null, false],
    [-1, 0, null, false],
    [300, 5, null, false],
    [300, 0, NOW, false],
  ])('expires in %s s, failed %s times, consumed %s: %s', (seconds, failedAttempts, consumedAt, expected) => {
    expect(isUsable({ expiresAt: ago(-seconds), failedAttempts, consumedAt }, NOW)).toBe(expected);
  });

  it('is false where no code was ever issued', () => {
    expect(isUsable(null, NOW)).toBe(false);
  });
});

describe('secondsUntilNextCode', () => {
  const everyTwoMinutes = (count: number) =>
    Array.from({ length: count }, (_, index) => ago(120 * (index + 1)));

  it.each([
    ['the first ever', [], 0],
    ['a second after the last', [ago(1)], 59],
    ['half a second after the last', [ago(0.5)], 60],
    ['a minute after the last', [ago(60)], 0],
    ['nine today', everyTwoMinutes(CODES_PER_DAY_MAX - 1), 0],
    ['ten today', everyTwoMinutes(CODES_PER_DAY_MAX), 86_400 - 1_200],
    ['ten, the oldest a day ago', [...everyTwoMinutes(9), ago(86_400)], 0],
  ])('%s', (_, issued, seconds) => {
    expect(secondsUntilNextCode(issued, NOW)).toBe(seconds);
  });
});

describe('secondsUntilFree', () => {
  const limit = { max: 3, windowMs: 900_000 };
  const failed = (seconds: number) => ({ isCleared: false, at: ago(seconds) });
  const cleared = (seconds: number) => ({ isCleared: true, at: ago(seconds) });

  it.each([
    ['nothing yet', [], 0],
    ['room for one more', [failed(30), failed(20)], 0],
    ['full', [failed(30), failed(20), failed(10)], 870],
    ['over-full by a burst: the third last decides', [failed(40), failed(30), failed(20), failed(10)], 870],
    ['a success takes its own attempt back', [failed(30), failed(20), failed(10), cleared(9)], 0],
    [
      'a success does not wipe failures away',
      [failed(30), failed(25), failed(24), cleared(23), failed(10)],
      870,
    ],
    ['a clearing whose attempt is out of the window', [cleared(899), failed(1)], 0],
  ])('%s', (_, attempts, seconds) => {
    expect(secondsUntilFree(attempts, limit, NOW)).toBe(seconds);
  });
});
