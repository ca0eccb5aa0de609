import { present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { readDataFile } from '../seed/table-load.js';
import { CAST } from './cast.js';
import type { Doors, Player } from './doors.js';

const REFUSED = '__typename ... on DomainError { code message }';
const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { ${REFUSED}
  ... on OrderPlacePayload { order { id merchantOrders { id } } } } }`;
const PUT_IN = `mutation ($cabinetId: ID!, $merchantOrderId: ID!, $cellCode: ID!) {
  pickUpPlace(cabinetId: $cabinetId, merchantOrderId: $merchantOrderId, cellCode: $cellCode) { ${REFUSED} } }`;

/** Two boxes of tea that 小禾 fetches from a locker: one lies there, the other is on its way to it. */
const PARCELS = [
  { key: 'lies', sku: 'ZZ-0052-2', cellCode: 'A1' },
  { key: 'expected', sku: 'ZZ-0052-2', cellCode: null },
] as const;

interface Placed {
  readonly order: { readonly id: string; readonly merchantOrders: readonly { readonly id: string }[] };
}

/** What is fetched from the cells of a locker: the first one, so that it is among the twenty that `npm start` switches on. */
export class Parcels {
  constructor(
    private readonly doors: Doors,
    private readonly pay: (buyer: Player, orderId: string) => Promise<void>,
  ) {}

  async play(): Promise<void> {
    const lockers = parseCsv(readDataFile('cabinets.csv')).filter(({ model }) => model === 'LOCKER');
    const [locker] = lockers.toSorted((one, other) => ((one['id'] ?? '') < (other['id'] ?? '') ? -1 : 1));
    const { id: cabinetId, channelPointId, operatorId } = present(locker, 'a locker');
    const variants = parseCsv(readDataFile('product-variants.csv'));
    const merchants = parseCsv(readDataFile('merchants.csv'));
    const operator = present(merchants.find(({ id }) => id === operatorId)?.['contactPhone'], 'an operator');
    const buyer = this.doors.player(CAST.grain);
    for (const { key, sku, cellCode } of PARCELS) {
      const variantId = present(variants.find((variant) => variant['sku'] === sku)?.['id'], sku);
      const placed = await this.doors.ask<Placed>('storefront', buyer, PLACE, {
        input: {
          idempotencyKey: `demo:parcel:${key}`,
          lines: [{ variantId, quantity: 1, channelPointId }],
          handover: 'PICK_UP',
          recipient: { name: buyer.displayName, phone: buyer.phone },
        },
      });
      const { id: orderId, merchantOrders } = present(placed, key).order;
      await this.pay(buyer, orderId);
      if (cellCode === null) continue;
      const merchantOrderId = present(merchantOrders[0], key).id;
      // Told again days later it may have been taken out, or its order cancelled.
      await this.doors.ask(
        'merchant',
        this.doors.player(operator),
        PUT_IN,
        { cabinetId, merchantOrderId, cellCode },
        ['PICK_UP_STATE', 'MERCHANT_ORDER_NOT_SHIPPABLE'],
      );
    }
  }
}
