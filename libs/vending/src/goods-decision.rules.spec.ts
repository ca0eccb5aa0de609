import { type Deciding, refuseDeciding } from './goods-decision.rules.js';

const MEASURED: Deciding = {
  slotCodes: ['A1', 'A2'],
  decision: 'RELEASE_MEASURED',
  reason: '柜内温度计损坏，已用手持温度计实测',
  measuredDeciCelsius: 60,
  photoId: 'fil_1',
};
const PLAIN: Deciding = {
  slotCodes: null,
  decision: 'RELEASE',
  reason: '合格',
  measuredDeciCelsius: null,
  photoId: null,
};

describe('what becomes of goods that were too warm', () => {
  it.each([
    ['looked at', PLAIN, []],
    ['thrown away', { ...PLAIN, decision: 'DISPOSE' }, []],
    ['of a slot that is named twice', { ...PLAIN, slotCodes: ['A1', 'A1'] }, ['slotCodes']],
    ['without a word', { ...PLAIN, reason: ' ' }, ['reason']],
    [
      'looked at, and measured without need',
      { ...PLAIN, measuredDeciCelsius: 50, photoId: 'fil_1' },
      ['measuredDeciCelsius', 'photoId'],
    ],
    ['measured', MEASURED, []],
    ['measured at the border', { ...MEASURED, measuredDeciCelsius: 80 }, []],
    ['measured, and too warm indeed', { ...MEASURED, measuredDeciCelsius: 81 }, ['measuredDeciCelsius']],
    ['measured, and frozen', { ...MEASURED, measuredDeciCelsius: -1 }, ['measuredDeciCelsius']],
    [
      'said to be measured',
      { ...MEASURED, measuredDeciCelsius: null, photoId: null },
      ['measuredDeciCelsius', 'photoId'],
    ],
    ['measured, in a word', { ...MEASURED, reason: '坏了' }, ['reason']],
  ] as const)('%s', (_, deciding, paths) => {
    expect(refuseDeciding(deciding, 'CHILLED')?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });
});
