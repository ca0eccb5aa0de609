import type { Tx } from '#platform/database';
import { currentTrace } from '#platform/log';
import type { Event } from './event.js';

/** Writes facts beside the change that made them true; the relay carries them on after the commit. */
export async function emit(tx: Tx, ...events: readonly Event[]): Promise<void> {
  await tx.insert(
    'outbox',
    events.map((event) => ({
      id: event.id,
      name: event.name,
      payload: JSON.stringify(event.payload),
      traceId: event.traceId ?? currentTrace()?.traceId ?? null,
      occurredAt: event.occurredAt,
    })),
  );
}
