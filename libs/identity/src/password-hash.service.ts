import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { PASSWORD_LENGTH_MAX } from './password.rules.js';

/**
 * argon2id (the library's default) with 19 MiB, two passes, one lane: the least that OWASP recommends, some 20 ms. More memory would let a dozen
 * simultaneous sign-ins push a small machine into swap.
 */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class PasswordHashService {
  private readonly nobody = hash('nobody has this password', OPTIONS);

  hash(password: string): Promise<string> {
    return hash(password, OPTIONS);
  }

  /** False also for what is too long to be anybody's. Without a hash to compare it works just as long, so that time does not tell which phones are known. */
  async isRight(passwordHash: string | null, password: string): Promise<boolean> {
    const candidate = password.length > PASSWORD_LENGTH_MAX ? '' : password; // No password of ours is empty.
    const isSame = await this.verify(passwordHash ?? (await this.nobody), candidate);
    return passwordHash !== null && isSame;
  }

  /** All the time that a check takes is spent here; the spec counts the calls and what they cost. */
  protected verify(passwordHash: string, candidate: string): Promise<boolean> {
    return verify(passwordHash, candidate);
  }
}
