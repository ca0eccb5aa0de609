import { Injectable } from '@nestjs/common';
import { NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { MembershipRepository, type TeamRow } from './membership.repository.js';
import { MembershipService } from './membership.service.js';
import { TeamInvitationRepository } from './team-invitation.repository.js';
import { LastOwnerError } from './team.errors.js';
import type { TeamRole } from './team.rules.js';
import type { UserId } from './user.entity.js';

/** Who works for a merchant is for its owners to say. Those who say so at once take turns by the rows of the team. */
@Injectable()
export class TeamService {
  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipRepository,
    private readonly roles: MembershipService,
    private readonly invitations: TeamInvitationRepository,
  ) {}

  /** Works for it no longer in that role, because an owner says so, or they themselves; the last owner stays. Throws NotFound for whoever does not. */
  end(
    merchantId: string,
    member: { readonly userId: string; readonly role: TeamRole },
    by: UserId,
  ): Promise<UserId | LastOwnerError> {
    return this.database.transaction(async (tx) => {
      const isOneself = member.userId === by;
      const team = isOneself
        ? await this.memberships.lockTeam(tx, merchantId)
        : await this.lockOf(tx, merchantId, by);
      const found = team.find(({ userId, role }) => userId === member.userId && role === member.role);
      if (!found) throw new NotFound('TeamMember', member.userId);
      const owners = team.filter(({ role }) => role === 'MERCHANT_OWNER');
      if (found.role === 'MERCHANT_OWNER' && owners.length === 1) return new LastOwnerError();
      const grant = { role: found.role, scopeKind: 'MERCHANT', scopeId: merchantId } as const;
      await this.roles.endWithin(tx, found.userId, grant, by);
      if (found.role === 'MERCHANT_OWNER') await this.invitations.withdrawOf(tx, merchantId, found.userId);
      return found.userId;
    });
  }

  /** Locked. A token tells of roles as they were ten minutes ago, so whoever says so is looked for among the owners of now. */
  async lockOf(tx: Tx, merchantId: string, ownerId: UserId): Promise<TeamRow[]> {
    const team = await this.memberships.lockTeam(tx, merchantId);
    if (!team.some(({ userId, role }) => userId === ownerId && role === 'MERCHANT_OWNER'))
      throw new NotFound('Merchant', merchantId);
    return team;
  }

  /** Locked, for whoever comes to it. */
  lock(tx: Tx, merchantId: string): Promise<TeamRow[]> {
    return this.memberships.lockTeam(tx, merchantId);
  }
}
