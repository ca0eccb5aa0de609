import type { IdOf, Locale } from '#libs/kernel';
import { Forbidden } from './denied.js';
import { EVERYONE, GUESTS, PERMISSIONS_OF, type Permission, type Role } from './permission.js';

export type ScopeKind = 'PLATFORM' | 'DIVISION' | 'MERCHANT';

export interface Grant {
  readonly role: Role;
  readonly scopeKind: ScopeKind;
  /** A division code, a merchant id, or '*'. */
  readonly scopeId: string;
}

/** Whoever is signed in, with the roles their token carries (they are at most one access token's life old). */
export interface Actor {
  readonly userId: IdOf<'usr'>;
  readonly sessionId: IdOf<'ses'>;
  readonly grants: readonly Grant[];
  /** What they want to be spoken to in, where they have said so and the request does not. */
  readonly locale?: Locale;
  /** Nobody knows who it is: their id is on no register, and lives as long as their token. */
  readonly isGuest?: true;
}

function grantsWith(actor: Pick<Actor, 'grants'>, permission: Permission): Grant[] {
  return actor.grants.filter((grant) => PERMISSIONS_OF[grant.role].includes(permission));
}

export function may(actor: Actor, permission: Permission): boolean {
  if (actor.isGuest) return GUESTS.includes(permission);
  return EVERYONE.includes(permission) || grantsWith(actor, permission).length > 0;
}

/** The merchants for which the actor holds the permission; readers and services put them into their WHERE. */
export function merchantsOf(actor: Pick<Actor, 'grants'>, permission: Permission): string[] {
  return grantsWith(actor, permission)
    .filter((grant) => grant.scopeKind === 'MERCHANT')
    .map((grant) => grant.scopeId);
}

/** The division codes for which the actor holds the permission, or 'ALL' for the platform's own staff. */
export function divisionsOf(actor: Actor, permission: Permission): readonly string[] | 'ALL' {
  const grants = grantsWith(actor, permission);
  if (grants.some((grant) => grant.scopeKind === 'PLATFORM')) return 'ALL';
  return grants.filter((grant) => grant.scopeKind === 'DIVISION').map((grant) => grant.scopeId);
}

/** For what is one whole and has no divisions, such as the books: whoever answers for a division sees none of it. */
export function assertPlatformWide(actor: Actor, permission: Permission): void {
  if (divisionsOf(actor, permission) !== 'ALL') throw new Forbidden();
}
