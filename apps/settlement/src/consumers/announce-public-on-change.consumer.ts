import { Injectable } from '@nestjs/common';
import type { CatalogEvent } from '#libs/catalog';
import type { CertificationEvent } from '#libs/certification';
import type { ChannelEvent } from '#libs/channel';
import type { InventoryEvent } from '#libs/inventory';
import { PUBLIC_CHANGED_TOPIC } from '#platform/graphql';
import { LiveGateway } from '#platform/live';
import type { OutwardConsumer } from '#platform/outbox';

/** Tells every process that keeps public answers to forget them. */
@Injectable()
export class AnnouncePublicOnChange implements OutwardConsumer<
  CatalogEvent | CertificationEvent | ChannelEvent | InventoryEvent
> {
  readonly queue = 'outward';

  constructor(private readonly live: LiveGateway) {}

  async act(): Promise<void> {
    await this.live.publish(PUBLIC_CHANGED_TOPIC, {});
  }
}
