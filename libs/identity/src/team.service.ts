import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { MembershipRepository, type TeamRow } from './membership.repository.js';
import { MembershipService } from './membership.service.js';
import { normalisePhone } from './phone.rules.js';
import { phoneMalformed } from './sign-in.rules.js';
import { LastOwnerError } from './team.errors.js';
import { teamMemberAdded } from './team.events.js';
import { TEAM_MAX, type TeamRole, teamFull } from './team.rules.js';
import type { UserId } from './user.entity.js';
import { UserService } from './user.service.js';

/** Who works for a merchant is for its owners to say. Those who say so at once take turns by the rows of the team. */
@Injectable()
export class TeamService {
  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipRepository,
    private readonly roles: MembershipService,
    private readonly users: UserService,
    private readonly clock: Clock,
  ) {}

  /** Whoever has that phone works for the merchant once they sign in; a phone that nobody has yet waits for them. They are told. Twice is once. */
  add(
    merchantId: string,
    member: { readonly phone: string; readonly role: TeamRole },
    ownerId: UserId,
  ): Promise<UserId | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const team = await this.teamOf(tx, merchantId, ownerId);
      const phone = normalisePhone(member.phone);
      if (phone === null) return phoneMalformed();
      const user = await this.users.ensure(tx, phone);
      const { role } = member;
      if (team.some((each) => each.userId === user.id && each.role === role)) return user.id;
      if (team.length >= TEAM_MAX) return teamFull();
      const grant = { role, scopeKind: 'MERCHANT', scopeId: merchantId } as const;
      const refusal = await this.roles.grantWithin(tx, user.id, grant, ownerId);
      if (refusal) return refusal;
      await emit(tx, teamMemberAdded({ userId: user.id, merchantId, role }, this.clock.now()));
      return user.id;
    });
  }

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
        : await this.teamOf(tx, merchantId, by);
      const found = team.find(({ userId, role }) => userId === member.userId && role === member.role);
      if (!found) throw new NotFound('TeamMember', member.userId);
      const owners = team.filter(({ role }) => role === 'MERCHANT_OWNER');
      if (found.role === 'MERCHANT_OWNER' && owners.length === 1) return new LastOwnerError();
      const grant = { role: found.role, scopeKind: 'MERCHANT', scopeId: merchantId } as const;
      await this.roles.endWithin(tx, found.userId, grant, by);
      return found.userId;
    });
  }

  /** Locked. A token tells of roles as they were ten minutes ago, so whoever says so is looked for among the owners of now. */
  private async teamOf(tx: Tx, merchantId: string, ownerId: UserId): Promise<TeamRow[]> {
    const team = await this.memberships.lockTeam(tx, merchantId);
    if (!team.some(({ userId, role }) => userId === ownerId && role === 'MERCHANT_OWNER'))
      throw new NotFound('Merchant', merchantId);
    return team;
  }
}
