import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  type TeamInvitationId,
  TeamInvitationReader,
  type TeamInvitationRow,
  TeamInvitationService,
  type TeamRole,
} from '#libs/identity';
import { NotFound, present, refused } from '#libs/kernel';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import type { GraphqlContext } from '#platform/graphql';

@Resolver('TeamInvitation')
export class TeamInvitationResolver {
  constructor(
    private readonly service: TeamInvitationService,
    private readonly reader: TeamInvitationReader,
    private readonly merchants: MerchantReader,
  ) {}

  @Query()
  @Allow('TEAM')
  merchantTeamInvitations(@CurrentActor() actor: Actor, @Args('merchantId') merchantId: string) {
    if (!merchantsOf(actor, 'TEAM').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    return this.reader.ofMerchant(merchantId);
  }

  @Query()
  @Allow('ACCOUNT')
  teamInvitations(@CurrentActor() { userId }: Actor) {
    return this.reader.ofUser(userId);
  }

  @Mutation()
  @Allow('TEAM')
  async teamMemberInvite(
    @CurrentActor() actor: Actor,
    @Args()
    {
      merchantId,
      phone,
      role,
    }: { readonly merchantId: string; readonly phone: string; readonly role: TeamRole },
  ) {
    const isOwn = merchantsOf(actor, 'TEAM').includes(merchantId);
    const merchant = isOwn ? await this.merchants.byId(merchantId) : null;
    if (!merchant) throw new NotFound('Merchant', merchantId);
    const invited = await this.service.invite(merchant, { phone, role }, actor.userId);
    return refused(invited) ? invited : this.answer(invited);
  }

  @Mutation()
  @Allow('TEAM')
  async teamInvitationResend(@CurrentActor() { userId }: Actor, @Args('invitationId') invitationId: string) {
    const sent = await this.service.resend(invitationId, userId);
    return refused(sent) ? sent : this.answer(sent);
  }

  @Mutation()
  @Allow('TEAM')
  async teamInvitationWithdraw(
    @CurrentActor() { userId }: Actor,
    @Args('invitationId') invitationId: string,
  ) {
    const withdrawn = await this.service.withdraw(invitationId, userId);
    return refused(withdrawn) ? withdrawn : this.answer(withdrawn);
  }

  @Mutation()
  @Allow('ACCOUNT')
  async teamInvitationAccept(@CurrentActor() { userId }: Actor, @Args('invitationId') invitationId: string) {
    const accepted = await this.service.accept(invitationId, userId);
    return refused(accepted) ? accepted : this.answer(accepted);
  }

  @Mutation()
  @Allow('ACCOUNT')
  async teamInvitationDecline(@CurrentActor() { userId }: Actor, @Args('invitationId') invitationId: string) {
    const declined = await this.service.decline(invitationId, userId);
    return refused(declined) ? declined : this.answer(declined);
  }

  @ResolveField()
  async merchantName(
    @Parent() { merchantId }: TeamInvitationRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const { merchants } = this;
    const merchant = await loaders
      .byId(
        TeamInvitationResolver,
        (ids) => merchants.byIds(ids),
        ({ id }: MerchantRow) => id,
      )
      .load(merchantId);
    return merchant?.name ?? '';
  }

  private async answer(id: TeamInvitationId): Promise<{ invitation: TeamInvitationRow }> {
    return { invitation: present(await this.reader.byId(id), 'the invitation just written') };
  }
}
