import { dayAfter } from '#libs/division';
import { HOUR_MS, plus } from '#libs/kernel';
import type { ReminderStage } from './reminder.entity.js';

/** From the day it is due. */
const STAGE_DAYS: readonly (readonly [ReminderStage, number])[] = [
  ['OVERDUE_30', 30],
  ['OVERDUE_15', 15],
  ['DUE', 0],
  ['DUE_SOON', -7],
];

/** A gateway that has taken nothing for so long takes nothing. */
export const ATTEMPTS_MAX = 5;

/** The latest stage that has been reached; those before it that nobody was told of are left out, because one reminder is enough. */
export function reminderStageOf(dueOn: string, today: string): ReminderStage | null {
  return STAGE_DAYS.find(([, days]) => dayAfter(dueOn, days) <= today)?.[0] ?? null;
}

/** The latest due days of each stage today, the longest overdue first. */
export function lastDueDays(today: string): readonly (readonly [ReminderStage, string])[] {
  return STAGE_DAYS.map(([stage, days]) => [stage, dayAfter(today, -days)]);
}

/** Put off when it is taken up, so that nobody else takes it and a crash only delays it; given up after the last attempt. */
export function nextTryAt(attempts: number, now: Date): Date | null {
  return attempts >= ATTEMPTS_MAX ? null : plus(now, HOUR_MS);
}
