import { ATTEMPTS_MAX, lastDueDays, nextTryAt, reminderStageOf } from './reminder.rules.js';

describe('a reminder', () => {
  it.each([
    ['2026-11-24', null],
    ['2026-11-25', 'DUE_SOON'],
    ['2026-12-01', 'DUE_SOON'],
    ['2026-12-02', 'DUE'],
    ['2026-12-16', 'DUE'],
    ['2026-12-17', 'OVERDUE_15'],
    ['2026-12-31', 'OVERDUE_15'],
    ['2027-01-01', 'OVERDUE_30'],
    ['2028-01-01', 'OVERDUE_30'],
  ] as const)('of what is due on the second of December is on %s %s', (today, stage) => {
    expect(reminderStageOf('2026-12-02', today)).toBe(stage);
  });

  it('asks of the register the days that the rule says', () => {
    for (const [stage, day] of lastDueDays('2026-12-31'))
      expect(reminderStageOf(day, '2026-12-31')).toBe(stage);
  });

  it('is tried again after an hour, and given up in the end', () => {
    const now = new Date('2026-12-02T02:00:00Z');

    expect(nextTryAt(ATTEMPTS_MAX - 1, now)).toEqual(new Date('2026-12-02T03:00:00Z'));
    expect(nextTryAt(ATTEMPTS_MAX, now)).toBeNull();
  });
});
