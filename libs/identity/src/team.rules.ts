import { InvalidInputError } from '#libs/kernel';
import type { Role } from '#platform/auth';

export const TEAM_ROLES = [
  'MERCHANT_OWNER',
  'MERCHANT_CLERK',
  'RESTOCKER',
] as const satisfies readonly Role[];
export type TeamRole = (typeof TEAM_ROLES)[number];

/** The largest cooperatives of a county have a dozen people who pack. */
export const TEAM_MAX = 50;

export function teamFull(): InvalidInputError {
  const message = {
    zh: `一个商户至多 ${TEAM_MAX} 个成员角色，请先移除不用的`,
    en: `At most ${TEAM_MAX} roles are given within a merchant; end those that are not needed.`,
  };
  return new InvalidInputError([{ path: 'phone', message }]);
}
