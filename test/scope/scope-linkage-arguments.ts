import type { ServiceName } from '#platform/service';
import type { Side } from './scope-world.js';

/** What of households, agreements and pairings an operation is asked with beyond the ids that all have. */
export function linkageArguments(
  service: ServiceName,
  operation: string,
  { ids, place }: Side,
): Record<string, unknown> {
  const isMerchant = service === 'merchant';
  switch (operation) {
    case 'pairingPropose':
      // At a slot that is paired already: whoever may is told so.
      return {
        slotCodes: ['A1'],
        householdIds: [ids['linkedHouseholdId']],
        cabinetId: ids['pairedCabinetId'],
      };
    case 'pairingReject':
      return { note: '' }; // No reason: whoever may is refused for it and changes nothing.
    case 'pairingConsentWithdraw':
      return { pairingId: ids['withdrawnPairingId'] };
    case 'linkageAgreementDraft':
    case 'linkageAgreementRedraft':
      return {
        kind: 'PURCHASE_ORDER',
        startsOn: '2026-01-01',
        households: [{ householdId: ids['linkedHouseholdId'], weight: 1 }],
        unitFen: '800',
        revision: 1,
      };
    case 'linkageAgreementSign':
    case 'linkageAgreementAmend':
      return { revision: 1, photoIds: [] }; // No photo: whoever may is refused for it and changes nothing.
    case 'linkageAgreementEnd':
      return { endsBefore: '2026-01-01' }; // Before it begins: likewise.
    case 'linkagePaymentRecord':
      return {
        householdId: ids['linkedHouseholdId'],
        amountFen: '12345',
        paidOn: '2026-10-16',
        photoIds: [], // Nothing shows it: likewise.
      };
    case 'linkagePaymentReverse':
      return { paymentId: ids['linkagePaymentId'], reason: '' }; // No reason: likewise.
    case 'linkageConfirmationIssue':
      return { paymentId: ids['linkagePaymentId'] };
    case 'linkageFlags':
      return { state: 'OPEN' };
    case 'linkageFlagDecide':
      return { flagId: ids['linkageFlagId'], note: '' }; // No reason: likewise.
    case 'linkagePayments':
      return isMerchant ? {} : { householdId: ids['linkedHouseholdId'] };
    case 'householdIncome':
    case 'householdIntroduce':
      return { householdId: ids['linkedHouseholdId'] };
    case 'householdMemberSet':
      return { state: 'PRESENT' };
    case 'householdRegister':
      return {
        headName: '陈大山',
        villageCode: place.village,
        kind: 'REGISTERED',
        registeredOn: '2026-10-01',
        members: [],
      };
    default:
      return {};
  }
}
