import { Injectable } from '@nestjs/common';
import { SmsGateway } from '#libs/identity';
import type { PickUpPlaced } from '#libs/vending';
import type { OutwardConsumer } from '#platform/outbox';
import { BuyerPhoneReader } from './buyer-phone.reader.js';
import { PickUpNoticeReader } from './pick-up-notice.reader.js';

/** Tells the buyer where it lies, by which code, and until when. Told twice they may be told twice. */
@Injectable()
export class TellBuyerOnPickUpPlaced implements OutwardConsumer<PickUpPlaced> {
  readonly queue = 'outward';

  constructor(
    private readonly buyers: BuyerPhoneReader,
    private readonly notices: PickUpNoticeReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { pickUpId, orderId } }: PickUpPlaced): Promise<void> {
    const notice = await this.notices.of(pickUpId, 'PLACED');
    const buyer = notice && (await this.buyers.ofOrder(orderId));
    if (buyer) await this.sms.sendPickUpNotice(buyer.phone, notice, buyer.locale);
  }
}
