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
  ] as const)('%s over %s %s: %s', (role, scopeKind, scopeId, isGranted) => {
    expect(refuseGrant({ role, scopeKind, scopeId }) === null).toBe(isGranted);
  });
});
