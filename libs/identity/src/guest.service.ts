import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, plus } from '#libs/kernel';
import { AccessTokens, type Actor, GUEST_TOKEN_DAYS } from '#platform/auth';
import { newGuestId } from './guest.rules.js';
import type { UserId } from './user.entity.js';

export interface StartedGuest {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Guests are on no register: a signed token says that it is the same one again, and nothing is written down until they put something in. */
@Injectable()
export class GuestService {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /** Whoever is a guest already stays the same one. */
  start(actor: Actor | null): StartedGuest {
    const guestId = actor?.isGuest ? actor.userId : newGuestId();
    return {
      token: this.tokens.signGuest(guestId),
      expiresAt: plus(this.clock.now(), GUEST_TOKEN_DAYS * DAY_MS),
    };
  }

  /** Null for anything that is not a guest's token that still holds. */
  guestOf(token: string): UserId | null {
    const actor = this.tokens.verify(token);
    return actor?.isGuest ? actor.userId : null;
  }
}
