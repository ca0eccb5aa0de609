import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ApprovalReader, type ApprovalRequestRow, type Verdict } from '#libs/approval';
import { type Page, isId, pageRequest, present, refused } from '#libs/kernel';
import { BankRefundReader, type BankRefundRow, BankRefundService, type BankRefundState } from '#libs/payment';
import { type Actor, Allow, CurrentActor, assertPlatformWide, Audited, AuditedBelow } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

@Resolver('BankRefund')
export class BankRefundResolver {
  constructor(
    private readonly service: BankRefundService,
    private readonly reader: BankRefundReader,
    private readonly approvals: ApprovalReader,
  ) {}

  @Query()
  @Allow('REFUND_READ')
  @Audited('bank_refund.seen')
  async bankRefunds(
    @CurrentActor() actor: Actor,
    @Args()
    { state, first, after }: { state?: BankRefundState | null; first?: number | null; after?: string | null },
  ): Promise<Page<BankRefundRow>> {
    assertPlatformWide(actor, 'REFUND_READ');
    return this.reader.page(state ?? null, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('REFUND_READ')
  @Audited('bank_refund.seen')
  async bankRefund(
    @CurrentActor() actor: Actor,
    @Args('refundId') refundId: string,
  ): Promise<BankRefundRow | null> {
    assertPlatformWide(actor, 'REFUND_READ');
    return isId('rfd', refundId) ? this.reader.byId(refundId) : null;
  }

  @Mutation()
  @Allow('MANUAL_REFUND_APPROVE')
  @AuditedBelow('approval.approved')
  async bankRefundVote(
    @CurrentActor() actor: Actor,
    @Args('refundId') refundId: string,
    @Args('verdict') verdict: Verdict,
    @Args('reason') reason: string | null = null,
    @Args('contentHash') seenHash: string | null = null,
  ) {
    assertPlatformWide(actor, 'MANUAL_REFUND_APPROVE');
    const voted = await this.service.vote(actor.userId, refundId, { verdict, reason, seenHash });
    return refused(voted) ? voted : { bankRefund: await this.reader.byId(voted) };
  }

  @Mutation()
  @Allow('MANUAL_REFUND_SEND')
  @AuditedBelow('bank_refund.account_read')
  async bankRefundInstruct(@CurrentActor() actor: Actor, @Args('refundId') refundId: string) {
    assertPlatformWide(actor, 'MANUAL_REFUND_SEND');
    const instruction = await this.service.instruct(actor.userId, refundId);
    return refused(instruction) ? instruction : { instruction };
  }

  @Mutation()
  @Allow('MANUAL_REFUND_SEND')
  @AuditedBelow('bank_refund.confirmed')
  async bankRefundConfirm(
    @CurrentActor() actor: Actor,
    @Args('refundId') refundId: string,
    @Args('bankRef') bankRef: string,
  ) {
    assertPlatformWide(actor, 'MANUAL_REFUND_SEND');
    const confirmed = await this.service.confirm(actor.userId, refundId, bankRef);
    return refused(confirmed) ? confirmed : { bankRefund: await this.reader.byId(confirmed) };
  }

  @Mutation()
  @Allow('MANUAL_REFUND_SEND')
  @AuditedBelow('bank_refund.returned')
  async bankRefundReturn(@CurrentActor() actor: Actor, @Args('refundId') refundId: string) {
    assertPlatformWide(actor, 'MANUAL_REFUND_SEND');
    const returned = await this.service.giveBack(actor.userId, refundId);
    return refused(returned) ? returned : { bankRefund: await this.reader.byId(returned) };
  }

  @ResolveField()
  async approval(
    @Parent() { approvalRequestId }: BankRefundRow,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ApprovalRequestRow> {
    const { approvals } = this;
    const byId = loaders.byId(
      BankRefundResolver,
      (ids) => approvals.byIds(ids),
      (request) => request.id,
    );
    return present(await byId.load(approvalRequestId), 'the request for a bank refund');
  }
}
