import { Injectable } from '@nestjs/common';
import { Clock, NotFound, present } from '#libs/kernel';
import {
  type LockedMerchantOrder,
  type MerchantOrderId,
  type MerchantOrderNotReceivableError,
  MerchantOrderService,
  OrderReader,
  type ReceivedBy,
  refuseReceipt,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';
import { ParcelReceivedError } from './fulfillment.errors.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { type CarriedUnits, lastWindowOf } from './parcel.rules.js';

/** Parcels at their end: signed for one by one, or all at once, or by nobody in time. */
@Injectable()
export class ReceiptService {
  constructor(
    private readonly database: Database,
    private readonly fulfillments: FulfillmentRepository,
    private readonly merchantOrders: MerchantOrderService,
    private readonly orders: OrderReader,
    private readonly clock: Clock,
  ) {}

  /** The buyer has all of it. Refused while something has not left. Throws NotFound for the orders of others. */
  receive(
    buyerId: string,
    merchantOrderId: string,
  ): Promise<MerchantOrderId | MerchantOrderNotReceivableError> {
    return this.database.transaction(async (tx) => {
      const part = await this.merchantOrders.lockForBuyer(tx, merchantOrderId, buyerId);
      const refusal = refuseReceipt(part);
      if (refusal) return refusal;
      await this.sign(tx, part, 'BUYER', () => true);
      return part.id;
    });
  }

  /** The buyer has this parcel. Throws NotFound for the parcels of others and for replacements. */
  receiveParcel(buyerId: string, fulfillmentId: string): Promise<MerchantOrderId | ParcelReceivedError> {
    return this.database.transaction(async (tx) => {
      const merchantOrderId = await this.fulfillments.merchantOrderOf(tx, fulfillmentId);
      const part = merchantOrderId && (await this.merchantOrders.lockIfTheirs(tx, merchantOrderId, buyerId));
      if (!part) throw new NotFound('Fulfillment', fulfillmentId);
      const carried = await this.fulfillments.carriedOf(tx, part.id);
      const parcel = present(
        carried.find((each) => each.fulfillmentId === fulfillmentId),
        'a parcel with something in it',
      );
      if (parcel.receivedAt) return new ParcelReceivedError(parcel.receivedAt);
      await this.sign(tx, part, 'BUYER', (each) => each.fulfillmentId === fulfillmentId);
      return part.id;
    });
  }

  /** Signs for buyers who have said nothing in time, parcel by parcel. Bounded by `limit`; returns of how many merchant orders. */
  receiveDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const overdue = await this.fulfillments.overdueReceipts(tx, now, limit);
      // Looked at again behind the lock: somebody may have signed meanwhile.
      const parts = await this.merchantOrders.lockOnTheirWay(tx, overdue);
      let signed = 0;
      for (const part of parts) {
        const isDue = ({ autoReceiptAt }: CarriedUnits) => autoReceiptAt !== null && autoReceiptAt <= now;
        if (await this.sign(tx, part, 'AUTO', isDue)) signed += 1;
      }
      return signed;
    });
  }

  /** Everything has left; if everything has arrived too, the merchant order is received. Whoever calls holds its lock. */
  async conclude(tx: Tx, part: LockedMerchantOrder, by: ReceivedBy, at = this.clock.now()): Promise<boolean> {
    const carried = await this.fulfillments.carriedOf(tx, part.id);
    if (part.state !== 'SHIPPED' || carried.some(({ receivedAt }) => receivedAt === null)) return false;
    const lines = await this.orders.linesOfMerchantOrder(part.id, tx);
    const releaseDueAt = lastWindowOf(carried, lines);
    await this.merchantOrders.markReceived(tx, part, { at, by, releaseDueAt });
    return true;
  }

  /** Joins, behind the lock: somebody has fetched all of it, at that moment. False where it was signed for before. */
  fetched(tx: Tx, part: LockedMerchantOrder, at: Date): Promise<boolean> {
    return this.sign(tx, part, 'BUYER', () => true, at);
  }

  /** False where none of them was still on its way. */
  private async sign(
    tx: Tx,
    part: LockedMerchantOrder,
    by: ReceivedBy,
    isMeant: (parcel: CarriedUnits) => boolean,
    at = this.clock.now(),
  ): Promise<boolean> {
    const carried = await this.fulfillments.carriedOf(tx, part.id);
    const arrived = carried.filter((each) => each.receivedAt === null && isMeant(each));
    const ids: FulfillmentId[] = [...new Set(arrived.map(({ fulfillmentId }) => fulfillmentId))];
    if (ids.length === 0) return false;
    await this.fulfillments.markReceived(tx, ids, by, at);
    if (!(await this.conclude(tx, part, by, at)))
      await this.merchantOrders.notePartlyReceived(tx, part, ids, by, at);
    return true;
  }
}
