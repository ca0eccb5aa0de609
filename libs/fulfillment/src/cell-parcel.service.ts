import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import {
  type HandoverMismatchError,
  type MerchantOrderNotShippableError,
  MerchantOrderService,
  OrderReader,
  type OrderLineRow,
  autoReceiptAt,
  refuseShipping,
} from '#libs/ordering';
import type { Tx } from '#platform/database';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { FulfillmentService } from './fulfillment.service.js';
import { ReceiptService } from './receipt.service.js';

export interface CellParcel {
  readonly merchantOrderId: OrderLineRow['merchantOrderId'];
  readonly orderId: OrderLineRow['orderId'];
  readonly hasPerishables: boolean;
  /** Of its goods; what they are packed in is not known. */
  readonly weightG: number;
}

/** Parcels that lie in cells of a place until their buyers fetch them: no time that passes signs for them. */
@Injectable()
export class CellParcelService {
  constructor(
    private readonly fulfillments: FulfillmentRepository,
    private readonly service: FulfillmentService,
    private readonly receipts: ReceiptService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly orders: OrderReader,
    private readonly clock: Clock,
  ) {}

  /** Joins: all of it has left, and waits there; what waits already goes on waiting. Throws NotFound for what was bought through other places. */
  async layDown(
    tx: Tx,
    merchantOrderId: string,
    channelPointId: string,
  ): Promise<CellParcel | HandoverMismatchError | MerchantOrderNotShippableError> {
    const part = await this.merchantOrders.lockAtPlace(tx, merchantOrderId, channelPointId);
    const lines = await this.orders.linesOfMerchantOrder(part.id, tx);
    const parcel = {
      merchantOrderId: part.id,
      orderId: part.orderId,
      hasPerishables: lines.some(({ isPerishable }) => isPerishable),
      weightG: lines.reduce((sum, { netWeightG }) => sum + netWeightG, 0),
    };
    const refusal = refuseShipping(part, 'PICK_UP');
    if (!refusal) {
      await this.service.wait(tx, part, lines, null);
      return parcel;
    }
    if (part.handover !== 'PICK_UP' || part.state !== 'SHIPPED') return refusal;
    await this.fulfillments.changeAutoReceipt(tx, part.id, null);
    await this.merchantOrders.changeAutoReceipt(tx, part, null);
    return parcel;
  }

  /** Joins: nothing of it is paid back, or comes to anything else, before the transaction ends. */
  async hold(tx: Tx, merchantOrderId: string, channelPointId: string): Promise<void> {
    await this.merchantOrders.lockAtPlace(tx, merchantOrderId, channelPointId);
  }

  /**
   * Joins: its cell is being opened for whoever came, or that is over. Until it is known whether they have it nothing of it is paid back, and what is being paid back at this moment is so before this goes on.
   */
  async opening(tx: Tx, merchantOrderId: string, channelPointId: string, since: Date | null): Promise<void> {
    const part = await this.merchantOrders.lockAtPlace(tx, merchantOrderId, channelPointId);
    await this.merchantOrders.changeOpening(tx, part, since);
  }

  /** Joins: whoever came has it, from the moment when its cell was opened. What its buyer has signed for before stays signed for. */
  async fetched(tx: Tx, merchantOrderId: string, channelPointId: string, at: Date): Promise<void> {
    const part = await this.merchantOrders.lockAtPlace(tx, merchantOrderId, channelPointId);
    await this.receipts.fetched(tx, part, at);
  }

  /** Joins: nobody fetches it any more. Its money goes back by a case; by itself it is over like what nobody has come for. */
  async givenBack(tx: Tx, merchantOrderId: string, channelPointId: string): Promise<void> {
    const part = await this.merchantOrders.lockAtPlace(tx, merchantOrderId, channelPointId);
    const at = autoReceiptAt(this.clock.now(), 'PICK_UP');
    await this.fulfillments.changeAutoReceipt(tx, part.id, at);
    if (part.state === 'SHIPPED') await this.merchantOrders.changeAutoReceipt(tx, part, at);
  }
}
