import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import { MembershipReader } from './membership.reader.js';
import { TeamInvitationReader } from './team-invitation.reader.js';

/** The latest of each; nobody reads more. */
const SESSIONS_MAX = 500;
const ACTS_MAX = 2_000;

/** Everything that is known here about somebody, for themselves. */
@Injectable()
export class PersonReader {
  constructor(
    private readonly database: Database,
    private readonly memberships: MembershipReader,
    private readonly invitations: TeamInvitationReader,
  ) {}

  async of(userId: string): Promise<object> {
    const [[person], sessions, acts, roles, invitations] = await Promise.all([
      this.database.query(
        `SELECT id, phone, display_name AS displayName, locale, is_elder_mode AS isElderMode, created_at AS createdAt FROM user_account WHERE id = ?`,
        [userId],
      ),
      this.database.query(
        `SELECT id, created_at AS createdAt, refreshed_at AS refreshedAt, expires_at AS expiresAt, revoked_at AS revokedAt,
           user_agent AS userAgent FROM session WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT ?`,
        [userId, SESSIONS_MAX],
      ),
      this.database.query(
        'SELECT act, subject, at FROM audit_entry WHERE actor_id = ? ORDER BY at DESC, id DESC LIMIT ?',
        [userId, ACTS_MAX],
      ),
      this.memberships.grantsOf(userId),
      this.invitations.ofPerson(userId),
    ]);
    return { person: person ?? null, sessions, roles, invitations, acts };
  }
}
