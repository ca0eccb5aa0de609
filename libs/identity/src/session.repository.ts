import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Session } from './session.entity.js';

@Injectable()
export class SessionRepository {
  async insert(tx: Tx, session: Session): Promise<void> {
    await tx.manager.insert(Session, session);
  }

  /**
   * By its current or previous token. Found without a lock, one index each, then locked by key: two renewals follow each other, and
   * the second sees what the first has done.
   */
  async lockByRefreshHash(tx: Tx, hash: Buffer): Promise<Session | null> {
    const [found] = await tx.query<{ id: Session['id'] }>(
      'SELECT id FROM session WHERE refresh_hash = ? UNION SELECT id FROM session WHERE previous_refresh_hash = ?',
      [hash, hash],
    );
    if (!found) return null;
    return tx.manager.findOne(Session, { where: { id: found.id }, lock: { mode: 'pessimistic_write' } });
  }

  async rotate(tx: Tx, session: Session): Promise<void> {
    await tx.write(
      'UPDATE session SET refresh_hash = ?, previous_refresh_hash = ?, refreshed_at = ?, expires_at = ? WHERE id = ?',
      [session.refreshHash, session.previousRefreshHash, session.refreshedAt, session.expiresAt, session.id],
    );
  }

  /** False if the session is not theirs, or has ended already. */
  async revoke(tx: Tx, id: string, userId: string, at: Date): Promise<boolean> {
    const matched = await tx.write(
      'UPDATE session SET revoked_at = ? WHERE id = ? AND user_id = ? AND revoked_at IS NULL',
      [at, id, userId],
    );
    return matched === 1;
  }

  async revokeAll(tx: Tx, userId: string, at: Date): Promise<void> {
    await tx.write('UPDATE session SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL', [
      at,
      userId,
    ]);
  }

  async lastRevokedAt(tx: Tx, userId: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date | null }>(
      'SELECT MAX(revoked_at) AS at FROM session WHERE user_id = ?',
      [userId],
    );
    return row?.at ?? null;
  }

  async hasLive(tx: Tx, userId: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM session WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ? LIMIT 1',
      [userId, now],
    );
    return rows.length > 0;
  }

  async forgetDevices(tx: Tx, userId: string): Promise<void> {
    await tx.write('UPDATE session SET user_agent = NULL WHERE user_id = ?', [userId]);
  }

  async revokeOthers(tx: Tx, userId: string, exceptId: string, at: Date): Promise<void> {
    await tx.write('UPDATE session SET revoked_at = ? WHERE user_id = ? AND id <> ? AND revoked_at IS NULL', [
      at,
      userId,
      exceptId,
    ]);
  }
}
