import { Injectable } from '@nestjs/common';
import type { Grant } from '#platform/auth';
import { Database } from '#platform/database';

@Injectable()
export class MembershipReader {
  constructor(private readonly database: Database) {}

  /** The roles a person has now. */
  grantsOf(userId: string): Promise<Grant[]> {
    return this.database.query<Grant>(
      `SELECT role, scope_kind AS scopeKind, scope_id AS scopeId FROM membership
       WHERE user_id = ? AND ended_at IS NULL ORDER BY created_at, id`,
      [userId],
    );
  }
}
