import { type IdOf, newId } from '#libs/kernel';

export type EventId = IdOf<'evt'>;

/** A fact, in the past tense, named `<noun>.<fact>`. Payloads carry ids, words and amounts as decimal text; never entities. */
export interface Event<Name extends string = string, Payload extends object = object> {
  readonly id: EventId;
  readonly name: Name;
  readonly payload: Payload;
  readonly occurredAt: Date;
  /** Whose request it comes from, where several share a transaction; else that of whoever emits it. */
  readonly traceId?: string | null;
}

export function newEvent<Name extends string, Payload extends object>(
  name: Name,
  payload: Payload,
  occurredAt: Date,
): Event<Name, Payload> {
  return { id: newId('evt'), name, payload, occurredAt };
}
