import { creditCodeCheck, isCreditCode } from './credit-code.js';

describe('isCreditCode', () => {
  it.each([
    // Published codes of well-known companies, and the example of the standard.
    ['91350100M000100Y43', true],
    ['91110000802100433B', true],
    ['91330100799655058B', true],
    ['9144030071526726XG', true],
    ['91350100M000100Y44', false],
    ['91350100M000100Y4', false],
    ['91350100M000100Y433', false],
    ['19350100M000100Y43', false], // Two neighbours exchanged.
    ['91350100M000100y43', false],
    ['91350100M00O100Y43', false], // O is not of the alphabet.
    ['913501A0M000100Y43', false], // The division is digits.
    ['', false],
  ])('%s: %s', (code, expected) => {
    expect(isCreditCode(code)).toBe(expected);
  });

  it('notices every change of one character', () => {
    const code = '91350100M000100Y43';
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

    for (let place = 0; place < code.length; place += 1) {
      for (const character of alphabet) {
        if (character === code[place]) continue;
        expect(isCreditCode(code.slice(0, place) + character + code.slice(place + 1))).toBe(false);
      }
    }
  });
});

describe('creditCodeCheck', () => {
  it.each([
    ['91350100M000100Y4', '3'],
    ['91350100M000100Y', null],
    ['91350100M000100Y4!', null],
    ['91350100I000100Y4', null],
  ])('%s is completed by %s', (body, check) => {
    expect(creditCodeCheck(body)).toBe(check);
  });
});
