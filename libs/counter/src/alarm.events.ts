import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { CabinetAlarmId } from './alarm.entity.js';
import type { CabinetId } from './cabinet.entity.js';

export interface AlarmChange {
  readonly alarmId: CabinetAlarmId;
  readonly cabinetId: CabinetId;
  readonly operatorId: IdOf<'mer'>;
  readonly countyCode: string;
}

export type CabinetAlarmChanged = Event<'cabinet_alarm.changed', AlarmChange>;

/** Of a live message to officials; each hears of what lies in their division. */
export const ALARM_TOPIC = 'cabinet-alarm';

/** The same, to whoever works for the merchant who runs the cabinet. */
export function alarmTopicOf(operatorId: string): string {
  return `${ALARM_TOPIC}:${operatorId}`;
}

/** Raised, on again, over, seen, told to the county, or resolved. */
export function cabinetAlarmChanged(change: AlarmChange, at: Date): CabinetAlarmChanged {
  return newEvent('cabinet_alarm.changed', change, at);
}
