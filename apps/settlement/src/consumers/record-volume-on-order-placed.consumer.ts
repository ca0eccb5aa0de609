import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type OrderPlaced, OrderReader } from '#libs/ordering';
import { VolumeFactService, factsOfPlaced } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { VolumeLineReader } from './volume-line.reader.js';

@Injectable()
export class RecordVolumeOnOrderPlaced implements Consumer<OrderPlaced> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
    private readonly lines: VolumeLineReader,
  ) {}

  async apply(tx: Tx, { payload }: OrderPlaced): Promise<void> {
    const order = present(await this.orders.byId(payload.orderId, tx), payload.orderId);
    const lines = await this.lines.ofOrder(tx, order.id, order);
    await this.facts.record(tx, factsOfPlaced(lines, order.placedAt));
  }
}
