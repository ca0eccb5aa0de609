import { Injectable } from '@nestjs/common';
import { SmsGateway, UserReader, localeOf } from '#libs/identity';
import { type MerchantApplicationDecided, MerchantApplicationReader } from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

/** Whoever applies is told what was decided; why, and what is to be mended, is said where they look. Told twice they may hear it twice. */
@Injectable()
export class TellApplicantOnMerchantApplicationDecided implements OutwardConsumer<MerchantApplicationDecided> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly applications: MerchantApplicationReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { applicationId, userId, act } }: MerchantApplicationDecided): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const application = person ? await this.applications.byId(applicationId, { createdBy: userId }) : null;
    if (!person || !application) return;
    const notice = {
      news: `APPLICATION_${act}`,
      merchantName: application.content.name ?? '',
      paperName: '',
      endsOn: null,
    } as const;
    await this.sms.sendMerchantNotice(person.phone, notice, localeOf(person.locale) ?? 'zh-CN');
  }
}
