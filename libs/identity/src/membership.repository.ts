import { Injectable } from '@nestjs/common';
import type { Grant } from '#platform/auth';
import type { Tx } from '#platform/database';
import type { Membership } from './membership.entity.js';
import type { PlacedGrant } from './membership.rules.js';
import { TEAM_ROLES, type TeamRole } from './team.rules.js';
import type { UserId } from './user.entity.js';

export interface TeamRow {
  readonly userId: UserId;
  readonly role: TeamRole;
}

@Injectable()
export class MembershipRepository {
  /** Granted again after an end, the same row comes into force again: a role is held once. */
  async grant(
    tx: Tx,
    { id, userId, role, scopeKind, scopeId, countyCode, createdAt }: Membership,
  ): Promise<void> {
    await tx.write(
      `INSERT INTO membership (id, user_id, role, scope_kind, scope_id, county_code, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE ended_at = NULL, county_code = COALESCE(VALUES(county_code), county_code)`,
      [id, userId, role, scopeKind, scopeId, countyCode, createdAt],
    );
  }

  /** What somebody holds, after the lock of the person; locked as well, so that it is what is there now and not what was there when the transaction began. */
  lockHeld(tx: Tx, userId: string): Promise<PlacedGrant[]> {
    return tx.query<PlacedGrant>(
      `SELECT role, scope_kind AS scopeKind, scope_id AS scopeId, county_code AS countyCode FROM membership
       WHERE user_id = ? AND ended_at IS NULL ORDER BY id FOR UPDATE`,
      [userId],
    );
  }

  /** Who works for a merchant, locked until the transaction ends; in the order of the rows, so that two who lock them take turns. */
  lockTeam(tx: Tx, merchantId: string): Promise<TeamRow[]> {
    return tx.query<TeamRow>(
      `SELECT user_id AS userId, role FROM membership
       WHERE scope_kind = 'MERCHANT' AND scope_id = ? AND role IN (?) AND ended_at IS NULL ORDER BY id FOR UPDATE`,
      [merchantId, TEAM_ROLES],
    );
  }

  /** False if they do not hold it. */
  async end(tx: Tx, userId: string, { role, scopeKind, scopeId }: Grant, at: Date): Promise<boolean> {
    const matched = await tx.write(
      `UPDATE membership SET ended_at = ?
       WHERE user_id = ? AND role = ? AND scope_kind = ? AND scope_id = ? AND ended_at IS NULL`,
      [at, userId, role, scopeKind, scopeId],
    );
    return matched === 1;
  }
}
