import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type OrderPaid, OrderReader } from '#libs/ordering';
import { VolumeFactService, factsOfPaid } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { VolumeLineReader } from './volume-line.reader.js';

@Injectable()
export class RecordVolumeOnOrderPaid implements Consumer<OrderPaid> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
    private readonly lines: VolumeLineReader,
  ) {}

  async apply(tx: Tx, { payload }: OrderPaid): Promise<void> {
    const order = present(await this.orders.byId(payload.orderId, tx), payload.orderId);
    const lines = await this.lines.ofOrder(tx, order.id, order);
    await this.facts.record(tx, factsOfPaid(lines, new Date(payload.paidAt)));
  }
}
