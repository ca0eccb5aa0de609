import { placeOfBoot } from './boot.rules.js';

const OLD = new Date('2026-05-01T00:00:00.000Z');
const NEW = new Date('2026-11-26T00:00:00.000Z');
const line = { bootNo: 41, bootBase: 0, credentialAt: OLD };

describe('a start that was never heard of', () => {
  it.each([
    [
      'is the first',
      { bootNo: null, bootBase: 0, credentialAt: null },
      { bootNo: 7, isLive: true, credentialAt: OLD },
      'NEXT',
      7,
      0,
    ],
    ['is the next', line, { bootNo: 42, isLive: true, credentialAt: OLD }, 'NEXT', 42, 0],
    [
      'bears the same number, as some machines do',
      line,
      { bootNo: 41, isLive: true, credentialAt: OLD },
      'NEXT',
      41,
      0,
    ],
    ['was kept waiting', line, { bootNo: 40, isLive: false, credentialAt: OLD }, 'BEHIND', 40, 0],
    [
      'says live that it is the first, as before',
      line,
      { bootNo: 1, isLive: true, credentialAt: OLD },
      'DOUBTFUL',
      42,
      41,
    ],
    [
      'says live that it is the first, with a younger credential',
      line,
      { bootNo: 1, isLive: true, credentialAt: NEW },
      'RESET',
      42,
      41,
    ],
    [
      'bears the same number, with a younger credential',
      { ...line, bootNo: 1 },
      { bootNo: 1, isLive: true, credentialAt: NEW },
      'RESET',
      2,
      1,
    ],
    [
      'is the next, with a younger credential',
      line,
      { bootNo: 42, isLive: true, credentialAt: NEW },
      'NEXT',
      42,
      0,
    ],
    [
      'is a message and no heartbeat, with a younger credential',
      line,
      { bootNo: 1, isLive: false, credentialAt: NEW },
      'BEHIND',
      1,
      0,
    ],
    [
      'is of a line of which no credential is known',
      { ...line, credentialAt: null },
      { bootNo: 1, isLive: true, credentialAt: NEW },
      'DOUBTFUL',
      42,
      41,
    ],
    [
      'goes on counting after it began anew',
      { bootNo: 42, bootBase: 41, credentialAt: NEW },
      { bootNo: 2, isLive: true, credentialAt: NEW },
      'NEXT',
      43,
      41,
    ],
    [
      'is of the board before, late, with its credential',
      { bootNo: 42, bootBase: 41, credentialAt: NEW },
      { bootNo: 43, isLive: false, credentialAt: OLD },
      'BEHIND',
      41,
      0,
    ],
    [
      'begins anew a second time',
      { bootNo: 44, bootBase: 41, credentialAt: OLD },
      { bootNo: 1, isLive: true, credentialAt: NEW },
      'RESET',
      45,
      44,
    ],
  ])('%s', (_, known, told, as, bootNo, bootBase) => {
    expect(placeOfBoot(known, told)).toEqual({ as, bootNo, bootBase });
  });
});
