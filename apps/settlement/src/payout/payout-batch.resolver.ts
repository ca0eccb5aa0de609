import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ApprovalReader, type ApprovalRequestRow } from '#libs/approval';
import { UserReader } from '#libs/identity';
import { NotFound, type Page, pageRequest, present, refused } from '#libs/kernel';
import {
  type BatchWish,
  PayoutBatchReader,
  PayoutBatchService,
  type PayoutBatchState,
  type PayoutBatchView,
  type PayoutImport,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { type Person, personOf } from '../approval/person.loader.js';

interface BatchArgs extends Omit<BatchWish, 'encoding'> {
  readonly encoding?: BatchWish['encoding'] | null;
}

interface PayoutBatchesArgs {
  readonly state?: PayoutBatchState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('PayoutBatch')
export class PayoutBatchResolver {
  constructor(
    private readonly reader: PayoutBatchReader,
    private readonly service: PayoutBatchService,
    private readonly approvals: ApprovalReader,
    private readonly users: UserReader,
  ) {}

  @Query()
  @Allow('PAYOUT_READ')
  async payoutBatches(
    @CurrentActor() actor: Actor,
    @Args() { state, first, after }: PayoutBatchesArgs,
  ): Promise<Page<PayoutBatchView>> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.reader.page(state ?? null, orThrow(pageRequest(first, after, 1)));
  }

  @Query()
  @Allow('PAYOUT_READ')
  async payoutBatch(
    @CurrentActor() actor: Actor,
    @Args('batchId') batchId: string,
  ): Promise<PayoutBatchView> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    return this.found(batchId);
  }

  @Query()
  @Allow('PAYOUT_READ')
  async payoutImports(
    @CurrentActor() actor: Actor,
    @Args('batchId') batchId: string,
  ): Promise<PayoutImport[]> {
    assertPlatformWide(actor, 'PAYOUT_READ');
    await this.found(batchId);
    return this.reader.imports(batchId);
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  async payoutBatchCreate(@CurrentActor() actor: Actor, @Args('input') { encoding, ...input }: BatchArgs) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const batchId = await this.service.create(actor.userId, { ...input, encoding: encoding ?? 'UTF_8' });
    return refused(batchId) ? batchId : { batch: await this.found(batchId) };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  async payoutBatchApprove(
    @CurrentActor() actor: Actor,
    @Args('batchId') batchId: string,
    @Args('contentHash') contentHash: string | null = null,
  ) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const batch = await this.service.vote(actor.userId, batchId, 'APPROVE', null, contentHash);
    return refused(batch) ? batch : { batch };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  async payoutBatchReject(
    @CurrentActor() actor: Actor,
    @Args('batchId') batchId: string,
    @Args('reason') reason: string,
    @Args('contentHash') contentHash: string | null = null,
  ) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const batch = await this.service.vote(actor.userId, batchId, 'REJECT', reason, contentHash);
    return refused(batch) ? batch : { batch };
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  async payoutBatchWithdraw(@CurrentActor() actor: Actor, @Args('batchId') batchId: string) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const batch = await this.service.withdraw(actor.userId, batchId);
    return refused(batch) ? batch : { batch };
  }

  @Mutation()
  @Allow('PAYOUT_PREPARE')
  async payoutBatchVoid(
    @CurrentActor() actor: Actor,
    @Args('batchId') batchId: string,
    @Args('reason') reason: string,
  ) {
    assertPlatformWide(actor, 'PAYOUT_PREPARE');
    const batch = await this.service.void(actor.userId, batchId, reason);
    return refused(batch) ? batch : { batch };
  }

  @ResolveField()
  async approval(
    @Parent() { approvalId }: PayoutBatchView,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ApprovalRequestRow> {
    const { approvals } = this;
    const byId = loaders.byId(
      PayoutBatchResolver,
      (ids) => approvals.byIds(ids),
      (request) => request.id,
    );
    return present(await byId.load(approvalId), 'the request for a batch');
  }

  @ResolveField()
  maker(@Parent() { createdBy }: PayoutBatchView, @Context() context: GraphqlContext): Promise<Person> {
    return personOf(createdBy, this.users, context);
  }

  @ResolveField()
  exporter(
    @Parent() { exportedBy }: PayoutBatchView,
    @Context() context: GraphqlContext,
  ): Promise<Person> | null {
    return exportedBy === null ? null : personOf(exportedBy, this.users, context);
  }

  private async found(batchId: string): Promise<PayoutBatchView> {
    const batch = await this.reader.byId(batchId);
    if (!batch) throw new NotFound('PayoutBatch', batchId);
    return batch;
  }
}
