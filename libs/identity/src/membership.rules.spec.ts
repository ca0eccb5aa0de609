import { newId } from '#libs/kernel';
import { PERMISSIONS_OF, ROLES, type Role } from '#platform/auth';
import { REVIEWING_ROLES, refuseConflict, refuseGrant } from './membership.rules.js';

describe('refuseGrant', () => {
  const merchant = newId('mer');

  it.each([
    // role            scope kind  scope        granted
    ['MERCHANT_CLERK', 'MERCHANT', merchant, true],
    ['MERCHANT_OWNER', 'MERCHANT', merchant, true],
    ['OFFICIAL', 'DIVISION', '430225', true],
    ['OFFICIAL', 'DIVISION', '430225209', true],
    ['OFFICIAL', 'DIVISION', '430200', true],
    ['FINANCE', 'PLATFORM', '*', true],
    ['OPERATOR', 'PLATFORM', '*', true],
    ['MERCHANT_CLERK', 'PLATFORM', '*', false],
    ['MERCHANT_CLERK', 'MERCHANT', '*', false],
    ['OFFICIAL', 'PLATFORM', '*', false],
    ['OFFICIAL', 'DIVISION', '4302', false],
    ['OFFICIAL', 'DIVISION', '', false],
    ['OPERATOR', 'PLATFORM', '430225', false],
    ['FINANCE', 'DIVISION', '430225', false],
    ['STATISTICIAN', 'DIVISION', '430200', true],
    ['STATISTICIAN', 'DIVISION', '430225209', false],
    ['STATISTICIAN', 'PLATFORM', '*', false],
    ['CERTIFIER', 'DIVISION', '430225', true],
    ['FINANCE_REVIEWER', 'DIVISION', '430225', true],
    ['DEPARTMENT_OFFICER', 'DIVISION', '430225', true],
    ['INSPECTOR', 'DIVISION', '430200', true],
    ['INSPECTOR', 'DIVISION', '430225209001', false],
    ['TOWNSHIP_REVIEWER', 'DIVISION', '430225209', true],
    ['TOWNSHIP_REVIEWER', 'DIVISION', '430225', false],
    ['TOWNSHIP_REVIEWER', 'DIVISION', '430225209001', false],
    ['VILLAGE_OFFICER', 'DIVISION', '430225209001', true],
    ['VILLAGE_OFFICER', 'DIVISION', '430225209', false],
    ['VILLAGE_OFFICER', 'DIVISION', '43022520900x', false],
    ['AUDITOR', 'PLATFORM', '*', true],
    ['AUDITOR', 'DIVISION', '430225', false],
  ] as const)('%s over %s %s: %s', (role, scopeKind, scopeId, isGranted) => {
    expect(refuseGrant({ role, scopeKind, scopeId }) === null).toBe(isGranted);
  });
});

it('reviewers are those who may decide about merchants, their goods or their certificates', () => {
  const decides = (role: Role) =>
    PERMISSIONS_OF[role].some((each) =>
      ['MERCHANT_REVIEW', 'MERCHANT_RECOMMEND', 'MERCHANT_APPROVE', 'LISTING_REVIEW', 'CERTIFY'].includes(
        each,
      ),
    );

  expect(ROLES.filter(decides).toSorted()).toEqual(REVIEWING_ROLES.toSorted());
});

describe('refuseConflict', () => {
  const merchant = newId('mer');
  const clerk = (countyCode: string | null) =>
    ({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchant, countyCode }) as const;
  const of = (role: Role, scopeId: string) =>
    ({ role, scopeKind: scopeId === '*' ? 'PLATFORM' : 'DIVISION', scopeId, countyCode: null }) as const;

  it.each([
    // the official                             the merchant's county  may both
    [of('OFFICIAL', '430225'), '430225', false],
    [of('OFFICIAL', '430200'), '430225', false],
    [of('OFFICIAL', '430000'), '430225', false],
    [of('CERTIFIER', '430225'), '430225', false],
    [of('DEPARTMENT_OFFICER', '430200'), '430225', false],
    [of('TOWNSHIP_REVIEWER', '430225209'), '430225', false],
    [of('OPERATOR', '*'), '430225', false],
    [of('OPERATOR', '*'), null, false],
    [of('OFFICIAL', '430224'), '430225', true],
    [of('OFFICIAL', '430100'), '430225', true],
    [of('TOWNSHIP_REVIEWER', '430224209'), '430225', true],
    [of('OFFICIAL', '430225'), null, true],
    [of('STATISTICIAN', '430225'), '430225', true],
    [of('INSPECTOR', '430200'), '430225', true],
    [of('VILLAGE_OFFICER', '430225209001'), '430225', true],
    [of('FINANCE', '*'), '430225', true],
  ] as const)('%j beside a clerk of %s: %s', (official, countyCode, isGranted) => {
    const member = clerk(countyCode);
    expect(refuseConflict(official, [member]) === null).toBe(isGranted);
    expect(refuseConflict(member, [official]) === null).toBe(isGranted);
    // Who has both has them from before, and keeps them.
    expect(refuseConflict(member, [official, member])).toBeNull();
  });
});
