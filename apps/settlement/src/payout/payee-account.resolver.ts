import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, pageRequest, refused } from '#libs/kernel';
import {
  type AccountProof,
  type AccountProposal,
  PayeeAccountReader,
  type PayeeAccountRow,
  PayeeAccountService,
  type PayeeAccountState,
  maskName,
  payeeOf,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide, Audited, AuditedBelow } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PayeeAccountsArgs {
  readonly state?: PayeeAccountState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface PayeeAccountProposeInput extends Omit<AccountProposal, 'bankCode'> {
  readonly payeeId: string;
  readonly bankCode?: string | null;
}

interface PayeeAccountVerifyInput {
  readonly accountId: string;
  readonly how: AccountProof;
  readonly evidence: string;
}

@Resolver('PayeeAccount')
export class PayeeAccountResolver {
  constructor(
    private readonly reader: PayeeAccountReader,
    private readonly accounts: PayeeAccountService,
  ) {}

  @Query()
  @Allow('PAYOUT_READ')
  @Audited('payee_account.seen')
  async payeeAccounts(
    @CurrentActor() actor: Actor,
    @Args() { state, first, after }: PayeeAccountsArgs,
  ): Promise<Page<PayeeAccountRow>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.reader.page(state ?? null, orThrow(pageRequest(first, after, 1)));
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  @AuditedBelow('payee_account.proposed')
  async payeeAccountPropose(
    @CurrentActor() actor: Actor,
    @Args('input') { payeeId, bankCode = null, ...details }: PayeeAccountProposeInput,
  ) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const payee = payeeOf(payeeId);
    if (!payee) throw new NotFound('Payee', payeeId);
    const account = await this.accounts.propose(actor.userId, payee, { ...details, bankCode });
    return refused(account) ? account : { account };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  @AuditedBelow('payee_account.verified')
  async payeeAccountVerify(
    @CurrentActor() actor: Actor,
    @Args('input') { accountId, how, evidence }: PayeeAccountVerifyInput,
  ) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const account = await this.accounts.verify(actor.userId, accountId, how, evidence);
    return refused(account) ? account : { account };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  @AuditedBelow('payee_account.blocked')
  async payeeAccountBlock(
    @CurrentActor() actor: Actor,
    @Args('accountId') accountId: string,
    @Args('reason') reason: string,
  ) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const account = await this.accounts.block(actor.userId, accountId, reason);
    return refused(account) ? account : { account };
  }

  @ResolveField()
  maskedName(@Parent() { accountName }: PayeeAccountRow): string {
    return maskName(accountName);
  }
}
