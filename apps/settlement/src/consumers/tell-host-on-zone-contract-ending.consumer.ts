import { Injectable } from '@nestjs/common';
import { type ZoneContractEnding, ZoneContractReader } from '#libs/channel';
import { SmsGateway, UserReader, localeOf } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

/** Owners of a host hear that a contract ends, and with it the sales of its shops. Of what was ended meanwhile nobody is told. Told twice they may hear it twice. */
@Injectable()
export class TellHostOnZoneContractEnding implements OutwardConsumer<ZoneContractEnding> {
  readonly queue = 'outward';

  constructor(
    private readonly users: UserReader,
    private readonly contracts: ZoneContractReader,
    private readonly merchants: MerchantReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { contractId, userId } }: ZoneContractEnding): Promise<void> {
    const [person] = await this.users.phonesOf([userId]);
    const contract = person ? await this.contracts.byId(contractId, { divisions: 'ALL' }) : null;
    const host = contract ? await this.merchants.byId(contract.hostId) : null;
    if (!person || !contract || !host || contract.endedOn !== null) return;
    const notice = {
      news: 'CONTRACT_ENDING',
      merchantName: host.name,
      paperName: contract.number,
      endsOn: contract.validTo,
    } as const;
    await this.sms.sendMerchantNotice(person.phone, notice, localeOf(person.locale) ?? 'zh-CN');
  }
}
