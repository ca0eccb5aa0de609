import { newId } from '#libs/kernel';
import { refuseGrant } from './membership.rules.js';

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
