import { DAY_MS, InvalidInputError, MINUTE_MS, plus } from '#libs/kernel';

export const CODE_LIFETIME_MS = 5 * MINUTE_MS;
/** Five guesses at one of a million codes. */
export const CODE_ATTEMPTS_MAX = 5;
/** As long as a message may need to arrive. */
export const CODE_INTERVAL_MS = MINUTE_MS;
/** With five attempts each: fifty guesses a day at one phone. */
export const CODES_PER_DAY_MAX = 10;
/** A village shares one address behind its carrier; a flood of paid messages does not fit through. */
export const CODES_PER_ADDRESS = { max: 100, windowMs: 60 * MINUTE_MS };

/** Wrong passwords. Whoever is locked out can still sign in by code. */
export const FAILURES_PER_PHONE = { max: 5, windowMs: 15 * MINUTE_MS };
export const FAILURES_PER_ADDRESS = { max: 50, windowMs: 15 * MINUTE_MS };

/** Whoever has just shown that they hold the phone may set a password without the old one, which they may have forgotten. */
export const CODE_VOUCHES_MS = 10 * MINUTE_MS;

export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

export interface IssuedCode {
  readonly expiresAt: Date;
  readonly failedAttempts: number;
  readonly consumedAt: Date | null;
}

export function isUsable(code: IssuedCode | null, now: Date): code is IssuedCode {
  return (
    code !== null &&
    code.consumedAt === null &&
    code.failedAttempts < CODE_ATTEMPTS_MAX &&
    code.expiresAt > now
  );
}

function secondsUntil(instant: Date, now: Date): number {
  return Math.max(0, Math.ceil((instant.getTime() - now.getTime()) / 1000));
}

/** Seconds until a phone may get another code, given when it got its last ones (newest first); 0 is now. */
export function secondsUntilNextCode(issued: readonly Date[], now: Date): number {
  const [latest] = issued;
  const tenth = issued[CODES_PER_DAY_MAX - 1];
  return Math.max(
    latest ? secondsUntil(plus(latest, CODE_INTERVAL_MS), now) : 0,
    tenth ? secondsUntil(plus(tenth, DAY_MS), now) : 0,
  );
}

export interface Attempt {
  readonly isCleared: boolean;
  readonly at: Date;
}

/**
 * Seconds until there is room for one more attempt. `attempts` are oldest first: each clearing entry takes back the attempt before
 * it, so what remains are failures and attempts that are still being judged.
 */
export function secondsUntilFree(attempts: readonly Attempt[], limit: Limit, now: Date): number {
  const open: Date[] = [];
  for (const { isCleared, at } of attempts) {
    if (isCleared) open.pop();
    else open.push(at);
  }
  const blocking = open.at(-limit.max);
  return blocking ? secondsUntil(plus(blocking, limit.windowMs), now) : 0;
}

export function phoneMalformed(path = 'phone'): InvalidInputError {
  return new InvalidInputError([
    {
      path,
      message: { zh: '请输入 11 位手机号码', en: 'Give a mainland mobile number of 11 digits.' },
    },
  ]);
}
