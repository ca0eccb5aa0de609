import { type Event, newEvent } from '#platform/outbox';
import type { CabinetAlarmChanged } from './alarm.events.js';
import type { CabinetId } from './cabinet.entity.js';

export type CabinetChanged = Event<'cabinet.changed', { readonly cabinetId: CabinetId }>;

export type CounterEvent = CabinetChanged | CabinetAlarmChanged;

/** Of a live message: it may be lost, and whoever holds a line looks again from time to time anyway. */
export const CABINET_CHANGED_TOPIC = 'cabinet.changed';

/** Registered, retired, with other slots, or with other credentials: whoever holds its line looks again. */
export function cabinetChanged(cabinetId: CabinetId, at: Date): CabinetChanged {
  return newEvent('cabinet.changed', { cabinetId }, at);
}
