import { Injectable } from '@nestjs/common';
import { InvalidInputError, refused } from '#libs/kernel';
import { Database } from '#platform/database';
import { PasswordService } from './password.service.js';
import { normalisePhone } from './phone.rules.js';
import { type ClientFacts, SessionService, type SignedIn } from './session.service.js';
import { SignInCodeService } from './sign-in-code.service.js';
import {
  CredentialsWrongError,
  SignInCodeExpiredError,
  SignInCodeWrongError,
  SignInThrottledError,
} from './sign-in.errors.js';
import { phoneMalformed } from './sign-in.rules.js';
import { UserService } from './user.service.js';

@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly codes: SignInCodeService,
    private readonly passwords: PasswordService,
    private readonly users: UserService,
    private readonly sessions: SessionService,
  ) {}

  /** Whoever holds the phone is its person; on their first sign-in they are made known. */
  async withCode(
    phoneText: string,
    code: string,
    client: ClientFacts,
  ): Promise<SignedIn | InvalidInputError | SignInCodeWrongError | SignInCodeExpiredError> {
    const phone = normalisePhone(phoneText);
    if (phone === null) return phoneMalformed();

    const answer = await this.database.transaction(async (tx) => {
      const refusal = await this.codes.judge(tx, { phone, code, address: client.address });
      if (refusal) return { refusal }; // Wrapped, so that it commits: the guess counts.
      const user = await this.users.ensure(tx, phone);
      return { opened: await this.sessions.open(tx, user.id, client, 'CODE') };
    });
    return answer.opened ? this.sessions.signedIn(answer.opened) : answer.refusal;
  }

  async withPassword(
    phoneText: string,
    password: string,
    client: ClientFacts,
  ): Promise<SignedIn | InvalidInputError | CredentialsWrongError | SignInThrottledError> {
    const phone = normalisePhone(phoneText);
    if (phone === null) return phoneMalformed();

    const user = await this.passwords.check(phone, password, client.address);
    if (refused(user)) return user;
    const opened = await this.database.transaction(async (tx) => {
      // Forgotten, or moved to another phone, while the password was being judged.
      const known = await this.users.known(tx, user.id, phone);
      return known ? this.sessions.open(tx, user.id, client, 'PASSWORD') : new CredentialsWrongError();
    });
    return refused(opened) ? opened : this.sessions.signedIn(opened);
  }
}
