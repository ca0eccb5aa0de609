import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import type { SessionId } from './session.entity.js';

export interface SessionRow {
  readonly id: SessionId;
  readonly createdAt: Date;
  readonly refreshedAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
}

/** The latest; nobody is signed in on more devices. */
const SESSIONS_SHOWN_MAX = 50;

@Injectable()
export class SessionReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Sessions that can still be renewed, the latest first. */
  ofUser(userId: string): Promise<SessionRow[]> {
    return this.database.query<SessionRow>(
      `SELECT id, created_at AS createdAt, refreshed_at AS refreshedAt, expires_at AS expiresAt, user_agent AS userAgent
       FROM session WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY created_at DESC, id DESC LIMIT ?`,
      [userId, this.clock.now(), SESSIONS_SHOWN_MAX],
    );
  }
}
