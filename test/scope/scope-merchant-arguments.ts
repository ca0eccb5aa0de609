import type { ServiceName } from '#platform/service';
import type { Side } from './scope-world.js';

/** What of merchants, their applications and their teams an operation is asked with beyond the ids that all have. */
export function merchantArguments(
  service: ServiceName,
  operation: string,
  { ids }: Side,
): Record<string, unknown> {
  const isMerchant = service === 'merchant';
  switch (operation) {
    case 'merchantApplication':
    case 'merchantApplicationSubmit':
    case 'merchantApplicationWithdraw':
    case 'merchantApplicationBankAccountSet': // Without one: whoever may leaves it for later, as it was.
      return isMerchant
        ? { id: ids['ownApplicationId'], applicationId: ids['ownApplicationId'], revision: 1 }
        : {};
    case 'merchantApplicationSave':
      return { applicationId: null, revision: 0, content: { name: '合作社', papers: [] } };
    case 'teamMemberInvite':
      return { role: 'RESTOCKER', phone: '1' }; // No phone: whoever may is refused for it and asks nobody.
    case 'teamMemberEnd':
      return { role: 'RESTOCKER', userId: ids['userId'] };
    case 'merchantSuspend':
    case 'merchantReinstate':
    case 'merchantClosureAsk':
    case 'merchantClosureReopen':
      return { reason: '' }; // Whoever may is refused for it and changes nothing.
    default:
      return {};
  }
}
