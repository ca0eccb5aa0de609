import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type OrderSigned, OrderReader } from '#libs/ordering';
import { VolumeFactService, factsOfPaid } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { BatchConsumer } from '#platform/outbox';
import { VolumeLineReader } from './volume-line.reader.js';

/** A line whose contract is signed counts as paid; recognised it is when the goods have been signed for. */
@Injectable()
export class RecordVolumeOnOrderSigned implements BatchConsumer<OrderSigned> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
    private readonly lines: VolumeLineReader,
  ) {}

  async applyAll(tx: Tx, events: readonly OrderSigned[]): Promise<void> {
    const orders = await this.orders.byIds(
      events.map(({ payload }) => payload.orderId),
      tx,
    );
    const orderOf = new Map(orders.map((order) => [order.id, order]));
    const linesOf = await this.lines.ofOrders(tx, orders);
    const facts = events.flatMap(({ payload }) => {
      const order = present(orderOf.get(payload.orderId), payload.orderId);
      return factsOfPaid(linesOf.get(order.id) ?? [], new Date(payload.signedAt));
    });
    await this.facts.record(tx, facts);
  }
}
