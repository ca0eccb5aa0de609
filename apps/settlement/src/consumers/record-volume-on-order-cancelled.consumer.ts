import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type OrderCancelled, OrderReader } from '#libs/ordering';
import { VolumeFactService, factsOfUnpaidCancelled } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { volumeLineOf } from './volume-line.rules.js';

/** What was never paid is no longer ordered; what was paid stays paid, and its refund is told of apart. */
@Injectable()
export class RecordVolumeOnOrderCancelled implements Consumer<OrderCancelled> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
  ) {}

  async apply(tx: Tx, { payload, occurredAt }: OrderCancelled): Promise<void> {
    if (payload.wasPaid) return;
    const { placedAt } = present(await this.orders.byId(payload.orderId, tx), payload.orderId);
    const lines = await this.orders.linesOfOrder(payload.orderId, tx);
    await this.facts.record(tx, factsOfUnpaidCancelled(lines.map(volumeLineOf), placedAt, occurredAt));
  }
}
