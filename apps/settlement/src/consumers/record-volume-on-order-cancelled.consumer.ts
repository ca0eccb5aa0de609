import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type OrderCancelled, OrderReader } from '#libs/ordering';
import { VolumeFactService, factsOfUnpaidCancelled } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { VolumeLineReader } from './volume-line.reader.js';

/** What was never paid is no longer ordered; what was paid stays paid, and its refund is told of apart. */
@Injectable()
export class RecordVolumeOnOrderCancelled implements Consumer<OrderCancelled> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
    private readonly lines: VolumeLineReader,
  ) {}

  async apply(tx: Tx, { payload, occurredAt }: OrderCancelled): Promise<void> {
    if (payload.wasPaid) return;
    const order = present(await this.orders.byId(payload.orderId, tx), payload.orderId);
    const linesOf = await this.lines.ofOrders(tx, [order]);
    const facts = factsOfUnpaidCancelled(linesOf.get(order.id) ?? [], order.placedAt, occurredAt);
    await this.facts.record(tx, facts);
  }
}
