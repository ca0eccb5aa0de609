import { createHash } from 'node:crypto';
import { HOUR_MS } from '#libs/kernel';
import type { Store } from '../engine/store.js';
import type { VirtualClock } from '../engine/virtual-clock.js';
import { Problem } from './problem.js';

/** Stripe promises a day; after that a key is new again. */
const KEPT_MS = 24 * HOUR_MS;
const KEY_LENGTH_MAX = 255;

export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
}

/** The memory that makes a repeated POST harmless: one answer per key, given again byte for byte. */
export class Idempotency {
  readonly #inFlight = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly clock: VirtualClock,
  ) {}

  /** The answer given before, or null after taking the key; throws for other parameters and for a call still going on. */
  begin(key: string, fingerprint: string): StoredAnswer | null {
    if (key.length > KEY_LENGTH_MAX) {
      throw new Problem('Idempotency keys can have up to 255 characters.', {
        type: 'idempotency_error',
        stored: false,
      });
    }
    const known = this.store.idempotentAnswers.get(key);
    const isKept = known !== undefined && known.storedAtMs + KEPT_MS > this.clock.nowMs();
    if (isKept && known.fingerprint !== fingerprint) {
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
      throw new Problem(message, { type: 'idempotency_error', stored: false });
    }
    if (this.#inFlight.has(key)) {
      const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
      throw new Problem(message, {
        status: 409,
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        stored: false,
      });
    }
    if (isKept) return known;
    this.#inFlight.add(key);
    return null;
  }

  keep(key: string, fingerprint: string, answer: StoredAnswer): void {
    this.store.idempotentAnswers.put({ id: key, fingerprint, storedAtMs: this.clock.nowMs(), ...answer });
  }

  end(key: string): void {
    this.#inFlight.delete(key);
  }
}

/** Two requests are the same when path and body are; the account is part of the key. */
export function fingerprintOf(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('base64url');
}
