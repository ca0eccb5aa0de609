import { Injectable } from '@nestjs/common';
import { UserReader, isGuestId, localeOf } from '#libs/identity';
import type { Locale } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';

export interface ReachedBuyer {
  readonly phone: string;
  readonly locale: Locale;
}

/** Where whoever has ordered can be told something. */
@Injectable()
export class BuyerPhoneReader {
  constructor(
    private readonly orders: OrderReader,
    private readonly users: UserReader,
  ) {}

  /** A guest has left the phone that the order names; null for whoever is no longer there. */
  async ofOrder(orderId: string): Promise<ReachedBuyer | null> {
    const order = await this.orders.byId(orderId);
    if (!order) return null;
    const { buyerId, recipient } = order;
    if (isGuestId(buyerId))
      return recipient.phone === '' ? null : { phone: recipient.phone, locale: 'zh-CN' };
    const [person] = await this.users.phonesOf([buyerId]);
    return person ? { phone: person.phone, locale: localeOf(person.locale) ?? 'zh-CN' } : null;
  }
}
