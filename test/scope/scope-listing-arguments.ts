import type { ServiceName } from '#platform/service';
import type { Side } from './scope-world.js';

/** What goods and their prices are asked about. */
export function listingArguments(
  service: ServiceName,
  operation: string,
  { ids }: Side,
): Record<string, unknown> {
  const isMerchant = service === 'merchant';
  switch (operation) {
    case 'listing':
    case 'listingSubmit':
    case 'listingTakeBack':
    case 'listingWithdraw':
      return isMerchant ? { id: ids['ownListingId'], listingId: ids['ownListingId'], revision: 1 } : {};
    case 'listingSave':
      return { listingId: null, productId: null, revision: 0, content: { name: '黄桃', variants: [] } };
    case 'listingApprove':
      return { revision: 1 };
    case 'listingReturn':
      return { revision: 1, fields: [{ path: 'content.name', message: '请核对' }] };
    case 'productTakeOff':
      return { reason: 'x' }; // Not a reason: whoever may is refused for it and takes nothing off.
    case 'variantPriceSet':
      return { priceFen: '10000' }; // What it costs already: whoever may is answered and changes nothing.
    case 'fairPrice':
      return { grade: 'FIRST', netWeightG: 500, priceFen: '1000' };
    case 'referencePriceRecord':
      return {
        grade: 'FIRST',
        monthFrom: '2026-11',
        monthTo: '2026-12',
        jinPriceFen: '1000',
        source: '县价格监测',
      };
    default:
      return {};
  }
}
