import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, InvalidInputError, type Locale, plus, refused } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { AuditService } from './audit.service.js';
import { normalisePhone } from './phone.rules.js';
import { SecretService } from './secret.service.js';
import { SignInCodeRepository } from './sign-in-code.repository.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { SignInCodeExpiredError, SignInCodeWrongError, SignInThrottledError } from './sign-in.errors.js';
import {
  CODES_PER_ADDRESS,
  CODES_PER_DAY_MAX,
  CODE_ATTEMPTS_MAX,
  CODE_INTERVAL_MS,
  CODE_LIFETIME_MS,
  isUsable,
  phoneMalformed,
  secondsUntilNextCode,
} from './sign-in.rules.js';
import { SmsGateway } from './sms.gateway.js';

export interface RequestedCode {
  readonly expiresAt: Date;
  /** The code itself, only where no message is sent. */
  readonly developmentCode: string | null;
}

@Injectable()
export class SignInCodeService {
  constructor(
    private readonly database: Database,
    private readonly codes: SignInCodeRepository,
    private readonly secrets: SecretService,
    private readonly throttle: SignInThrottle,
    private readonly sms: SmsGateway,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same answer for known and unknown phones. Throws if the message cannot be handed over; the next try is a minute away. */
  async request(
    phoneText: string,
    address: string,
    locale: Locale,
  ): Promise<RequestedCode | InvalidInputError | SignInThrottledError> {
    const phone = normalisePhone(phoneText);
    if (phone === null) return phoneMalformed();

    const code = this.secrets.newCode();
    const expiresAt = await this.issue(phone, code, address);
    if (refused(expiresAt)) return expiresAt;
    await this.sms.sendSignInCode(phone, code, locale); // After the commit: a code that arrives is a code that counts.
    return { expiresAt, developmentCode: this.sms.showsCodes ? code : null };
  }

  /** Joins: the caller commits also when the answer is a refusal, or wrong guesses would not be counted. `phone` is normalised. */
  async judge(
    tx: Tx,
    { phone, code, address }: { readonly phone: string; readonly code: string; readonly address: string },
  ): Promise<SignInCodeWrongError | SignInCodeExpiredError | null> {
    const refusal = await this.consume(tx, phone, code.trim());
    if (refusal) {
      const detail = { address, code: refusal.code };
      await this.audit.record(tx, { actorId: null, act: 'code.refused', subject: `phone:${phone}`, detail });
    }
    return refusal;
  }

  private async consume(
    tx: Tx,
    phone: string,
    code: string,
  ): Promise<SignInCodeWrongError | SignInCodeExpiredError | null> {
    const now = this.clock.now();
    const latest = await this.codes.lockLatest(tx, phone);
    if (!latest || !isUsable(latest, now)) return new SignInCodeExpiredError();

    if (timingSafeEqual(latest.codeHash, this.secrets.hashOfCode(phone, code))) {
      await this.codes.consume(tx, latest.id, now);
      return null;
    }
    await this.codes.countFailure(tx, latest.id);
    return new SignInCodeWrongError(CODE_ATTEMPTS_MAX - latest.failedAttempts - 1);
  }

  private async issue(phone: string, code: string, address: string): Promise<Date | SignInThrottledError> {
    const now = this.clock.now();
    const expiresAt = plus(now, CODE_LIFETIME_MS);
    try {
      return await this.database.transaction(async (tx) => {
        const issued = await this.codes.issuedSince(tx, phone, plus(now, -DAY_MS), CODES_PER_DAY_MAX);
        const seconds = secondsUntilNextCode(issued, now);
        if (seconds > 0) return new SignInThrottledError(seconds);
        const refusal = await this.throttle.reserve(
          tx,
          'code.requested',
          new Map([[`address:${address}`, CODES_PER_ADDRESS]]),
        );
        if (refusal) return refusal;

        await this.codes.insert(tx, {
          id: this.secrets.idOfCode(phone, Math.floor(now.getTime() / CODE_INTERVAL_MS)),
          phone,
          codeHash: this.secrets.hashOfCode(phone, code),
          createdAt: now,
          expiresAt,
          failedAttempts: 0,
          consumedAt: null,
        });
        return expiresAt;
      });
    } catch (error) {
      // Two requests at once looked and saw nothing; the key let one of them through.
      if (isDuplicate(error)) return new SignInThrottledError(CODE_INTERVAL_MS / 1000);
      throw error;
    }
  }
}
