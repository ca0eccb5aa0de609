import { Injectable } from '@nestjs/common';
import { StockService } from '#libs/inventory';
import { Clock, present } from '#libs/kernel';
import {
  type CalledOffBy,
  type LockedMerchantOrder,
  type MerchantOrderId,
  MerchantOrderService,
  type NothingToCallOffError,
  OrderReader,
  refuseCallOff,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { restOf } from './parcel.rules.js';
import { ReceiptService } from './receipt.service.js';

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

  private async callOff(
    tx: Tx,
    part: LockedMerchantOrder,
    by: CalledOffBy,
  ): Promise<MerchantOrderId | NothingToCallOffError> {
    const refusal = refuseCallOff(part);
    if (refusal) return refusal;
    const carried = await this.fulfillments.carriedOf(tx, part.id);
    const rest = restOf(await this.orders.linesOfMerchantOrder(part.id, tx), carried);
    const at = this.clock.now();
    await this.merchantOrders.callOff(tx, part, rest, by, at);

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
    // Last, because the shelf is what others wait for.
    await this.stock.releaseOrderLines(
      tx,
      rest.map(({ orderLineId }) => orderLineId),
    );
    return part.id;
  }
}
