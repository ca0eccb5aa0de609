import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type DomainError, pageRequest, present, refused } from '#libs/kernel';
import {
  type MerchantPaperId,
  MerchantPaperReader,
  MerchantPaperReviewService,
  type MerchantPaperRow,
  PAPER_KEY_PARTS,
  type PaperReviewer,
} from '#libs/merchant';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface Asked {
  readonly first?: number | null;
  readonly after?: string | null;
}

const reviewerOf = (actor: Actor): PaperReviewer => ({
  userId: actor.userId,
  divisions: divisionsOf(actor, 'MERCHANT_REVIEW'),
});

@Resolver()
export class PaperResolver {
  constructor(
    private readonly review: MerchantPaperReviewService,
    private readonly reader: MerchantPaperReader,
  ) {}

  @Query()
  @Allow('MERCHANT_READ')
  merchantPapersWaiting(@CurrentActor() actor: Actor, @Args() { first, after }: Asked) {
    const page = orThrow(pageRequest(first, after, PAPER_KEY_PARTS));
    return this.reader.pageWaiting(divisionsOf(actor, 'MERCHANT_READ'), page);
  }

  @Query()
  @Allow('MERCHANT_READ')
  merchantPapersEnding(@CurrentActor() actor: Actor, @Args() { first, after }: Asked) {
    const page = orThrow(pageRequest(first, after, PAPER_KEY_PARTS));
    return this.reader.pageEnding(divisionsOf(actor, 'MERCHANT_READ'), page);
  }

  @Query()
  @Allow('MERCHANT_READ')
  @AuditedBelow('merchant_paper.seen')
  merchantPaper(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.review.look(id, {
      userId: actor.userId,
      divisions: divisionsOf(actor, 'MERCHANT_READ'),
    });
  }

  @Mutation()
  @Allow('MERCHANT_REVIEW')
  @AuditedBelow('merchant_paper.accepted')
  async merchantPaperAccept(@CurrentActor() actor: Actor, @Args('paperId') paperId: string) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer, await this.review.accept(paperId, reviewer));
  }

  @Mutation()
  @Allow('MERCHANT_REVIEW')
  @AuditedBelow('merchant_paper.returned')
  async merchantPaperReturn(
    @CurrentActor() actor: Actor,
    @Args() { paperId, reason }: { readonly paperId: string; readonly reason: string },
  ) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer, await this.review.giveBack(paperId, reason, reviewer));
  }

  private async answer<R extends DomainError>(
    { divisions }: PaperReviewer,
    result: MerchantPaperId | R,
  ): Promise<R | { paper: MerchantPaperRow }> {
    if (refused(result)) return result as R;
    return { paper: present(await this.reader.byId(result, { divisions }), 'the paper just decided') };
  }
}
