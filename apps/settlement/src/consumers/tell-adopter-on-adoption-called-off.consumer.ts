import { Injectable } from '@nestjs/common';
import type { AdoptionCalledOff } from '#libs/adoption';
import { SmsGateway } from '#libs/identity';
import type { OutwardConsumer } from '#platform/outbox';
import { AdoptionNoticeReader } from './adoption-notice.reader.js';

/** Tells the adopter that an instalment came too late, comes no more and is paid back. Told twice they may hear it twice. */
@Injectable()
export class TellAdopterOnAdoptionCalledOff implements OutwardConsumer<AdoptionCalledOff> {
  readonly queue = 'outward';

  constructor(
    private readonly notices: AdoptionNoticeReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload }: AdoptionCalledOff): Promise<void> {
    const { adoptionId, orderId } = payload;
    const told = await this.notices.of(adoptionId, orderId);
    if (!told) return;
    const shortPortions = Number(payload.portions);
    const notice = { news: 'CALLED_OFF', orderId, tag: told.tag, promisedOn: null, shortPortions } as const;
    await this.sms.sendAdoptionNotice(told.phone, notice, told.locale);
  }
}
