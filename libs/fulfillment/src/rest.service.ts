import { Injectable } from '@nestjs/common';
import { StockService } from '#libs/inventory';
import { Clock, assert, present, refused } from '#libs/kernel';
import {
  type CalledOffBy,
  type LockedMerchantOrder,
  type MerchantOrderId,
  MerchantOrderService,
  type NothingToCallOffError,
  type OrderLineId,
  OrderReader,
  refuseCallOff,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { type CarriedUnits, type Leaving, type LineUnits, allOf, restOf, unitsOf } from './parcel.rules.js';
import { ReceiptService } from './receipt.service.js';
import { WaybillService } from './waybill.service.js';

/** Units of a line that have not left. */
interface Left extends LineUnits {
  readonly orderLineId: OrderLineId;
}

/** What of a merchant order has not left when something of it has. */
@Injectable()
export class RestService {
  constructor(
    private readonly database: Database,
    private readonly fulfillments: FulfillmentRepository,
    private readonly receipts: ReceiptService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly orders: OrderReader,
    private readonly stock: StockService,
    private readonly waybills: WaybillService,
    private readonly clock: Clock,
  ) {}

  /** No longer wanted. Throws NotFound for the orders of others. */
  callOffForBuyer(
    buyerId: string,
    merchantOrderId: string,
  ): Promise<MerchantOrderId | NothingToCallOffError> {
    return this.database.transaction(async (tx) =>
      this.callOff(tx, await this.merchantOrders.lockForBuyer(tx, merchantOrderId, buyerId), 'BUYER'),
    );
  }

  /** It cannot be sent. Throws NotFound unless the order belongs to one of `merchantIds`. */
  callOffForMerchants(
    merchantIds: readonly string[],
    merchantOrderId: string,
  ): Promise<MerchantOrderId | NothingToCallOffError> {
    return this.database.transaction(async (tx) =>
      this.callOff(
        tx,
        await this.merchantOrders.lockForMerchants(tx, merchantOrderId, merchantIds),
        'MERCHANT',
      ),
    );
  }

  /**
   * Joins: some units will not be sent, of a merchant order that the caller has locked. Something else of it is left, or has left; where nothing is
   * and nothing has, the whole order is called off instead. Units that have left or been called off before are not counted again.
   */
  async callOffUnits(
    tx: Tx,
    part: LockedMerchantOrder,
    units: readonly LineUnits[],
    by: CalledOffBy,
  ): Promise<'CALLED_OFF' | 'NOTHING_LEFT'> {
    const carried = await this.fulfillments.carriedOf(tx, part.id);
    const rest = await this.restOf(tx, part, carried);
    const gone = rest.flatMap(({ orderLineId, quantity: of }) => {
      const wanted = units.find((each) => each.orderLineId === orderLineId)?.quantity ?? 0;
      const quantity = Math.min(wanted, of);
      return quantity > 0 ? [{ orderLineId, quantity, of }] : [];
    });
    const isAll = unitsOf(gone) === unitsOf(rest);
    if (isAll && carried.length === 0) return 'NOTHING_LEFT';
    if (gone.length > 0) await this.end(tx, part, { carried, gone, by, isAll });
    return 'CALLED_OFF';
  }

  /** Joins: what of its lines has not left and not been called off; the part is locked. */
  async leftOf(tx: Tx, part: LockedMerchantOrder): Promise<readonly Left[]> {
    return this.restOf(tx, part, await this.fulfillments.carriedOf(tx, part.id));
  }

  /** Joins: nothing of a part that waits will leave, and another part of its order stays. The part is locked. */
  async endWhole(tx: Tx, part: LockedMerchantOrder, by: CalledOffBy): Promise<void> {
    const gone = allOf(await this.restOf(tx, part, []));
    const lines = gone.map(({ orderLineId, quantity }) => ({ orderLineId, quantity }));
    await this.merchantOrders.callOffWhole(tx, part, lines, this.clock.now(), by);
    await this.waybills.over(tx, [part.id]);
    // Last, because the shelf is what others wait for.
    await this.stock.releaseUnits(tx, gone);
  }

  /** Joins: what has not left of a part of which something has. The part is locked. */
  async endRest(tx: Tx, part: LockedMerchantOrder, by: CalledOffBy): Promise<void> {
    assert(
      !refused(await this.callOff(tx, part, by)),
      `something of ${part.id} has left, and something has not`,
    );
  }

  private async callOff(
    tx: Tx,
    part: LockedMerchantOrder,
    by: CalledOffBy,
  ): Promise<MerchantOrderId | NothingToCallOffError> {
    const refusal = refuseCallOff(part);
    if (refusal) return refusal;
    const carried = await this.fulfillments.carriedOf(tx, part.id);
    const gone = allOf(await this.restOf(tx, part, carried));
    await this.end(tx, part, { carried, gone, by, isAll: true });
    return part.id;
  }

  private async restOf(tx: Tx, part: LockedMerchantOrder, carried: readonly CarriedUnits[]): Promise<Left[]> {
    const lines = await this.orders.linesOfMerchantOrder(part.id, tx);
    return restOf(lines, [...carried, ...(await this.merchantOrders.calledOffOf(tx, part))]);
  }

  private async end(
    tx: Tx,
    part: LockedMerchantOrder,
    {
      carried,
      gone,
      by,
      isAll,
    }: {
      readonly carried: readonly CarriedUnits[];
      readonly gone: readonly Leaving<Left>[];
      readonly by: CalledOffBy;
      readonly isAll: boolean;
    },
  ): Promise<void> {
    const at = this.clock.now();
    const lines = gone.map(({ orderLineId, quantity }) => ({ orderLineId, quantity }));
    await this.merchantOrders.callOff(tx, part, lines, by, at);
    if (isAll) {
      const last = present(carried.at(-1), 'a parcel of what is partly shipped');
      const awaited = carried.filter(({ receivedAt }) => receivedAt === null);
      // The last parcel to leave is the last to be signed for by time.
      const autoReceiptAt = awaited.at(-1)?.autoReceiptAt ?? null;
      const shipped = await this.merchantOrders.markShipped(tx, part, {
        fulfillmentId: last.fulfillmentId,
        at,
        autoReceiptAt,
      });
      await this.receipts.conclude(tx, shipped, carried.at(-1)?.receivedBy ?? 'AUTO');
      await this.waybills.over(tx, [part.id]);
    }
    // Last, because the shelf is what others wait for.
    await this.stock.releaseUnits(tx, gone);
  }
}
