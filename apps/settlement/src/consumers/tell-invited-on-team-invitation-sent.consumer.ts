import { Injectable } from '@nestjs/common';
import { SmsGateway, TeamInvitationReader, type TeamInvitationSent, localeOf } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { OutwardConsumer } from '#platform/outbox';

/** Somebody is asked whether they want to work for a merchant; not once it waits for them no longer. Told twice they may hear it twice. */
@Injectable()
export class TellInvitedOnTeamInvitationSent implements OutwardConsumer<TeamInvitationSent> {
  readonly queue = 'outward';

  constructor(
    private readonly invitations: TeamInvitationReader,
    private readonly merchants: MerchantReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload: { invitationId } }: TeamInvitationSent): Promise<void> {
    const message = await this.invitations.messageOf(invitationId);
    const merchant = message ? await this.merchants.byId(message.row.merchantId) : null;
    if (!message || !merchant) return;
    const { role, expiresAt } = message.row;
    const invitation = { merchantName: merchant.name, role, expiresAt };
    await this.sms.sendTeamInvitation(message.phone, invitation, localeOf(message.locale) ?? 'zh-CN');
  }
}
