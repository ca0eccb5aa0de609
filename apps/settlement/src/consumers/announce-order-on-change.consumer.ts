import { Injectable } from '@nestjs/common';
import { LiveGateway } from '#platform/live';
import type { Event, OutwardConsumer } from '#platform/outbox';

type OrderChange = Event<string, { readonly orderId: string }>;

/** Tells whoever watches the order that it has changed; they read it again themselves. */
@Injectable()
export class AnnounceOrderOnChange implements OutwardConsumer<OrderChange> {
  readonly queue = 'outward';

  constructor(private readonly live: LiveGateway) {}

  async act(event: OrderChange): Promise<void> {
    const { orderId } = event.payload;
    await this.live.publish(`order-changed:${orderId}`, { orderId });
  }
}
