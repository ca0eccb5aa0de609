import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  BATCH_RECALL_KEY_PARTS,
  BatchRecallReader,
  BatchRecallService,
  type RecallState,
  type RecallWish,
} from '#libs/harvest';
import { type DomainError, pageRequest, present, refused } from '#libs/kernel';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface EndArgs {
  readonly recallId: string;
  readonly reason: string;
}

const officialOf = (actor: Actor) => ({
  userId: actor.userId,
  divisions: divisionsOf(actor, 'BATCH_REVIEW'),
});

@Resolver()
export class BatchRecallResolver {
  constructor(
    private readonly recalls: BatchRecallService,
    private readonly reader: BatchRecallReader,
  ) {}

  @Query()
  @Allow('BATCH_READ')
  batchRecalls(
    @CurrentActor() actor: Actor,
    @Args()
    {
      states = null,
      first,
      after,
    }: { states?: readonly RecallState[] | null; first?: number | null; after?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, BATCH_RECALL_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'BATCH_READ') }, states, page);
  }

  @Mutation()
  @Allow('BATCH_REVIEW')
  @AuditedBelow('batch_recall.asked')
  async batchRecallPropose(@CurrentActor() actor: Actor, @Args() wish: RecallWish) {
    return this.shown(await this.recalls.propose(wish, officialOf(actor)));
  }

  @Mutation()
  @Allow('BATCH_REVIEW')
  @AuditedBelow('batch_recall.started')
  async batchRecallConfirm(@CurrentActor() actor: Actor, @Args('recallId') recallId: string) {
    return this.shown(await this.recalls.confirm(recallId, officialOf(actor)));
  }

  @Mutation()
  @Allow('BATCH_REVIEW')
  @AuditedBelow('batch_recall.dropped')
  async batchRecallDrop(@CurrentActor() actor: Actor, @Args() { recallId, reason }: EndArgs) {
    return this.shown(await this.recalls.drop(recallId, reason, officialOf(actor)));
  }

  @Mutation()
  @Allow('BATCH_REVIEW')
  @AuditedBelow('batch_recall.lifted')
  async batchRecallLift(@CurrentActor() actor: Actor, @Args() { recallId, reason }: EndArgs) {
    return this.shown(await this.recalls.lift(recallId, reason, officialOf(actor)));
  }

  private async shown(result: string | DomainError) {
    if (refused(result)) return result;
    return { recall: present(await this.reader.byId(result), 'the recall just written') };
  }
}
