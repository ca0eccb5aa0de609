import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config';

const REFRESH_TOKEN_BYTES = 32;

/** Makes what proves identity, and the hashes that are kept of it. Each use of the key begins with a word of its own. */
@Injectable()
export class SecretService {
  private readonly key: string;

  constructor(config: Config) {
    this.key = config.authSecret;
  }

  newCode(): string {
    return String(randomInt(1_000_000)).padStart(6, '0');
  }

  /** Keyed: whoever reads the table alone could try a million codes in a second. */
  hashOfCode(phone: string, code: string): Buffer {
    return this.keyed(`sign-in-code:${phone}:${code}`);
  }

  /** The same for one phone within one interval, so that the primary key lets only one of two simultaneous requests through. */
  idOfCode(phone: string, interval: number): `otc_${string}` {
    return `otc_${this.keyed(`sign-in-code-id:${phone}:${interval}`).toString('hex', 0, 16)}`;
  }

  newRefreshToken(): string {
    return randomBytes(REFRESH_TOKEN_BYTES).toString('base64url');
  }

  /**
   * The token that follows: unguessable without our key, yet the same each time, so that a repeated request within the grace is
   * given the successor that its first one was given, although only hashes are stored.
   */
  successorOf(refreshToken: string): string {
    return this.keyed(`refresh-successor:${refreshToken}`).toString('base64url');
  }

  /** Plain SHA-256 is enough for 256 random bits. */
  hashOfToken(refreshToken: string): Buffer {
    return createHash('sha256').update(refreshToken).digest();
  }

  private keyed(text: string): Buffer {
    return createHmac('sha256', this.key).update(text).digest();
  }
}
