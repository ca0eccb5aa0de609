import { DAY_MS } from '#libs/kernel';

/** From the last renewal on; whoever comes once a month stays signed in. */
export const SESSION_LIFETIME_MS = 30 * DAY_MS;

/**
 * A double tap, two tabs, or a client that repeats a request whose answer was lost presents the same token twice within seconds.
 * That is not theft, so within this time the token before the last rotation is answered with the same successor again.
 */
export const ROTATION_GRACE_MS = 10_000;

export interface SessionState {
  readonly refreshHash: Buffer;
  readonly previousRefreshHash: Buffer | null;
  readonly refreshedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** CURRENT: rotate. JUST_ROTATED: repeat the answer. REUSED: two parties hold it, so end the session. ENDED: refuse. */
export type Judgement = 'CURRENT' | 'JUST_ROTATED' | 'REUSED' | 'ENDED';

export function judgeRefresh(session: SessionState, presentedHash: Buffer, now: Date): Judgement {
  if (session.revokedAt !== null || session.expiresAt <= now) return 'ENDED';
  if (session.refreshHash.equals(presentedHash)) return 'CURRENT';
  if (!session.previousRefreshHash?.equals(presentedHash)) return 'ENDED';
  return now.getTime() - session.refreshedAt.getTime() <= ROTATION_GRACE_MS ? 'JUST_ROTATED' : 'REUSED';
}
