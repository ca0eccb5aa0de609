import { Injectable } from '@nestjs/common';
import { CertificationEntryReader, ProductNameReader } from '#libs/catalog';
import { type CertificationTold, lastDayOf } from '#libs/certification';
import { SmsGateway, UserReader, localeOf } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

/** Owners hear what became of the recognition of their products; why is said where they look. Told twice they may hear it twice. */
@Injectable()
export class TellOwnerOnCertificationTold implements OutwardConsumer<CertificationTold> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly products: ProductNameReader,
    private readonly merchants: MerchantReader,
    private readonly entries: CertificationEntryReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload }: CertificationTold): Promise<void> {
    const { userId, merchantId, productId, news, endsOn } = payload;
    const [person] = await this.users.phonesOf([userId]);
    const [product] = person ? await this.products.byIds([productId]) : [];
    const merchant = product ? await this.merchants.byId(merchantId) : null;
    if (!person || !product || !merchant || (await this.isOvertaken(payload))) return;
    const notice = {
      news: `CERTIFICATION_${news}`,
      merchantName: merchant.name,
      paperName: product.name,
      endsOn,
    } as const;
    await this.sms.sendMerchantNotice(person.phone, notice, localeOf(person.locale) ?? 'zh-CN');
  }

  /** Of what was re-checked or revoked meanwhile nobody is told that it ends. */
  private async isOvertaken({
    news,
    certificationId,
    endsOn,
  }: CertificationTold['payload']): Promise<boolean> {
    if (news !== 'ENDING') return false;
    const entry = certificationId && (await this.entries.byId(certificationId, { divisions: 'ALL' }));
    return !entry || entry.revokedAt !== null || lastDayOf(entry.validTo) !== endsOn;
  }
}
