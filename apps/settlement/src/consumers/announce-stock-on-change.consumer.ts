import { Injectable } from '@nestjs/common';
import { type InventoryEvent, LiveStockService } from '#libs/inventory';
import { OrderReader } from '#libs/ordering';
import type { Event, OutwardConsumer } from '#platform/outbox';

type OrderChange = Event<string, { readonly orderId: string }>;

/** Notes of which variants there is another number now; the clock tells whoever watches them. */
@Injectable()
export class AnnounceStockOnChange implements OutwardConsumer<OrderChange | InventoryEvent> {
  readonly queue = 'outward';

  constructor(
    private readonly stock: LiveStockService,
    private readonly orders: OrderReader,
  ) {}

  async act({ payload }: OrderChange | InventoryEvent): Promise<void> {
    await this.stock.note(await this.movedIn(payload));
  }

  private async movedIn(payload: (OrderChange | InventoryEvent)['payload']): Promise<readonly string[]> {
    if ('variantId' in payload) return [payload.variantId];
    return 'variantIds' in payload ? payload.variantIds : this.variantsOf(payload.orderId);
  }

  private async variantsOf(orderId: string): Promise<string[]> {
    const lines = await this.orders.linesOfOrder(orderId);
    return [...new Set(lines.map(({ variantId }) => variantId))];
  }
}
