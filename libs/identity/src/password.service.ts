import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, NotFound, plus, refused } from '#libs/kernel';
import type { Actor } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { PasswordHashService } from './password-hash.service.js';
import { refusePassword } from './password.rules.js';
import { OPENED_BY, SessionService } from './session.service.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { CredentialsWrongError, SignInThrottledError } from './sign-in.errors.js';
import { CODE_VOUCHES_MS, FAILURES_PER_ADDRESS, FAILURES_PER_PHONE } from './sign-in.rules.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

export interface PasswordChange {
  readonly newPassword: string;
  /** Null from whoever has none yet. */
  readonly currentPassword: string | null;
}

@Injectable()
export class PasswordService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly hashes: PasswordHashService,
    private readonly throttle: SignInThrottle,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
    private readonly entries: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * The person, if the password is theirs. An attempt takes its place in the count before it is judged, so that a burst of guesses
   * is limited like a row of them; hashing happens while no lock is held. `phone` is normalised.
   */
  async check(
    phone: string,
    password: string,
    address: string,
  ): Promise<User | CredentialsWrongError | SignInThrottledError> {
    const limits = new Map([
      [`phone:${phone}`, FAILURES_PER_PHONE],
      [`address:${address}`, FAILURES_PER_ADDRESS],
    ]);
    const reserved = await this.database.transaction(async (tx) => {
      const user = await this.users.lockByPhone(tx, phone);
      return (await this.throttle.reserve(tx, 'password.tried', limits)) ?? { user };
    });
    if (refused(reserved)) return reserved;

    const { user } = reserved;
    const isRight = await this.hashes.isRight(user?.passwordHash ?? null, password);
    await this.database.transaction(async (tx) => {
      if (isRight) await this.throttle.clear(tx, 'password.tried', [...limits.keys()]);
      else
        await this.audit.record(tx, {
          actorId: null,
          act: 'password.refused',
          subject: `phone:${phone}`,
          detail: { address },
        });
    });
    return user && isRight ? user : new CredentialsWrongError();
  }

  /** Sets the person's password and ends their other sessions. The current one is asked for unless a one-time code has just vouched. */
  async set(
    actor: Actor,
    { newPassword, currentPassword }: PasswordChange,
    address: string,
  ): Promise<InvalidInputError | CredentialsWrongError | SignInThrottledError | null> {
    const { user, isVouched } = await this.database.transaction((tx) => this.owner(tx, actor));
    const malformed = refusePassword(newPassword, user.phone);
    if (malformed) return malformed;
    if (user.passwordHash !== null && !isVouched) {
      const owner = await this.check(user.phone, currentPassword ?? '', address);
      if (refused(owner)) return owner;
    }

    const passwordHash = await this.hashes.hash(newPassword);
    return this.database.transaction(async (tx) => {
      const locked = await this.users.lock(tx, user.id);
      // Changed while we were hashing: what was checked is no longer the current password.
      if (locked?.passwordHash !== user.passwordHash) return new CredentialsWrongError();
      await this.users.setPasswordHash(tx, user.id, passwordHash);
      await this.sessions.revokeOthers(tx, actor);
      await this.audit.record(tx, { actorId: user.id, act: 'password.set', subject: user.id });
      return null;
    });
  }

  private async owner(
    tx: Tx,
    actor: Actor,
  ): Promise<{ user: User & { readonly phone: string }; isVouched: boolean }> {
    const user = await this.users.byId(tx, actor.userId);
    if (!isKnown(user)) throw new NotFound('User', actor.userId);
    const since = plus(this.clock.now(), -CODE_VOUCHES_MS);
    const vouchers = await this.entries.latest(tx, actor.sessionId, [OPENED_BY.CODE], since, 1);
    return { user, isVouched: vouchers.length > 0 };
  }
}

function isKnown(user: User | null): user is User & { phone: string } {
  return user !== null && user.phone !== null;
}
