import type { ServiceName } from '#platform/service';
import type { Side } from './scope-world.js';

/** One that waits for its township, or for its merchant a draft. */
function applicationArguments(service: ServiceName, { ids }: Side): Record<string, unknown> {
  const id =
    service === 'merchant' ? ids['ownCertificationApplicationId'] : ids['certificationApplicationId'];
  return {
    id,
    applicationId: id,
    revision: 1,
    reason: '同意',
    fields: [{ path: 'content.afterSale', message: '请核对' }],
  };
}

/** What of recognised products an operation is asked with beyond the ids that all have. */
export function certificationArguments(
  service: ServiceName,
  operation: string,
  side: Side,
): Record<string, unknown> {
  const { ids } = side;
  switch (operation) {
    case 'certificationApplicationSave':
      return { applicationId: null, revision: 0, schemeCode: 'CITY_2024', content: { papers: [] } };
    case 'certificationApplication':
    case 'certificationApplicationSubmit':
    case 'certificationApplicationWithdraw':
    case 'certificationPass':
    case 'certificationReturn':
    case 'certificationRefuse':
    case 'certificationObjections':
      return applicationArguments(service, side);
    case 'certificationObjectionDecide':
      return { objectionId: ids['objectionId'], isUpheld: false, reason: '已核实，不成立' };
    case 'certificationObject':
      return {
        noticeId: ids['noticedCertificationId'],
        body: '基地不在本县，请核实产地',
        contactName: '某人',
        contactPhone: '1', // No phone: whoever objects is refused for it, and says nothing.
      };
    case 'certificationBatchIssue':
      return {
        schemeCode: 'CITY_2024',
        applicationIds: [ids['certificationApplicationId']],
        validFromOn: '2026-11-02',
      };
    case 'certificationEntries':
      return { batchId: null }; // All of them, and not those of one announcement.
    case 'certificationRecheck':
      return { certificationId: ids['certificationId'], validTo: '2027-01-01T00:00:00Z', reason: '复核' };
    case 'certificationRevoke':
      return { certificationId: ids['certificationId'], wrongSinceOn: '2020-01-01', reason: '弄虚作假' };
    case 'certificationPapersRequired':
      return { isProcessedFood: false };
    default:
      return {};
  }
}
