import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, NotFound, newId, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { AuditService } from './audit.service.js';
import type { RoleConflictError } from './membership.errors.js';
import { MembershipService } from './membership.service.js';
import { normalisePhone } from './phone.rules.js';
import { phoneMalformed } from './sign-in.rules.js';
import type { TeamInvitation, TeamInvitationId } from './team-invitation.entity.js';
import { TeamInvitationStateError, TeamInvitationThrottledError } from './team-invitation.errors.js';
import { teamInvitationSent } from './team-invitation.events.js';
import { TeamInvitationReader } from './team-invitation.reader.js';
import { TeamInvitationRepository } from './team-invitation.repository.js';
import {
  INVITATION_KEPT_MS,
  INVITATION_LIFETIME_MS,
  alreadyInTeam,
  invitationStateAt,
  secondsUntilMessage,
} from './team-invitation.rules.js';
import { TEAM_MAX, type TeamRole, teamFull } from './team.rules.js';
import { TeamService } from './team.service.js';
import type { UserId } from './user.entity.js';
import { UserRepository } from './user.repository.js';

export interface InvitingMerchant {
  readonly id: string;
  readonly countyCode: string;
}

/**
 * Owners ask, and whoever holds the phone says yes or no: signing in by a code to that phone is the proof, so the link that is sent need not be a secret.
 * Everything takes turns by the rows of the team, then of the invitation, then of the person.
 */
