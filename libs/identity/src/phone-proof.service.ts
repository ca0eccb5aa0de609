import { Injectable } from '@nestjs/common';
import { NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import { SignInCodeService } from './sign-in-code.service.js';
import type { SignInCodeExpiredError, SignInCodeWrongError } from './sign-in.errors.js';
import type { UserId } from './user.entity.js';
import { UserRepository } from './user.repository.js';

/** For acts that a session alone does not vouch for: somebody holds their phone at this moment. */
@Injectable()
export class PhoneProofService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly codes: SignInCodeService,
  ) {}

  /** Null when proved. The code is spent, and a wrong one counts as a guess. */
  async prove(
    userId: UserId,
    code: string,
    address: string,
  ): Promise<SignInCodeWrongError | SignInCodeExpiredError | null> {
    const { refusal } = await this.database.transaction(async (tx) => {
      const user = await this.users.byId(tx, userId);
      if (!user || user.phone === null) throw new NotFound('User', userId);
      // Wrapped, so that it commits: the guess counts.
      return { refusal: await this.codes.judge(tx, { phone: user.phone, code, address }) };
    });
    return refusal;
  }
}
