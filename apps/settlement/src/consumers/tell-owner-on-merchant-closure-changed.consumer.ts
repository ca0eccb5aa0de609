import { Injectable } from '@nestjs/common';
import { type MerchantClosureChanged, MerchantClosureReader } from '#libs/closure';
import { SmsGateway, UserReader, localeOf } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

const NEWS = { OPEN: 'CLOSING', REOPENED: 'REOPENED', FINAL: 'CLOSED' } as const;

/** Owners are told that their merchant is to be closed, is not after all, or is: as it stands now. Told twice they may hear it twice. */
@Injectable()
export class TellOwnerOnMerchantClosureChanged implements OutwardConsumer<MerchantClosureChanged> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly closures: MerchantClosureReader,
    private readonly merchants: MerchantReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { closureId, userId } }: MerchantClosureChanged): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const closure = person ? await this.closures.byId(closureId) : null;
    const merchant = closure ? await this.merchants.byId(closure.merchantId) : null;
    if (!person || !closure || !merchant) return;
    const notice = {
      news: NEWS[closure.state],
      merchantName: merchant.name,
      paperName: '',
      endsOn: null,
    } as const;
    await this.sms.sendMerchantNotice(person.phone, notice, localeOf(person.locale) ?? 'zh-CN');
  }
}
