import { PERMISSIONS, PERMISSIONS_OF, ROLES, type Permission, type Role } from './permission.js';

const has = (role: Role, permission: Permission) => PERMISSIONS_OF[role].includes(permission);
const rolesWith = (permission: Permission) => ROLES.filter((role) => has(role, permission));

it('nobody is given the same twice', () => {
  for (const role of ROLES) expect(new Set(PERMISSIONS_OF[role]).size).toBe(PERMISSIONS_OF[role].length);
});

it('an auditor has every reading, and nothing that changes anything', () => {
  const more = PERMISSIONS_OF.AUDITOR.filter((permission) => !permission.endsWith('_READ'));

  expect(
    PERMISSIONS.filter((permission) => permission.endsWith('_READ') && !has('AUDITOR', permission)),
  ).toEqual([]);
  expect(more).toEqual(['VOLUME_COMPARE', 'REPORT_EXPORT']);
});

it('an inspector reads a division and changes none of it', () => {
  const changes = PERMISSIONS_OF.INSPECTOR.filter((permission) => !has('AUDITOR', permission));

  expect(changes).toEqual(['UNMASK']); // Which changes nothing but the log.
});

it.each<[Permission, Permission]>([
  // Who has the one has the other not, unless one person stands for a whole division.
  ['VOLUME_CLOSE', 'VOLUME_PUBLISH'],
  ['VOLUME_REVIEW', 'CLAIM'],
  ['VOLUME_REVIEW', 'VOLUME_CLOSE'],
  ['RESERVED_SHARE_FILE', 'VOLUME_REVIEW'],
])('whoever has %s has not %s', (one, other) => {
  const both = rolesWith(one).filter((role) => has(role, other));

  expect(both).toEqual(['OFFICIAL']);
});

it('whoever may decide about something sees it waiting', () => {
  const deciders = (
    ['VOLUME_CLOSE', 'VOLUME_PUBLISH', 'PAYOUT_APPROVE', 'SPLIT_RULE_APPROVE'] as const
  ).flatMap(rolesWith);

  expect(deciders.filter((role) => !has(role, 'APPROVAL_READ'))).toEqual([]);
  expect(rolesWith('VOLUME_REVIEW').filter((role) => !has(role, 'REVIEW_READ'))).toEqual([]);
});
