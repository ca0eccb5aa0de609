import { refusePassword } from './password.rules.js';

describe('refusePassword', () => {
  it.each([
    ['yellow peaches', true],
    ['炎陵黄桃又香又甜', true],
    ['a'.repeat(124) + 'bcde', true],
    ['short', false],
    ['', false],
    ['abcd'.repeat(33), false],
    ['aaaaaaaa', false],
    ['abababab', false],
    ['12345678', false],
    ['7890123456', false],
    ['13812345678', false],
    ['my13812345678', false],
  ])('%s: %s', (password, isGood) => {
    expect(refusePassword(password, '13812345678') === null).toBe(isGood);
  });
});
