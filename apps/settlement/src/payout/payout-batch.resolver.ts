import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, type Page, pageRequest, refused } from '#libs/kernel';
import {
  type BatchWish,
  PayoutBatchReader,
  PayoutBatchService,
  type PayoutBatchState,
  type PayoutBatchView,
  type PayoutImport,
} from '#libs/settlement';
import { type Actor, Allow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { orThrow } from '#platform/graphql';

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
  async payoutBatchApprove(@CurrentActor() actor: Actor, @Args('batchId') batchId: string) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const batch = await this.service.vote(actor.userId, batchId, 'APPROVE', null);
    return refused(batch) ? batch : { batch };
  }

  @Mutation()
  @Allow('PAYOUT_APPROVE')
  async payoutBatchReject(
    @CurrentActor() actor: Actor,
    @Args('batchId') batchId: string,
    @Args('reason') reason: string,
  ) {
    assertPlatformWide(actor, 'PAYOUT_APPROVE');
    const batch = await this.service.vote(actor.userId, batchId, 'REJECT', reason);
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

  private async found(batchId: string): Promise<PayoutBatchView> {
    const batch = await this.reader.byId(batchId);
    if (!batch) throw new NotFound('PayoutBatch', batchId);
    return batch;
  }
}
