import { Injectable } from '@nestjs/common';
import { SmsGateway, UserReader, localeOf } from '#libs/identity';
import { type MerchantStandingChanged, MerchantReader } from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

const NEWS: Readonly<Partial<Record<string, 'SUSPENDED' | 'REINSTATED'>>> = {
  SUSPENDED: 'SUSPENDED',
  ACTIVE: 'REINSTATED',
};

/** Owners are told that their merchant sells nothing from now on, or sells again: as it stands now. Told twice they may hear it twice. */
@Injectable()
export class TellOwnerOnMerchantStandingChanged implements OutwardConsumer<MerchantStandingChanged> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly merchants: MerchantReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { merchantId, userId } }: MerchantStandingChanged): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const merchant = person ? await this.merchants.byId(merchantId) : null;
    const news = merchant && NEWS[merchant.state];
    if (!person || !merchant || !news) return;
    const notice = { news, merchantName: merchant.name, paperName: '', endsOn: null } as const;
    await this.sms.sendMerchantNotice(person.phone, notice, localeOf(person.locale) ?? 'zh-CN');
  }
}
