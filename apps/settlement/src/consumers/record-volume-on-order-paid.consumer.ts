import { Injectable } from '@nestjs/common';
import { type OrderPaid, OrderReader } from '#libs/ordering';
import { VolumeFactService, factsOfPaid } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { volumeLineOf } from './volume-line.rules.js';

@Injectable()
export class RecordVolumeOnOrderPaid implements Consumer<OrderPaid> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
  ) {}

  async apply(tx: Tx, { payload }: OrderPaid): Promise<void> {
    const lines = await this.orders.linesOfOrder(payload.orderId, tx);
    await this.facts.record(tx, factsOfPaid(lines.map(volumeLineOf), new Date(payload.paidAt)));
  }
}
