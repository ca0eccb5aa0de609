import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type CapacityWish,
  HARVEST_BATCH_KEY_PARTS,
  HARVEST_CAPACITY_KEY_PARTS,
  HarvestBatchReader,
  HarvestCapacityReader,
  type HarvestReviewState,
  HarvestReviewService,
  type HarvestVerdict,
} from '#libs/harvest';
import { NotFound, pageRequest, present, refused } from '#libs/kernel';
import { BATCH_ORDER_KEY_PARTS, BatchOrderReader } from '#libs/ordering';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

const readable = (actor: Actor) => ({ divisions: divisionsOf(actor, 'BATCH_READ') });
const reviewerOf = (actor: Actor) => ({
  userId: actor.userId,
  divisions: divisionsOf(actor, 'BATCH_REVIEW'),
});

@Resolver()
export class HarvestResolver {
  constructor(
    private readonly reader: HarvestBatchReader,
    private readonly capacities: HarvestCapacityReader,
    private readonly orders: BatchOrderReader,
    private readonly review: HarvestReviewService,
  ) {}

  @Query()
  @Allow('BATCH_READ')
  harvestBatches(
    @CurrentActor() actor: Actor,
    @Args() { reviewState = null, first, after }: PageArgs & { reviewState?: HarvestReviewState | null },
  ) {
    const page = orThrow(pageRequest(first, after, HARVEST_BATCH_KEY_PARTS));
    return this.reader.page(readable(actor), { reviewState }, page);
  }

  @Query()
  @Allow('BATCH_READ')
  harvestBatch(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, readable(actor));
  }

  @Query()
  @Allow('BATCH_READ')
  async batchOrders(
    @CurrentActor() actor: Actor,
    @Args() { batchId, first, after }: PageArgs & { batchId: string },
  ) {
    const page = orThrow(pageRequest(first, after, BATCH_ORDER_KEY_PARTS));
    const batch = await this.reader.byId(batchId, readable(actor));
    if (!batch) throw new NotFound('HarvestBatch', batchId);
    return this.orders.page(batch.id, page);
  }

  @Query()
  @Allow('BATCH_READ')
  harvestCapacities(@CurrentActor() actor: Actor, @Args() { first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, HARVEST_CAPACITY_KEY_PARTS));
    return this.capacities.page(divisionsOf(actor, 'BATCH_READ'), page);
  }

  @Mutation()
  @Allow('BATCH_REVIEW')
  @AuditedBelow('harvest_capacity.set')
  harvestCapacitySet(@CurrentActor() actor: Actor, @Args('input') input: CapacityWish) {
    return this.review.setCapacity(input, reviewerOf(actor));
  }

  @Mutation()
  @Allow('BATCH_REVIEW')
  @AuditedBelow('harvest_batch.released')
  async harvestBatchDecide(@CurrentActor() actor: Actor, @Args() verdict: HarvestVerdict) {
    const reviewer = reviewerOf(actor);
    const decided = await this.review.decide(verdict, reviewer);
    if (refused(decided)) return decided;
    return { batch: present(await this.reader.byId(decided, reviewer), 'the batch just decided') };
  }
}
