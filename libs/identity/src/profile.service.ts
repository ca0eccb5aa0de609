import { Injectable } from '@nestjs/common';
import { type InvalidInputError, NotFound } from '#libs/kernel';
import type { Actor } from '#platform/auth';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { AuditService } from './audit.service.js';
import { normalisePhone } from './phone.rules.js';
import type { LocaleWord } from './preference.rules.js';
import { PhoneTakenError } from './profile.errors.js';
import { SessionService } from './session.service.js';
import { SignInCodeService } from './sign-in-code.service.js';
import type { SignInCodeExpiredError, SignInCodeWrongError } from './sign-in.errors.js';
import { phoneMalformed } from './sign-in.rules.js';
import { UserRepository } from './user.repository.js';

export interface Preferences {
  /** Null: what the device says. */
  readonly locale: LocaleWord | null;
  readonly isElderMode: boolean;
}

export interface PhoneChange {
  readonly code: string;
  readonly newPhone: string;
  readonly newCode: string;
}

type Refusal = SignInCodeWrongError | SignInCodeExpiredError;

/** What people say about themselves. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly codes: SignInCodeService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  async setPreferences(actor: Actor, preferences: Preferences): Promise<void> {
    const isKnown = await this.database.transaction((tx) =>
      this.users.setPreferences(tx, actor.userId, preferences),
    );
    if (!isKnown) throw new NotFound('User', actor.userId);
  }

  /** Both phones are proved, the new one first; one's other sessions end. Null when done. */
  async changePhone(
    actor: Actor,
    { code, newPhone, newCode }: PhoneChange,
    address: string,
  ): Promise<InvalidInputError | Refusal | PhoneTakenError | null> {
    const phone = normalisePhone(newPhone);
    if (phone === null) return phoneMalformed('newPhone');
    try {
      const { refusal } = await this.database.transaction(async (tx) => {
        const user = await this.users.lock(tx, actor.userId);
        if (!user || user.phone === null) throw new NotFound('User', actor.userId);
        const wrong =
          (await this.codes.judge(tx, { phone, code: newCode, address })) ??
          (await this.codes.judge(tx, { phone: user.phone, code, address }));
        // Wrapped, so that it commits: the guess counts.
        if (wrong) return { refusal: wrong };
        await this.move(tx, actor, phone);
        return { refusal: null };
      });
      return refusal;
    } catch (error) {
      // The key knows who has the phone; codes that were right are not spent by it.
      if (isDuplicate(error)) return new PhoneTakenError();
      throw error;
    }
  }

  private async move(tx: Tx, actor: Actor, phone: string): Promise<void> {
    await this.users.setPhone(tx, actor.userId, phone);
    await this.sessions.revokeOthers(tx, actor);
    await this.audit.record(tx, { actorId: actor.userId, act: 'phone.changed', subject: actor.userId });
  }
}
