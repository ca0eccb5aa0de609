import { Injectable } from '@nestjs/common';
import type { Grant } from '#platform/auth';
import { Database, type Tx } from '#platform/database';

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

  /** The roles a person has now. */
  grantsOf(userId: string): Promise<Grant[]> {
    return this.database.query<Grant>(
      `SELECT role, scope_kind AS scopeKind, scope_id AS scopeId FROM membership
       WHERE user_id = ? AND ended_at IS NULL ORDER BY created_at, id`,
      [userId],
    );
  }
}
