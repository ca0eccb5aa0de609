import { Injectable } from '@nestjs/common';
import { SmsGateway, UserReader, localeOf } from '#libs/identity';
import { type ListingDecided, ProductListingReader } from '#libs/listing';
import type { OutwardConsumer } from '#platform/outbox';

/** Whoever handed goods in, and who owns the merchant, hears what was decided, and the first thing to mend. Told twice they may hear it twice. */
@Injectable()
export class TellSellerOnListingDecided implements OutwardConsumer<ListingDecided> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly listings: ProductListingReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { listingId, userId, news } }: ListingDecided): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const listing = person ? await this.listings.byId(listingId, { divisions: 'ALL' }) : null;
    if (!person || !listing) return;
    const goodsName = listing.content.name?.trim() ?? '';
    const reason = news === 'RETURNED' ? await this.listings.firstFaultOf(listingId) : '';
    await this.sms.sendListingNotice(
      person.phone,
      { news, goodsName, reason },
      localeOf(person.locale) ?? 'zh-CN',
    );
  }
}
