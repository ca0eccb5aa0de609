import { Injectable } from '@nestjs/common';
import { StockService } from '#libs/inventory';
import { newId } from '#libs/kernel';
import {
  type LockedMerchantOrder,
  MerchantOrderService,
  type OrderLineId,
  type OrderLineRow,
  OrderReader,
  OrderService,
} from '#libs/ordering';
import type { Tx } from '#platform/database';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { restOf, unitsOf } from './parcel.rules.js';
import { ReceiptService } from './receipt.service.js';

/** Units of a line that came out. */
export interface VendedUnits {
  readonly orderLineId: OrderLineId;
  readonly quantity: number;
}

/** What a cabinet has handed out has left and arrived in the same moment; what it has not goes back. */
@Injectable()
export class VendedService {
  constructor(
    private readonly fulfillments: FulfillmentRepository,
    private readonly receipts: ReceiptService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly orderService: OrderService,
    private readonly orders: OrderReader,
    private readonly stock: StockService,
  ) {}

  /** Joins: all that is known of an order, line by line, by whoever holds the lock of its vend and calls once. `at`: when it came out. */
  async conclude(tx: Tx, orderId: string, out: readonly VendedUnits[], at: Date): Promise<void> {
    const delivered = out.filter(({ quantity }) => quantity > 0);
    // Before its parts, as everywhere.
    if (delivered.length === 0) return this.orderService.callOffUndelivered(tx, orderId);
    await this.orderService.lockForUnits(tx, orderId);
    for (const part of await this.merchantOrders.lockVended(tx, orderId)) {
      const lines = await this.orders.linesOfMerchantOrder(part.id, tx);
      const own = delivered.filter(({ orderLineId }) => lines.some(({ id }) => id === orderLineId));
      if (own.length > 0) await this.handOver(tx, part, lines, own, at);
      else await this.callOffAll(tx, part, lines, at);
    }
  }

  private async callOffAll(
    tx: Tx,
    part: LockedMerchantOrder,
    lines: readonly OrderLineRow[],
    at: Date,
  ): Promise<void> {
    const rest = restOf(lines, []);
    await this.merchantOrders.callOffWhole(tx, part, rest, at);
    await this.stock.releaseOrderLines(
      tx,
      rest.map(({ orderLineId }) => orderLineId),
    );
  }

  private async handOver(
    tx: Tx,
    part: LockedMerchantOrder,
    lines: readonly OrderLineRow[],
    delivered: readonly VendedUnits[],
    at: Date,
  ): Promise<void> {
    const id = newId('ful');
    const rest = restOf(lines, delivered);
    const shipment = { fulfillmentId: id, at, autoReceiptAt: at };
    await this.fulfillments.insertHandedOver(tx, id, part.id, delivered, at);
    if (unitsOf(rest) > 0) {
      await this.merchantOrders.markPartlyShipped(tx, part, shipment, []);
      await this.merchantOrders.callOff(tx, part, rest, 'CABINET', at);
    }
    const shipped = await this.merchantOrders.markShipped(tx, part, shipment);
    await this.receipts.conclude(tx, shipped, 'BUYER', at);
    // Last, because the slot is what others wait for.
    await this.stock.shipUnits(
      tx,
      id,
      delivered.map((units) => ({ ...units, of: orderedOf(lines, units.orderLineId) })),
      at,
    );
    await this.stock.releaseOrderLines(
      tx,
      rest.map(({ orderLineId }) => orderLineId),
    );
  }
}

function orderedOf(lines: readonly OrderLineRow[], orderLineId: string): number {
  return lines.find(({ id }) => id === orderLineId)?.quantity ?? 0;
}
