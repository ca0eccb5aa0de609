import { type Event, newEvent } from '#platform/outbox';
import type { TeamInvitationId } from './team-invitation.entity.js';

/** Somebody is to be told that an owner asks them to work for a merchant; again where it is sent again. */
export type TeamInvitationSent = Event<'team_invitation.sent', { readonly invitationId: TeamInvitationId }>;

export type IdentityEvent = TeamInvitationSent;

export function teamInvitationSent(invitationId: TeamInvitationId, at: Date): TeamInvitationSent {
  return newEvent('team_invitation.sent', { invitationId }, at);
}
