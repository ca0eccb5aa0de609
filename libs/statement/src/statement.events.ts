import { type Event, newEvent } from '#platform/outbox';
import type { StatementId } from './statement.entity.js';

export type StatementChecked = Event<
  'statement.checked',
  { readonly statementId: StatementId; readonly payeeKind: string; readonly payeeId: string }
>;

export type StatementEvent = StatementChecked;

/** A month's figures agree with the books, and stand. */
export function statementChecked(
  { id, payeeKind, payeeId }: { id: StatementId; payeeKind: string; payeeId: string },
  at: Date,
): StatementChecked {
  return newEvent('statement.checked', { statementId: id, payeeKind, payeeId }, at);
}
