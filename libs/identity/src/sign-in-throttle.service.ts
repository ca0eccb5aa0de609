import { Injectable } from '@nestjs/common';
import { Clock, plus } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { SignInThrottledError } from './sign-in.errors.js';
import { type Limit, secondsUntilFree } from './sign-in.rules.js';

/** More entries than any limit counts; older ones cannot matter. */
const ENTRIES_MAX = 500;

/** `<act>` is an attempt, `<act>_cleared` takes it back once it has turned out right. */
type ThrottledAct = 'password.tried' | 'code.requested';

/** Counts attempts in the audit log, which every service shares and a restart does not empty. */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly entries: AuditRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a place for one attempt under each subject before it is judged, or refuses. Exact only under a lock that the caller holds
   * on the subject; without one a burst may exceed the limit by its own size.
   */
  async reserve(
    tx: Tx,
    act: ThrottledAct,
    limits: ReadonlyMap<string, Limit>,
  ): Promise<SignInThrottledError | null> {
    let seconds = 0;
    for (const [subject, limit] of limits)
      seconds = Math.max(seconds, await this.secondsLeft(tx, act, subject, limit));
    if (seconds > 0) return new SignInThrottledError(seconds);
    await this.audit.record(tx, ...[...limits.keys()].map((subject) => ({ actorId: null, act, subject })));
    return null;
  }

  async clear(tx: Tx, act: ThrottledAct, subjects: readonly string[]): Promise<void> {
    await this.audit.record(
      tx,
      ...subjects.map((subject) => ({ actorId: null, act: `${act}_cleared`, subject })),
    );
  }

  private async secondsLeft(tx: Tx, act: ThrottledAct, subject: string, limit: Limit): Promise<number> {
    const now = this.clock.now();
    const since = plus(now, -limit.windowMs);
    const entries = await this.entries.latest(tx, subject, [act, `${act}_cleared`], since, ENTRIES_MAX);
    const attempts = entries.toReversed().map((entry) => ({ isCleared: entry.act !== act, at: entry.at }));
    return secondsUntilFree(attempts, limit, now);
  }
}
