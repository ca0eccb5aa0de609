import { Injectable } from '@nestjs/common';
import { SmsGateway } from '#libs/identity';
import { businessDay, fen } from '#libs/kernel';
import type { OrderBalanceDue } from '#libs/ordering';
import type { OutwardConsumer } from '#platform/outbox';
import { BuyerPhoneReader } from './buyer-phone.reader.js';

/** Reminds the buyer of the rest. Told twice they may be reminded twice. */
@Injectable()
export class TellBuyerOnOrderBalanceDue implements OutwardConsumer<OrderBalanceDue> {
  readonly queue = 'outward';

  constructor(
    private readonly buyers: BuyerPhoneReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { orderId, balanceFen, balanceDueAt } }: OrderBalanceDue): Promise<void> {
    const buyer = await this.buyers.ofOrder(orderId);
    if (!buyer) return;
    // The last moment of the day: a millisecond before the day after it.
    const dueOn = businessDay(new Date(Date.parse(balanceDueAt) - 1));
    const reminder = { orderId, stage: 'BALANCE', dueOn, openFen: fen(balanceFen) };
    await this.sms.sendPaymentReminder(buyer.phone, reminder, buyer.locale);
  }
}
