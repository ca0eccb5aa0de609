import { Injectable } from '@nestjs/common';
import { Clock, InvalidInputError, NotFound, newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import { AuditService } from './audit.service.js';
import type { RoleConflictError } from './membership.errors.js';
import { MembershipRepository } from './membership.repository.js';
import { refuseConflict, refuseGrant } from './membership.rules.js';
import type { UserId } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** Whose inspectors are to know. */
function divisionOf({ scopeKind, scopeId }: Grant): string | null {
  return scopeKind === 'DIVISION' ? scopeId : null;
}

@Injectable()
export class MembershipService {
  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipRepository,
    private readonly users: UserRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Gives somebody a role; `actorId` is who gives it, null for the system. Twice is once. Takes effect when their token is renewed. */
  grant(
    userId: UserId,
    grant: Grant,
    actorId: UserId | null,
  ): Promise<InvalidInputError | RoleConflictError | null> {
    return this.database.transaction((tx) => this.grantWithin(tx, userId, grant, actorId));
  }

  /** Together with what makes them have it. `countyCode`: of a merchant's role, where it is registered. */
  async grantWithin(
    tx: Tx,
    userId: UserId,
    grant: Grant,
    actorId: UserId | null,
    countyCode: string | null = null,
  ): Promise<InvalidInputError | RoleConflictError | null> {
    const refusal = refuseGrant(grant);
    if (refusal) return refusal;
    // Two roles of one person that do not go together, given at once, take turns by the person.
    await this.users.lock(tx, userId);
    const held = await this.memberships.lockHeld(tx, userId);
    const conflict = refuseConflict({ ...grant, countyCode }, held);
    if (conflict) return conflict;

    await this.memberships.grant(tx, {
      id: newId('mbr'),
      userId,
      ...grant,
      countyCode,
      createdAt: this.clock.now(),
      endedAt: null,
    });
    await this.audit.record(tx, {
      actorId,
      act: 'membership.granted',
      subject: userId,
      divisionCode: divisionOf(grant),
      detail: { ...grant },
    });
    return null;
  }

  end(userId: UserId, grant: Grant, actorId: UserId | null): Promise<void> {
    return this.database.transaction((tx) => this.endWithin(tx, userId, grant, actorId));
  }

  /** Together with what makes them have it no longer. */
  async endWithin(tx: Tx, userId: UserId, grant: Grant, actorId: UserId | null): Promise<void> {
    if (!(await this.memberships.end(tx, userId, grant, this.clock.now())))
      throw new NotFound('Membership', userId);
    await this.audit.record(tx, {
      actorId,
      act: 'membership.ended',
      subject: userId,
      divisionCode: divisionOf(grant),
      detail: { ...grant },
    });
  }
}
