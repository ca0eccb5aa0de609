import { Injectable } from '@nestjs/common';
import { StockService } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { MerchantOrderService, OrderReader, OrderService } from '#libs/ordering';
import type { Tx } from '#platform/database';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { ReceiptService } from './receipt.service.js';

/** What somebody has taken out of an open cabinet is gone from the moment when they took it, and theirs from the moment when it is paid. */
@Injectable()
export class TakenService {
  constructor(
    private readonly fulfillments: FulfillmentRepository,
    private readonly receipts: ReceiptService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly orderService: OrderService,
    private readonly orders: OrderReader,
    private readonly stock: StockService,
  ) {}

  /** Joins: the book knows that it lies there no longer, whether it is ever paid or not. Again it changes nothing. Last, because of the stock. */
  async leave(tx: Tx, orderId: string, at: Date): Promise<void> {
    const lines = await this.orders.linesOfOrder(orderId, tx);
    await this.stock.shipOrderLines(
      tx,
      lines.map(({ id }) => id),
      at,
    );
  }

  /** Joins: it is paid, and so it has left and arrived when it was taken, all of it. Whoever calls does so once. */
  async conclude(tx: Tx, orderId: string, at: Date): Promise<void> {
    await this.orderService.lockForUnits(tx, orderId);
    for (const part of await this.merchantOrders.lockTaken(tx, orderId)) {
      const lines = await this.orders.linesOfMerchantOrder(part.id, tx);
      const id = newId('ful');
      const units = lines.map((line) => ({ orderLineId: line.id, quantity: line.quantity }));
      await this.fulfillments.insertHandedOver(tx, id, part.id, units, at);
      const shipment = { fulfillmentId: id, at, autoReceiptAt: at };
      const shipped = await this.merchantOrders.markShipped(tx, part, shipment);
      await this.receipts.conclude(tx, shipped, 'BUYER', at);
    }
  }
}
