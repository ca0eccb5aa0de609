import { InvalidInputError, isId } from '#libs/kernel';
import type { Grant, Role, ScopeKind } from '#platform/auth';

/** Each role works within one kind of scope. */
const SCOPE_OF: Readonly<Record<Role, ScopeKind>> = {
  MERCHANT_CLERK: 'MERCHANT',
  MERCHANT_OWNER: 'MERCHANT',
  OFFICIAL: 'DIVISION',
  FINANCE: 'PLATFORM',
  OPERATOR: 'PLATFORM',
};

function isScopeOf(kind: ScopeKind, scopeId: string): boolean {
  if (kind === 'PLATFORM') return scopeId === '*';
  return kind === 'MERCHANT' ? isId('mer', scopeId) : /^\d{6}(\d{3}(\d{3})?)?$/.test(scopeId);
}

/** A role over the wrong kind of thing would be a role over nothing, or over everything. */
export function refuseGrant({ role, scopeKind, scopeId }: Grant): InvalidInputError | null {
  if (scopeKind === SCOPE_OF[role] && isScopeOf(scopeKind, scopeId)) return null;
  const message = {
    zh: '该角色的管理范围有误',
    en: `The role ${role} needs a scope of kind ${SCOPE_OF[role]}.`,
  };
  return new InvalidInputError([{ path: 'scope', message }]);
}
