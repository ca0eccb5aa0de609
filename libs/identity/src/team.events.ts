import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { TeamRole } from './team.rules.js';

/** Somebody works for a merchant from now on, because its owner says so. */
export type TeamMemberAdded = Event<
  'team_member.added',
  { readonly userId: IdOf<'usr'>; readonly merchantId: string; readonly role: TeamRole }
>;

export type IdentityEvent = TeamMemberAdded;

export function teamMemberAdded(payload: TeamMemberAdded['payload'], at: Date): TeamMemberAdded {
  return newEvent('team_member.added', payload, at);
}
