import { Injectable } from '@nestjs/common';
import type { Grant, Role } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import { maskPhone } from './phone.rules.js';
import { TEAM_MAX, TEAM_ROLES, type TeamRole } from './team.rules.js';
import type { UserId } from './user.entity.js';

export interface TeamMember {
  readonly userId: UserId;
  readonly role: TeamRole;
  readonly maskedPhone: string;
  readonly since: Date;
}

@Injectable()
export class MembershipReader {
  constructor(private readonly database: Database) {}

  /** Who works for these merchants, or did; in any order. A caller with an open transaction hands it on. */
  async phonesOf(
    merchantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<{ merchantId: string; phone: string }[]> {
    if (merchantIds.length === 0) return [];
    return on.query(
      `SELECT DISTINCT m.scope_id AS merchantId, u.phone FROM membership m JOIN user_account u ON u.id = m.user_id
       WHERE m.scope_kind = 'MERCHANT' AND m.scope_id IN (?) AND u.phone IS NOT NULL`,
      [merchantIds],
    );
  }

  /** Who works for a merchant, in the order in which they came; phones masked. */
  async teamOf(merchantId: string): Promise<TeamMember[]> {
    const rows = await this.database.query<Omit<TeamMember, 'maskedPhone'> & { phone: string | null }>(
      `SELECT m.user_id AS userId, m.role, m.created_at AS since, u.phone FROM membership m JOIN user_account u ON u.id = m.user_id
       WHERE m.scope_kind = 'MERCHANT' AND m.scope_id = ? AND m.role IN (?) AND m.ended_at IS NULL ORDER BY m.created_at, m.id LIMIT ?`,
      [merchantId, TEAM_ROLES, TEAM_MAX],
    );
    // Whoever has been forgotten has none.
    return rows.map(({ phone, ...row }) => ({ ...row, maskedPhone: maskPhone(phone ?? '') }));
  }

  /** Of which merchants a person is now, by the register and not by a token that is ten minutes old. A caller with an open transaction hands it on. */
  async merchantIdsOf(userId: string, on: Pick<Tx, 'query'> = this.database): Promise<string[]> {
    const grants = await this.grantsOf(userId, on);
    return grants.flatMap(({ scopeKind, scopeId }) => (scopeKind === 'MERCHANT' ? [scopeId] : []));
  }

  /** Who holds one of these roles for the whole platform now, by name; in order of name. A caller says how many at most. */
  async staffWith(
    roles: readonly Role[],
    limit: number,
  ): Promise<{ readonly id: UserId; readonly displayName: string }[]> {
    if (roles.length === 0) return [];
    return this.database.query(
      `SELECT DISTINCT u.id, u.display_name AS displayName FROM membership m JOIN user_account u ON u.id = m.user_id
       WHERE m.scope_kind = 'PLATFORM' AND m.role IN (?) AND m.ended_at IS NULL AND u.deleted_at IS NULL
       ORDER BY u.display_name, u.id LIMIT ?`,
      [roles, limit],
    );
  }

  /** Who owns these merchants, in any order. A caller with an open transaction hands it on. */
  async ownersOf(
    merchantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<{ merchantId: string; userId: UserId }[]> {
    if (merchantIds.length === 0) return [];
    return on.query(
      `SELECT scope_id AS merchantId, user_id AS userId FROM membership
       WHERE scope_kind = 'MERCHANT' AND scope_id IN (?) AND role = 'MERCHANT_OWNER' AND ended_at IS NULL ORDER BY id`,
      [merchantIds],
    );
  }

  /** The roles a person has now. A caller with an open transaction hands it on. */
  grantsOf(userId: string, on: Pick<Tx, 'query'> = this.database): Promise<Grant[]> {
    return on.query<Grant>(
      `SELECT role, scope_kind AS scopeKind, scope_id AS scopeId FROM membership
       WHERE user_id = ? AND ended_at IS NULL ORDER BY created_at, id`,
      [userId],
    );
  }
}
