import { Injectable } from '@nestjs/common';
import { PASSWORD_LENGTH_MAX } from './password.rules.js';

/**
 * argon2id (the library's default) with 19 MiB, two passes, one lane: the least that OWASP recommends, some 20 ms. More memory would let a dozen
 * simultaneous sign-ins push a small machine into swap.
 */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a random text that nobody has kept, at the same cost; what is compared with it is never right. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$F7E6kkAkJiTY7tzc8fPrrA$zRWNWkrjcyfq+DU6m3/CDydEaCvPHFjlv4kbFlGrJyg';

/** Loaded with the first password: it takes ten MB, and most processes see none. */
const argon2 = () => import('@node-rs/argon2');

@Injectable()
export class PasswordHashService {
  async hash(password: string): Promise<string> {
    return (await argon2()).hash(password, OPTIONS);
  }

  /** False also for what is too long to be anybody's. Without a hash to compare it works just as long, so that time does not tell which phones are known. */
  async isRight(passwordHash: string | null, password: string): Promise<boolean> {
    const candidate = password.length > PASSWORD_LENGTH_MAX ? '' : password; // No password of ours is empty.
    const isSame = await this.verify(passwordHash ?? NOBODYS, candidate);
    return passwordHash !== null && isSame;
  }

  /** All the time that a check takes is spent here; the spec counts the calls and what they cost. */
  protected async verify(passwordHash: string, candidate: string): Promise<boolean> {
    return (await argon2()).verify(passwordHash, candidate);
  }
}
