import { Injectable } from '@nestjs/common';
import type { AdoptionDelayed } from '#libs/adoption';
import { SmsGateway } from '#libs/identity';
import type { OutwardConsumer } from '#platform/outbox';
import { AdoptionNoticeReader } from './adoption-notice.reader.js';

/** Tells the adopter that an instalment comes later. Told twice they may hear it twice. */
@Injectable()
export class TellAdopterOnAdoptionDelayed implements OutwardConsumer<AdoptionDelayed> {
  readonly queue = 'outward';

  constructor(
    private readonly notices: AdoptionNoticeReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload }: AdoptionDelayed): Promise<void> {
    const { adoptionId, orderId, promisedOn } = payload;
    const told = await this.notices.of(adoptionId, orderId);
    if (!told) return;
    const notice = { news: 'DELAYED', orderId, tag: told.tag, promisedOn, shortPortions: 0 } as const;
    await this.sms.sendAdoptionNotice(told.phone, notice, told.locale);
  }
}
