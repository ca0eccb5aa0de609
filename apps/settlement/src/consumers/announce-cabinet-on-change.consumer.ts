import { Injectable } from '@nestjs/common';
import { CABINET_CHANGED_TOPIC, type CabinetChanged } from '#libs/counter';
import { LiveGateway } from '#platform/live';
import type { OutwardConsumer } from '#platform/outbox';

/** Tells whoever holds the lines of cabinets to look again at this one's: it may have been retired, or its credential revoked. */
@Injectable()
export class AnnounceCabinetOnChange implements OutwardConsumer<CabinetChanged> {
  readonly queue = 'outward';

  constructor(private readonly live: LiveGateway) {}

  async act({ payload }: CabinetChanged): Promise<void> {
    await this.live.publish(CABINET_CHANGED_TOPIC, payload);
  }
}
