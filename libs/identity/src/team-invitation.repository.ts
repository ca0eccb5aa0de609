import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { TeamInvitation, type TeamInvitationId, type TeamInvitationState } from './team-invitation.entity.js';
import type { SentInvitation } from './team-invitation.rules.js';
import type { TeamRole } from './team.rules.js';
import type { UserId } from './user.entity.js';

/** More than a merchant may send within a week. */
const SENT_MAX = 200;

@Injectable()
export class TeamInvitationRepository {
  async insert(tx: Tx, invitation: TeamInvitation): Promise<void> {
    await tx.manager.insert(TeamInvitation, invitation);
  }

  /** After the lock of its team, by which everything that is said of a team takes turns. */
  lock(tx: Tx, id: string): Promise<TeamInvitation | null> {
    return tx.manager.findOne(TeamInvitation, {
      where: { id: id as TeamInvitationId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Under the lock of the team. */
  openOf(tx: Tx, merchantId: string, openPhone: string, role: TeamRole): Promise<TeamInvitation | null> {
    return tx.manager.findOneBy(TeamInvitation, { merchantId, openPhone, role });
  }

  /** Under the lock of the team; newest first. */
  sentSince(tx: Tx, merchantId: string, since: Date): Promise<SentInvitation[]> {
    return tx.query<SentInvitation>(
      `SELECT phone, message_count AS messageCount, sent_at AS sentAt FROM team_invitation
       WHERE merchant_id = ? AND sent_at > ? ORDER BY sent_at DESC LIMIT ?`,
      [merchantId, since, SENT_MAX],
    );
  }

  /** Under the lock of the team. */
  async countOpen(tx: Tx, merchantId: string, now: Date): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      "SELECT COUNT(*) AS count FROM team_invitation WHERE merchant_id = ? AND state = 'OPEN' AND expires_at > ?",
      [merchantId, now],
    );
    return Number(row?.count ?? 0);
  }

  /** One more message, and as long a life as the first has given it. */
  async renew(tx: Tx, id: TeamInvitationId, by: UserId, at: Date, expiresAt: Date): Promise<void> {
    await tx.write(
      'UPDATE team_invitation SET invited_by = ?, sent_at = ?, message_count = message_count + 1, expires_at = ? WHERE id = ?',
      [by, at, expiresAt, id],
    );
  }

  /** `by` is whoever was invited; null where they have said nothing. */
  async close(
    tx: Tx,
    id: TeamInvitationId,
    state: Exclude<TeamInvitationState, 'OPEN'>,
    by: UserId | null,
    at: Date,
  ): Promise<void> {
    await tx.write(
      'UPDATE team_invitation SET state = ?, open_phone = NULL, answered_by = ?, answered_at = ? WHERE id = ?',
      [state, by, by && at, id],
    );
  }

  /** What an owner has asked is not asked any more once they own nothing. */
  async withdrawOf(tx: Tx, merchantId: string, invitedBy: UserId): Promise<void> {
    await tx.write(
      `UPDATE team_invitation SET state = 'WITHDRAWN', open_phone = NULL WHERE merchant_id = ? AND invited_by = ? AND state = 'OPEN'`,
      [merchantId, invitedBy],
    );
  }

  /** Whoever is forgotten is invited no more. */
  async forgetPhone(tx: Tx, phone: string): Promise<void> {
    await tx.write(
      `UPDATE team_invitation SET state = IF(state = 'OPEN', 'EXPIRED', state), phone = NULL, open_phone = NULL WHERE phone = ?`,
      [phone],
    );
  }

  /** How many; several at once share the work. */
  async forgetSince(tx: Tx, overSince: Date, limit: number): Promise<number> {
    const rows = await tx.query<{ id: TeamInvitationId }>(
      'SELECT id FROM team_invitation WHERE phone IS NOT NULL AND expires_at < ? ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED',
      [overSince, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0)
      await tx.write(
        `UPDATE team_invitation SET state = IF(state = 'OPEN', 'EXPIRED', state), phone = NULL, open_phone = NULL WHERE id IN (?)`,
        [ids],
      );
    return ids.length;
  }
}
