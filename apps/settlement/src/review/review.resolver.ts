import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { pageRequest, refused } from '#libs/kernel';
import {
  REVIEW_KEY_PARTS,
  ReviewReader,
  type ReviewRow,
  ReviewService,
  type ReviewState,
} from '#libs/review';
import { type Actor, Allow, CurrentActor, assertPlatformWide, divisionsOf } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface ReviewsArgs {
  readonly states?: readonly ReviewState[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

function moderatorOf(actor: Actor) {
  return { userId: actor.userId, divisions: divisionsOf(actor, 'REVIEW_MODERATE') };
}

@Resolver('Review')
export class ReviewResolver {
  constructor(
    private readonly service: ReviewService,
    private readonly reader: ReviewReader,
  ) {}

  @Query()
  @Allow('REVIEW_MODERATE')
  reviews(@CurrentActor() actor: Actor, @Args() { states, first, after }: ReviewsArgs) {
    const page = orThrow(pageRequest(first, after, REVIEW_KEY_PARTS));
    return this.reader.page(moderatorOf(actor), states ?? ['HELD'], page, 'OLDEST');
  }

  @Query()
  @Allow('REVIEW_MODERATE')
  reviewWords(): Promise<string[]> {
    return this.reader.words();
  }

  @Mutation()
  @Allow('REVIEW_MODERATE')
  async reviewHide(
    @CurrentActor() actor: Actor,
    @Args() { id, reason }: { readonly id: string; readonly reason: string },
  ) {
    const hidden = await this.service.hide(id, reason, moderatorOf(actor));
    return refused(hidden) ? hidden : { review: await this.reader.byId(hidden, moderatorOf(actor)) };
  }

  @Mutation()
  @Allow('REVIEW_MODERATE')
  async reviewShow(@CurrentActor() actor: Actor, @Args('id') id: string) {
    const shown = await this.service.show(id, moderatorOf(actor));
    return refused(shown) ? shown : { review: await this.reader.byId(shown, moderatorOf(actor)) };
  }

  /** One list for all: whoever answers for a division does not change it. */
  @Mutation()
  @Allow('REVIEW_MODERATE')
  async reviewWordSet(
    @CurrentActor() actor: Actor,
    @Args() { word, isListed }: { readonly word: string; readonly isListed: boolean },
  ) {
    assertPlatformWide(actor, 'REVIEW_MODERATE');
    const refusal = await this.service.setWord(word, isListed, actor.userId);
    return refusal ?? { words: await this.reader.words() };
  }

  @ResolveField()
  photos(@Parent() { id }: ReviewRow, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .listOf(
        `${ReviewReader.name}.photos`,
        (ids) => reader.photosOf(ids),
        (photo) => photo.reviewId,
      )
      .load(id);
  }
}
