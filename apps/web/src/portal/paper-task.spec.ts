import { paperTask } from './paper-task.js';

const LICENCE = { kind: 'FOOD_PRODUCTION_LICENCE', endsOn: '2026-12-05', isLicence: true } as const;
const CARD = { kind: 'LEGAL_PERSON_ID', endsOn: '2026-12-05', isLicence: false } as const;

it.each([
  [LICENCE, 'VALID', false, null],
  [{ ...LICENCE, endsOn: null }, 'VALID', false, null],
  [LICENCE, 'MISSING', false, null],
  [LICENCE, 'ENDING', false, '食品生产许可证12月5日到期，换好新证才能接着卖!'],
  [LICENCE, 'ENDED', false, '食品生产许可证到期了，现在不能卖货!'],
  [LICENCE, 'ENDING', true, null],
  // It still stops the sale, and nobody wonders why.
  [LICENCE, 'ENDED', true, '食品生产许可证到期了，新证在审核，审好才能接着卖'],
  [CARD, 'ENDING', false, '负责人身份证12月5日到期'],
  [CARD, 'ENDED', false, '负责人身份证到期了'],
  [CARD, 'ENDED', true, null],
] as const)('of %j, %s (waiting: %s): %s', (paper, standing, isWaiting, said) => {
  const task = paperTask({ ...paper, standing, isWaiting });

  expect(task && `${task.text}${task.isUrgent ? '!' : ''}`).toBe(said);
});
