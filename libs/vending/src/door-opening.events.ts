import { type Event, newEvent } from '#platform/outbox';
import type { DoorOpeningId } from './door-opening.entity.js';

export type DoorOpeningTaken = Event<'door_opening.taken', { readonly openingId: DoorOpeningId }>;

/** It is known what was taken out of an open cabinet; whoever bills it reads it. Said once more where a person has decided anew. */
export function doorOpeningTaken(openingId: DoorOpeningId, at: Date): DoorOpeningTaken {
  return newEvent('door_opening.taken', { openingId }, at);
}
