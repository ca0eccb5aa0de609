import { isWithin } from '#libs/division';
import { InvalidInputError, isId } from '#libs/kernel';
import type { Grant, Role, ScopeKind } from '#platform/auth';
import { RoleConflictError } from './membership.errors.js';

/** Each role works within one kind of scope. */
const SCOPE_OF: Readonly<Record<Role, ScopeKind>> = {
  RESTOCKER: 'MERCHANT',
  MERCHANT_CLERK: 'MERCHANT',
  MERCHANT_OWNER: 'MERCHANT',
  OFFICIAL: 'DIVISION',
  STATISTICIAN: 'DIVISION',
  CERTIFIER: 'DIVISION',
  FINANCE_REVIEWER: 'DIVISION',
  DEPARTMENT_OFFICER: 'DIVISION',
  TOWNSHIP_REVIEWER: 'DIVISION',
  VILLAGE_OFFICER: 'DIVISION',
  INSPECTOR: 'DIVISION',
  FINANCE: 'PLATFORM',
  OPERATOR: 'PLATFORM',
  AUDITOR: 'PLATFORM',
};

/** Provinces, cities and counties have six digits, townships nine, villages twelve. */
const DIGITS_OF: Readonly<Partial<Record<Role, readonly number[]>>> = {
  OFFICIAL: [6, 9, 12],
  TOWNSHIP_REVIEWER: [9],
  VILLAGE_OFFICER: [12],
};
const DIGITS_ELSEWHERE: readonly number[] = [6];

function isScopeOf(role: Role, scopeId: string): boolean {
  const kind = SCOPE_OF[role];
  if (kind === 'PLATFORM') return scopeId === '*';
  if (kind === 'MERCHANT') return isId('mer', scopeId);
  const digits = DIGITS_OF[role] ?? DIGITS_ELSEWHERE;
  return /^\d+$/.test(scopeId) && digits.includes(scopeId.length);
}

/** A role over the wrong kind of thing would be a role over nothing, or over everything. */
export function refuseGrant({ role, scopeKind, scopeId }: Grant): InvalidInputError | null {
  if (scopeKind === SCOPE_OF[role] && isScopeOf(role, scopeId)) return null;
  const message = {
    zh: '该角色的管理范围有误',
    en: `The role ${role} needs another scope: one ${SCOPE_OF[role].toLowerCase()} of its kind.`,
  };
  return new InvalidInputError([{ path: 'scope', message }]);
}

/** Whoever decides about merchants, what they offer and how it is recognised, along the chain from the township to the platform. */
export const REVIEWING_ROLES: readonly Role[] = [
  'OFFICIAL',
  'CERTIFIER',
  'DEPARTMENT_OFFICER',
  'TOWNSHIP_REVIEWER',
  'OPERATOR',
];

/** A role, and of a merchant's the county where it is registered; null where nobody has said. */
export type PlacedGrant = Grant & { readonly countyCode: string | null };

/** Along one line: the city is of the line of its county, and so is a township of it. */
const isOfOneLine = (one: string, other: string): boolean => isWithin(one, [other]) || isWithin(other, [one]);

function conflicts(reviewer: PlacedGrant, member: PlacedGrant): boolean {
  if (!REVIEWING_ROLES.includes(reviewer.role) || member.scopeKind !== 'MERCHANT') return false;
  if (reviewer.scopeKind === 'PLATFORM') return true;
  return member.countyCode !== null && isOfOneLine(reviewer.scopeId, member.countyCode);
}

/** Nobody reviews whom they work for. What somebody holds already may be given to them again. */
export function refuseConflict(wish: PlacedGrant, held: readonly PlacedGrant[]): RoleConflictError | null {
  const isHeld = held.some(
    ({ role, scopeKind, scopeId }) =>
      role === wish.role && scopeKind === wish.scopeKind && scopeId === wish.scopeId,
  );
  if (isHeld) return null;
  return held.some((each) => conflicts(each, wish) || conflicts(wish, each)) ? new RoleConflictError() : null;
}
