import { DAY_MS, InvalidInputError, businessDay, plus } from '#libs/kernel';

/** When what waits has to leave, seen from today. */
export const DUES = ['LATE', 'TODAY', 'TOMORROW', 'LATER'] as const;
export type Due = (typeof DUES)[number];

/** First and last day of each; null where there is no end to it. */
export interface DueDays {
  readonly fromOn: string | null;
  readonly toOn: string | null;
}

export function daysOf(due: Due, now: Date): DueDays {
  const dayAfter = (days: number) => businessDay(plus(now, days * DAY_MS));
  switch (due) {
    case 'LATE':
      return { fromOn: null, toOn: dayAfter(-1) };
    case 'TODAY':
      return { fromOn: dayAfter(0), toOn: dayAfter(0) };
    case 'TOMORROW':
      return { fromOn: dayAfter(1), toOn: dayAfter(1) };
    case 'LATER':
      return { fromOn: dayAfter(2), toOn: null };
  }
}

/** The two digits that the codes of a province's counties begin with; null where that is no province's code. */
export function provincePrefix(code: string): string | InvalidInputError {
  const [, prefix] = /^([1-9]\d)0000$/.exec(code) ?? [];
  if (prefix !== undefined) return prefix;
  const message = {
    zh: '请选择省份：六位代码，以 0000 结尾',
    en: 'Name a province by its six digits, of which the last four are 0000.',
  };
  return new InvalidInputError([{ path: 'filter.provinceCode', message }]);
}
