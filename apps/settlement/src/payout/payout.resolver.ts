import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type IdOf, NotFound, type Page, pageRequest, refused } from '#libs/kernel';
import type { AccountOwner } from '#libs/ledger';
import {
  type PaidKind,
  PayeeAccountReader,
  PayoutDeskService,
  type PayoutFilter,
  type PayoutItemView,
  PayoutReader,
  PayoutTransferService,
  type PayoutView,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide, Audited, AuditedBelow } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { AccountOwnerLoader } from '../ledger/account-owner.loader.js';

interface PayoutsArgs {
  readonly filter?: PayoutFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface PayoutItemsArgs {
  readonly payoutId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** In the words of the books. */
const OWNER_KIND = {
  MERCHANT: 'MERCHANT',
  HOUSEHOLD: 'HOUSEHOLD',
  OPERATOR: 'COUNTER',
  FUND: 'DIVISION',
} as const satisfies Record<PaidKind, AccountOwner['kind']>;

@Resolver('Payout')
export class PayoutResolver {
  constructor(
    private readonly reader: PayoutReader,
    private readonly desk: PayoutDeskService,
    private readonly transfers: PayoutTransferService,
    private readonly accounts: PayeeAccountReader,
    private readonly owners: AccountOwnerLoader,
  ) {}

  @Query()
  @Allow('PAYOUT_READ')
  @Audited('payout.seen')
  async payouts(
    @CurrentActor() actor: Actor,
    @Args() { filter, first, after }: PayoutsArgs,
  ): Promise<Page<PayoutView>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.reader.page(filter ?? {}, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('PAYOUT_READ')
  @Audited('payout.seen', 'payoutId')
  async payout(@CurrentActor() actor: Actor, @Args('payoutId') payoutId: string): Promise<PayoutView> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.found(payoutId);
  }

  @Query()
  @Allow('PAYOUT_READ')
  async payoutItems(
    @CurrentActor() actor: Actor,
    @Args() { payoutId, first, after }: PayoutItemsArgs,
  ): Promise<Page<PayoutItemView>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    await this.found(payoutId);
    return this.reader.items(payoutId, orThrow(pageRequest(first, after, 2)));
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  @AuditedBelow('payout.cancelled')
  async payoutCancel(
    @CurrentActor() actor: Actor,
    @Args('payoutId') payoutId: string,
    @Args('reason') reason: string,
  ) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const done = await this.desk.cancel(actor.userId, payoutId, reason);
    return refused(done) ? done : { payout: await this.found(payoutId) };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  @AuditedBelow('payout.recalled')
  async payoutRecall(
    @CurrentActor() actor: Actor,
    @Args('payoutId') payoutId: string,
    @Args('reason') reason: string,
  ) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const done = await this.transfers.recall(actor.userId, payoutId, reason);
    return refused(done) ? done : { payout: await this.found(payoutId) };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  @AuditedBelow('payout.declared_absent')
  async payoutDeclareAbsent(@CurrentActor() actor: Actor, @Args('payoutId') payoutId: string) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const done = await this.transfers.declareAbsent(actor.userId, payoutId);
    return refused(done) ? done : { payout: await this.found(payoutId) };
  }

  @ResolveField()
  account(@Parent() { accountId }: PayoutView, @Context() { loaders }: GraphqlContext) {
    const { accounts } = this;
    const byId = loaders.byId(
      PayeeAccountReader,
      (ids) => accounts.byIds(ids as readonly IdOf<'pba'>[]),
      (account) => account.id,
    );
    return byId.load(accountId);
  }

  @ResolveField()
  payeeName(@Parent() { payeeKind, payeeId: id }: PayoutView, @Context() context: GraphqlContext) {
    return this.owners.nameOf({ kind: OWNER_KIND[payeeKind], id }, context);
  }

  private async found(payoutId: string): Promise<PayoutView> {
    const payout = await this.reader.byId(payoutId);
    if (!payout) throw new NotFound('Payout', payoutId);
    return payout;
  }
}