@Injectable()
export class TeamInvitationService {
  constructor(
    private readonly database: Database,
    private readonly invitations: TeamInvitationRepository,
    private readonly reader: TeamInvitationReader,
    private readonly teams: TeamService,
    private readonly roles: MembershipService,
    private readonly users: UserRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same again while it is open is the same invitation, without another message; once it is over it is sent again. */
  invite(
    merchant: InvitingMerchant,
    member: { readonly phone: string; readonly role: TeamRole },
    ownerId: UserId,
  ): Promise<TeamInvitationId | InvalidInputError | TeamInvitationThrottledError> {
    return this.database.transaction(async (tx) => {
      const team = await this.teams.lockOf(tx, merchant.id, ownerId);
      const phone = normalisePhone(member.phone);
      if (phone === null) return phoneMalformed();
      const now = this.clock.now();
      const open = await this.invitations.openOf(tx, merchant.id, phone, member.role);
      if (open && open.expiresAt > now) return open.id;
      const user = await this.users.byPhone(tx, phone);
      if (team.some(({ userId, role }) => userId === user?.id && role === member.role))
        return alreadyInTeam();
      const waiting = await this.invitations.countOpen(tx, merchant.id, now);
      if (team.length + waiting >= TEAM_MAX) return teamFull();
      if (open) return this.sendAgain(tx, open, phone, ownerId);
      const refusal = await this.throttle(tx, merchant.id, phone);
      if (refusal) return refusal;
      const invitation = this.invitationOf(merchant, { ...member, phone }, ownerId, now);
      await this.invitations.insert(tx, invitation);
      return this.sent(tx, invitation, ownerId, 'team_invitation.sent');
    });
  }

  /** Another message, and another seven days; also of one that is over. */
  resend(
    invitationId: string,
    ownerId: UserId,
  ): Promise<TeamInvitationId | TeamInvitationStateError | TeamInvitationThrottledError> {
    return this.database.transaction(async (tx) => {
      const invitation = await this.lockOfOwner(tx, invitationId, ownerId);
      const { state, phone } = invitation;
      if (state !== 'OPEN') return new TeamInvitationStateError(state);
      // Forgotten, it is open no more.
      if (phone === null) throw new NotFound('TeamInvitation', invitationId);
      return this.sendAgain(tx, invitation, phone, ownerId);
    });
  }

  /** Wanted no longer. Twice is once. */
  withdraw(invitationId: string, ownerId: UserId): Promise<TeamInvitationId | TeamInvitationStateError> {
    return this.database.transaction(async (tx) => {
      const { id, state, merchantId } = await this.lockOfOwner(tx, invitationId, ownerId);
      if (state === 'WITHDRAWN') return id;
      if (state !== 'OPEN') return new TeamInvitationStateError(state);
      await this.invitations.close(tx, id, 'WITHDRAWN', null, this.clock.now());
      await this.noted(tx, id, merchantId, ownerId, 'team_invitation.withdrawn');
      return id;
    });
  }

  /** Works for the merchant from now on. Twice is once: what was ended since does not come back by saying yes again. */
  accept(
    invitationId: string,
    userId: UserId,
  ): Promise<TeamInvitationId | InvalidInputError | TeamInvitationStateError | RoleConflictError> {
    return this.database.transaction(async (tx) => {
      const { invitation, teamSize } = await this.lockOfInvited(tx, invitationId, userId);
      const { id, merchantId, countyCode, role, state, answeredBy, invitedBy } = invitation;
      if (state === 'ACCEPTED' && answeredBy === userId) return id;
      const now = this.clock.now();
      const stateNow = invitationStateAt(invitation, now);
      if (stateNow !== 'OPEN') return new TeamInvitationStateError(stateNow);
      if (teamSize >= TEAM_MAX) return teamFull();
      const grant = { role, scopeKind: 'MERCHANT', scopeId: merchantId } as const;
      const refusal = await this.roles.grantWithin(tx, userId, grant, invitedBy, countyCode);
      if (refusal) return refusal;
      await this.invitations.close(tx, id, 'ACCEPTED', userId, now);
      await this.noted(tx, id, merchantId, userId, 'team_invitation.accepted');
      return id;
    });
  }

  /** Does not want to. Twice is once. */
  decline(invitationId: string, userId: UserId): Promise<TeamInvitationId | TeamInvitationStateError> {
    return this.database.transaction(async (tx) => {
      const { invitation } = await this.lockOfInvited(tx, invitationId, userId);
      const { id, state, merchantId } = invitation;
      if (state === 'DECLINED') return id;
      if (state !== 'OPEN') return new TeamInvitationStateError(state);
      await this.invitations.close(tx, id, 'DECLINED', userId, this.clock.now());
      await this.noted(tx, id, merchantId, userId, 'team_invitation.declined');
      return id;
    });
  }

  /** Phones of what was over for a month are nobody's business any more. */
  forgetOver(limit: number): Promise<number> {
    const since = plus(this.clock.now(), -INVITATION_KEPT_MS);
    return this.database.transaction((tx) => this.invitations.forgetSince(tx, since, limit));
  }

  private async lockOfOwner(tx: Tx, invitationId: string, ownerId: UserId): Promise<TeamInvitation> {
    const merchantId = await this.reader.merchantIdOf(tx, invitationId);
    if (merchantId === null) throw new NotFound('TeamInvitation', invitationId);
    const team = await this.teams.lock(tx, merchantId);
    // Whose it is, is no business of others: it is not there.
    if (!team.some(({ userId, role }) => userId === ownerId && role === 'MERCHANT_OWNER'))
      throw new NotFound('TeamInvitation', invitationId);
    return this.lock(tx, invitationId);
  }

  /** Whoever has the phone now; it is not there for anybody else. */
  private async lockOfInvited(tx: Tx, invitationId: string, userId: UserId) {
    const merchantId = await this.reader.merchantIdOf(tx, invitationId);
    if (merchantId === null) throw new NotFound('TeamInvitation', invitationId);
    const { length: teamSize } = await this.teams.lock(tx, merchantId);
    const invitation = await this.lock(tx, invitationId);
    const user = await this.users.lock(tx, userId);
    const isTheirs = user !== null && user.phone !== null && user.phone === invitation.phone;
    if (!isTheirs) throw new NotFound('TeamInvitation', invitationId);
    return { invitation, teamSize };
  }

  private async lock(tx: Tx, invitationId: string): Promise<TeamInvitation> {
    const invitation = await this.invitations.lock(tx, invitationId);
    if (!invitation) throw new NotFound('TeamInvitation', invitationId);
    return invitation;
  }

  private async throttle(
    tx: Tx,
    merchantId: string,
    phone: string,
  ): Promise<TeamInvitationThrottledError | null> {
    const now = this.clock.now();
    const sent = await this.invitations.sentSince(tx, merchantId, plus(now, -INVITATION_LIFETIME_MS));
    const seconds = secondsUntilMessage(phone, sent, now);
    return seconds > 0 ? new TeamInvitationThrottledError(seconds) : null;
  }

  private async sendAgain(
    tx: Tx,
    invitation: TeamInvitation,
    phone: string,
    ownerId: UserId,
  ): Promise<TeamInvitationId | TeamInvitationThrottledError> {
    const refusal = await this.throttle(tx, invitation.merchantId, phone);
    if (refusal) return refusal;
    const now = this.clock.now();
    await this.invitations.renew(tx, invitation.id, ownerId, now, plus(now, INVITATION_LIFETIME_MS));
    return this.sent(tx, invitation, ownerId, 'team_invitation.resent');
  }

  private async sent(
    tx: Tx,
    { id, merchantId }: Pick<TeamInvitation, 'id' | 'merchantId'>,
    by: UserId,
    act: string,
  ): Promise<TeamInvitationId> {
    await this.noted(tx, id, merchantId, by, act);
    await emit(tx, teamInvitationSent(id, this.clock.now()));
    return id;
  }

  private async noted(
    tx: Tx,
    id: TeamInvitationId,
    merchantId: string,
    actorId: UserId,
    act: string,
  ): Promise<void> {
    await this.audit.record(tx, { actorId, act, subject: id, detail: { merchantId } });
  }

  private invitationOf(
    { id: merchantId, countyCode }: InvitingMerchant,
    { phone, role }: { readonly phone: string; readonly role: TeamRole },
    invitedBy: UserId,
    now: Date,
  ): TeamInvitation {
    return {
      id: newId('tin'),
      merchantId,
      countyCode,
      role,
      phone,
      state: 'OPEN',
      openPhone: phone,
      invitedBy,
      createdAt: now,
      sentAt: now,
      messageCount: 1,
      expiresAt: plus(now, INVITATION_LIFETIME_MS),
      answeredBy: null,
      answeredAt: null,
    };
  }
}
