import { type Event, newEvent } from '#platform/outbox';
import type { CabinetAlarmChanged } from './alarm.events.js';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetCommandId } from './command.entity.js';
import type { CabinetMessageId } from './message.entity.js';

export type CabinetChanged = Event<'cabinet.changed', { readonly cabinetId: CabinetId }>;

export type CabinetVended = Event<
  'cabinet.vended',
  { readonly cabinetId: CabinetId; readonly messageId: CabinetMessageId }
>;

export type CabinetDeliveryRefused = Event<
  'cabinet.delivery_refused',
  { readonly cabinetId: CabinetId; readonly commandId: CabinetCommandId }
>;

export type CabinetDoorAnswered = Event<
  'cabinet.door_answered',
  {
    readonly cabinetId: CabinetId;
    readonly commandId: CabinetCommandId;
    readonly messageId: CabinetMessageId;
  }
>;

export type CabinetWeighed = Event<
  'cabinet.weighed',
  { readonly cabinetId: CabinetId; readonly messageId: CabinetMessageId }
>;

export type CabinetCellAnswered = Event<
  'cabinet.cell_answered',
  {
    readonly cabinetId: CabinetId;
    readonly commandId: CabinetCommandId;
    readonly messageId: CabinetMessageId;
    readonly occurredAt: string;
  }
>;

export type CounterEvent =
  | CabinetChanged
  | CabinetAlarmChanged
  | CabinetVended
  | CabinetDeliveryRefused
  | CabinetDoorAnswered
  | CabinetCellAnswered
  | CabinetWeighed;

/** Of a live message: it may be lost, and whoever holds a line looks again from time to time anyway. */
export const CABINET_CHANGED_TOPIC = 'cabinet.changed';

/** Registered, retired, with other slots, or with other credentials: whoever holds its line looks again. */
export function cabinetChanged(cabinetId: CabinetId, at: Date): CabinetChanged {
  return newEvent('cabinet.changed', { cabinetId }, at);
}

/** A cabinet has said what came out of it, or did not; the words are with the message. */
export function cabinetVended(cabinetId: CabinetId, messageId: CabinetMessageId, at: Date): CabinetVended {
  return newEvent('cabinet.vended', { cabinetId, messageId }, at);
}

/** It has not begun to deliver, and will not: too late, or it cannot. */
export function cabinetDeliveryRefused(
  cabinetId: CabinetId,
  commandId: CabinetCommandId,
  at: Date,
): CabinetDeliveryRefused {
  return newEvent('cabinet.delivery_refused', { cabinetId, commandId }, at);
}

/** It has opened its door for a buyer, or has not and will not; which, the command knows. */
export function cabinetDoorAnswered(
  cabinetId: CabinetId,
  commandId: CabinetCommandId,
  messageId: CabinetMessageId,
  at: Date,
): CabinetDoorAnswered {
  return newEvent('cabinet.door_answered', { cabinetId, commandId, messageId }, at);
}

/** It has opened a cell, as the sensor of its door has seen, or has not and will not; which, the command knows. When, by its telling: the answer may come days later. */
export function cabinetCellAnswered(answer: CabinetCellAnswered['payload'], at: Date): CabinetCellAnswered {
  return newEvent('cabinet.cell_answered', answer, at);
}

/** Its door is shut again, and it has said what its trays weigh; the words are with the message. */
export function cabinetWeighed(cabinetId: CabinetId, messageId: CabinetMessageId, at: Date): CabinetWeighed {
  return newEvent('cabinet.weighed', { cabinetId, messageId }, at);
}
