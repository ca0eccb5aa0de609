import type { Side } from './scope-world.js';

/** What of pavilions and zones an operation is asked with beyond the ids that all have. */
export function placeArguments(operation: string, { ids, place }: Side): Record<string, unknown> {
  const placeId = ids['placeId'];
  const contractId = ids['contractId'];
  switch (operation) {
    case 'placePropose':
      // Nameless: whoever may is refused for it.
      return { place: { kind: 'ZONE', name: ' ', address: '一路1号', countyCode: place.county } };
    case 'placeAmend':
      return {
        placeId,
        revision: 9,
        place: {
          kind: 'ZONE',
          name: '专区',
          address: '一路1号',
          countyCode: place.county,
          hostKind: 'MARKET',
          hostName: '中心市场',
        },
      };
    case 'placeStep':
      return { placeId, revision: 9, act: 'CLOSED', reason: '不再办理' }; // Of somebody who has looked at another one.
    case 'placeEntrust':
      return { placeId, revision: 9, operatorId: ids['merchantId'], reason: '协议约定' };
    case 'placeDecide':
      return { placeId, revision: 9, act: 'RETURNED', reason: '请补充协议' };
    case 'zoneContractPropose':
      // Numberless: whoever may is refused for it.
      return {
        hostId: ids['merchantId'],
        renewsId: undefined,
        contract: {
          divisionCode: place.county,
          number: ' ',
          validFrom: '2026-12-01',
          validTo: '2027-11-30',
          operatorBps: 800,
          fileIds: [],
        },
      };
    case 'zoneContractShopsAdd':
      return { contractId, placeIds: [placeId] }; // Nobody has agreed to it: whoever may is told so.
    case 'zoneContractEnd':
      return { contractId, reason: '提前终止' }; // Likewise.
    case 'zoneContractDecide':
      return { contractId, verdict: 'RETURNED', reason: '条款不全' };
    case 'rangeOffers':
      return { placeId: undefined, side: 'SELLER', state: undefined };
    case 'rangeGoods':
      return { placeId };
    case 'rangePropose':
      return { placeId, productIds: [] }; // None: whoever may is told so.
    case 'rangeDecide':
      return { offerId: ids['rangeOfferId'], act: 'DECLINED', reason: '产量不够' };
    case 'offtakes':
      return { side: 'SELLER' };
    case 'offtakeTell':
      return {
        placeId,
        quantity: 0, // Nothing: whoever may is refused for it.
        amountFen: '100',
        boughtOn: '2026-11-01',
        documentNo: 'SH-1',
      };
    case 'offtakeDecide':
      return { offtakeId: ids['offtakeId'], act: 'DENIED', reason: '没有送过' };
    case 'offtakeSums':
      return { from: '2026-11-01', to: '2026-11-30' };
    case 'sellThroughRows':
      return { sellThroughId: ids['sellThroughId'], isFaulty: undefined };
    case 'sellThroughConfirm':
      return { sellThroughId: ids['sellThroughId'], reason: 'x'.repeat(301) }; // Too long.
    case 'consignmentSales':
      return { month: '2026-11-01' };
    default:
      return {};
  }
}
