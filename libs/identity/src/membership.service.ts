import { Injectable } from '@nestjs/common';
import { Clock, InvalidInputError, NotFound, newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import { AuditService } from './audit.service.js';
import { MembershipRepository } from './membership.repository.js';
import { refuseGrant } from './membership.rules.js';
import type { UserId } from './user.entity.js';

/** Whose inspectors are to know. */
function divisionOf({ scopeKind, scopeId }: Grant): string | null {
  return scopeKind === 'DIVISION' ? scopeId : null;
}

@Injectable()
export class MembershipService {
  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Gives somebody a role; `actorId` is who gives it, null for the system. Twice is once. Takes effect when their token is renewed. */
  grant(userId: UserId, grant: Grant, actorId: UserId | null): Promise<InvalidInputError | null> {
    return this.database.transaction((tx) => this.grantWithin(tx, userId, grant, actorId));
  }

  /** Together with what makes them have it. */
  async grantWithin(
    tx: Tx,
    userId: UserId,
    grant: Grant,
    actorId: UserId | null,
  ): Promise<InvalidInputError | null> {
    const refusal = refuseGrant(grant);
    if (refusal) return refusal;

    await this.memberships.grant(tx, {
      id: newId('mbr'),
      userId,
      ...grant,
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
