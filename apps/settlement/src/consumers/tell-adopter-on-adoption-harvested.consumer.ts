import { Injectable } from '@nestjs/common';
import type { AdoptionHarvested } from '#libs/adoption';
import { SmsGateway } from '#libs/identity';
import type { OutwardConsumer } from '#platform/outbox';
import { AdoptionNoticeReader } from './adoption-notice.reader.js';

/** Tells the adopter what has not grown and is paid back. Told twice they may hear it twice. */
@Injectable()
export class TellAdopterOnAdoptionHarvested implements OutwardConsumer<AdoptionHarvested> {
  readonly queue = 'outward';

  constructor(
    private readonly notices: AdoptionNoticeReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload }: AdoptionHarvested): Promise<void> {
    const { adoptionId, orderId } = payload;
    const shortPortions = Number(payload.shortPortions);
    // As much as was promised, or more: the parcels say so.
    const told = shortPortions > 0 ? await this.notices.of(adoptionId, orderId) : null;
    if (!told) return;
    const notice = { news: 'SHORT', orderId, tag: told.tag, promisedOn: null, shortPortions } as const;
    await this.sms.sendAdoptionNotice(told.phone, notice, told.locale);
  }
}
