import { type Actor, Forbidden, type Permission, divisionsOf } from '#platform/auth';

/** The books are one whole and have no divisions: whoever answers for a part of them only sees none of them. */
export function assertPlatformWide(actor: Actor, permission: Permission): void {
  if (divisionsOf(actor, permission) !== 'ALL') throw new Forbidden();
}
