import { createSigner, createVerifier } from 'fast-jwt';
import type { IdOf, Locale } from '#libs/kernel';
import type { Actor, Grant, ScopeKind } from './actor.js';
import type { Role } from './permission.js';

/** Short, because a revoked session or an ended role is noticed only when the token is renewed. */
export const ACCESS_TOKEN_MINUTES = 10;

/** As long as a browser keeps somebody's basket. */
export const GUEST_TOKEN_DAYS = 30;

interface Claims {
  readonly sub: IdOf<'usr'>;
  readonly sid: IdOf<'ses'>;
  readonly grants: readonly (readonly [Role, ScopeKind, string])[];
  readonly loc?: Locale;
  /** Only of guests. */
  readonly guest?: true;
}

/** Guests have none. */
const NO_SESSION = 'ses_GUEST';

/** Signs and verifies access tokens (HS256). Verified tokens are remembered until they expire, so a request costs no crypto. */
export class AccessTokens {
  private readonly signer: (claims: Claims) => string;
  private readonly guestSigner: (claims: Claims) => string;
  private readonly verifier: (token: string) => Claims;

  /** Expiry is the library's business and follows the machine's clock, not the injected one. */
  constructor(secret: string, lifetimeMinutes = ACCESS_TOKEN_MINUTES) {
    this.signer = createSigner({ key: secret, algorithm: 'HS256', expiresIn: lifetimeMinutes * 60_000 });
    const guestLifetime = GUEST_TOKEN_DAYS * 86_400_000;
    this.guestSigner = createSigner({ key: secret, algorithm: 'HS256', expiresIn: guestLifetime });
    this.verifier = createVerifier({ key: secret, algorithms: ['HS256'], cache: 5_000 });
  }

  sign(actor: Actor): string {
    const grants = actor.grants.map((grant) => [grant.role, grant.scopeKind, grant.scopeId] as const);
    const loc = actor.locale && { loc: actor.locale };
    return this.signer({ sub: actor.userId, sid: actor.sessionId, grants, ...loc });
  }

  /** Says of a guest that they are the same one again, and opens nothing but `SHOP`. */
  signGuest(userId: Actor['userId']): string {
    return this.guestSigner({ sub: userId, sid: NO_SESSION, grants: [], guest: true });
  }

  /** Null for anything that is not a token of ours that is still valid. */
  verify(token: string): Actor | null {
    try {
      const claims = this.verifier(token);
      const grants = claims.grants.map(([role, scopeKind, scopeId]): Grant => ({ role, scopeKind, scopeId }));
      const locale = claims.loc && { locale: claims.loc };
      const actor = { userId: claims.sub, sessionId: claims.sid, grants, ...locale };
      return claims.guest ? { ...actor, isGuest: true } : actor;
    } catch {
      return null; // Expired, forged or foreign: all the same, nobody is signed in.
    }
  }
}
