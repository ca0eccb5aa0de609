import { Injectable } from '@nestjs/common';
import { SmsGateway } from '#libs/identity';
import type { DelayNoticeOpened } from '#libs/ordering';
import type { OutwardConsumer } from '#platform/outbox';
import { BuyerPhoneReader } from './buyer-phone.reader.js';

/** Asks the buyer whether to wait. Told twice they may be asked twice; the first answer counts. */
@Injectable()
export class TellBuyerOnDelayNoticeOpened implements OutwardConsumer<DelayNoticeOpened> {
  readonly queue = 'outward';

  constructor(
    private readonly buyers: BuyerPhoneReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload }: DelayNoticeOpened): Promise<void> {
    const { orderId, promisedOn, proposedOn, answerDueAt } = payload;
    const buyer = await this.buyers.ofOrder(orderId);
    if (!buyer) return;
    const notice = { orderId, promisedOn, proposedOn, answerDueAt: new Date(answerDueAt) };
    await this.sms.sendDelayNotice(buyer.phone, notice, buyer.locale);
  }
}
