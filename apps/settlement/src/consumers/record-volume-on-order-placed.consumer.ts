import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type OrderPlaced, OrderReader } from '#libs/ordering';
import { VolumeFactService, factsOfPlaced } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { volumeLineOf } from './volume-line.rules.js';

@Injectable()
export class RecordVolumeOnOrderPlaced implements Consumer<OrderPlaced> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
  ) {}

  async apply(tx: Tx, { payload }: OrderPlaced): Promise<void> {
    const { placedAt } = present(await this.orders.byId(payload.orderId, tx), payload.orderId);
    const lines = await this.orders.linesOfOrder(payload.orderId, tx);
    await this.facts.record(tx, factsOfPlaced(lines.map(volumeLineOf), placedAt));
  }
}
