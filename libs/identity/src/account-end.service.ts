import { Injectable } from '@nestjs/common';
import { Clock, MINUTE_MS, assert, plus } from '#libs/kernel';
import { ACCESS_TOKEN_MINUTES } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import { AuditService } from './audit.service.js';
import { SessionRepository } from './session.repository.js';
import { SignInCodeRepository } from './sign-in-code.repository.js';
import { TeamInvitationRepository } from './team-invitation.repository.js';
import type { UserId } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** As long as an access token lives, and a minute for clocks that differ. */
const TOKENS_OVER_MS = (ACCESS_TOKEN_MINUTES + 1) * MINUTE_MS;

/** How somebody ceases to be known. */
@Injectable()
export class AccountEndService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly codes: SignInCodeRepository,
    private readonly invitations: TeamInvitationRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Ends every session; answers from when on no access token of theirs opens anything, null where none ever did. */
  signOutEverywhere(userId: UserId): Promise<Date | null> {
    return this.database.transaction(async (tx) => {
      await this.users.lock(tx, userId);
      await this.sessions.revokeAll(tx, userId, this.clock.now());
      const lastEndedAt = await this.sessions.lastRevokedAt(tx, userId);
      return lastEndedAt && plus(lastEndedAt, TOKENS_OVER_MS);
    });
  }

  /** Joins. The row stays, without anything that says who it was: other rows name its id. Whoever signs in at this moment makes the caller try again. */
  async end(tx: Tx, userId: UserId, at: Date): Promise<void> {
    const user = await this.users.lock(tx, userId);
    if (!user || user.phone === null) return;
    assert(!(await this.sessions.hasLive(tx, userId, at)), `${userId} has no session`);
    await this.codes.forget(tx, user.phone);
    await this.invitations.forgetPhone(tx, user.phone);
    await this.sessions.forgetDevices(tx, userId);
    await this.users.forget(tx, userId, at);
    await this.audit.record(tx, { actorId: null, act: 'account.deleted', subject: userId });
  }
}
