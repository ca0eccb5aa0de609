import { Injectable } from '@nestjs/common';
import { VariantReader } from '#libs/catalog';
import { SmsGateway, UserReader, localeOf } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { StockLow } from '#libs/stockkeeping';
import type { OutwardConsumer } from '#platform/outbox';

/** Owners are told that little is left. Told twice they may hear it twice. */
@Injectable()
export class TellOwnerOnStockLow implements OutwardConsumer<StockLow> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly merchants: MerchantReader,
    private readonly variants: VariantReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { merchantId, userId, variantIds } }: StockLow): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const merchant = await this.merchants.byId(merchantId);
    const [first] = variantIds;
    const variant = (await this.variants.byIds(variantIds)).find(({ id }) => id === first);
    if (!person || !merchant || !variant) return;
    const { productName, name: variantName } = variant;
    const notice = { merchantName: merchant.name, productName, variantName, others: variantIds.length - 1 };
    await this.sms.sendStockNotice(person.phone, notice, localeOf(person.locale) ?? 'zh-CN');
  }
}
