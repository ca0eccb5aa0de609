import { Injectable } from '@nestjs/common';
import { SmsGateway, type TeamMemberAdded, UserReader, localeOf } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

/** Nobody was asked whether they want to work for a merchant; so they are told that its owner says they do. Told twice they may hear it twice. */
@Injectable()
export class TellMemberOnTeamMemberAdded implements OutwardConsumer<TeamMemberAdded> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly merchants: MerchantReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { userId, merchantId, role } }: TeamMemberAdded): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const merchant = person ? await this.merchants.byId(merchantId) : null;
    if (!person || !merchant) return;
    const notice = { merchantName: merchant.name, role };
    await this.sms.sendTeamNotice(person.phone, notice, localeOf(person.locale) ?? 'zh-CN');
  }
}
