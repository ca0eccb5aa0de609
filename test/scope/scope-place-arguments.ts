import type { Side } from './scope-world.js';

/** What of pavilions and zones an operation is asked with beyond the ids that all have. */
export function placeArguments(operation: string, { ids, place }: Side): Record<string, unknown> {
  switch (operation) {
    case 'placePropose':
      // Nameless: whoever may is refused for it.
      return { place: { kind: 'ZONE', name: ' ', address: '一路1号', countyCode: place.county } };
    case 'placeAmend':
      return {
        revision: 9,
        place: { kind: 'ZONE', name: '专区', address: '一路1号', countyCode: place.county },
      };
    case 'placeStep':
      return { revision: 9, act: 'CLOSED', reason: '不再办理' }; // Of somebody who has looked at another one.
    case 'placeEntrust':
      return { revision: 9, operatorId: ids['merchantId'], reason: '协议约定' };
    case 'placeDecide':
      return { revision: 9, act: 'RETURNED', reason: '请补充协议' };
    default:
      return {};
  }
}
