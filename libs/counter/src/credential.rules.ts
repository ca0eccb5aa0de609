import { createHash, timingSafeEqual } from 'node:crypto';
import { DAY_MS, plus } from '#libs/kernel';

/** The one in use and its successor. */
export const CREDENTIALS_IN_FORCE_MAX = 2;

/** So long the one before stays good: a cabinet may be offline for days when its successor is brought to it. */
const OVERLAP_MS = 7 * DAY_MS;

export interface CredentialTimes {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export function isInForce({ expiresAt, revokedAt }: CredentialTimes, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

/** When what is in force ends because a successor has been issued: never later than it would have ended anyway. */
export function endOfOverlap(issuedAt: Date): Date {
  return plus(issuedAt, OVERLAP_MS);
}

/**
 * A plain digest is enough, and quick enough for a thousand cabinets that come back at once: the secret is 256 bits of chance, so there is
 * nothing to guess at.
 */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function isSecretOf(secret: string, secretHash: string): boolean {
  const [given, kept] = [Buffer.from(hashOfSecret(secret)), Buffer.from(secretHash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
