import { Injectable } from '@nestjs/common';
import { MembershipReader, SmsGateway, UserReader, localeOf } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { DispatchReminded } from '#libs/ordering';
import type { OutwardConsumer } from '#platform/outbox';

/** Owners are told in the morning what has to leave. Told twice they may hear it twice. */
@Injectable()
export class TellOwnerOnDispatchReminded implements OutwardConsumer<DispatchReminded> {
  readonly queue = 'outward';

  constructor(
    private readonly memberships: MembershipReader,
    private readonly merchants: MerchantReader,
    private readonly users: UserReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload }: DispatchReminded): Promise<void> {
    const { merchantId } = payload;
    const counts = {
      late: Number(payload.late),
      dueToday: Number(payload.dueToday),
      dueTomorrow: Number(payload.dueTomorrow),
    };
    const [merchant] = await this.merchants.byIds([merchantId]);
    const owners = await this.memberships.ownersOf([merchantId]);
    if (!merchant || owners.length === 0) return;
    const people = await this.users.phonesOf(owners.map(({ userId }) => userId));
    for (const { phone, locale } of people)
      await this.sms.sendDispatchReminder(
        phone,
        { merchantName: merchant.name, ...counts },
        localeOf(locale) ?? 'zh-CN',
      );
  }
}
