import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InvalidInputError, pageOf, pageRequest, refused } from '#libs/kernel';
import {
  REVIEW_KEY_PARTS,
  ReviewReader,
  type ReviewRow,
  ReviewService,
  type ReviewSummaryRow,
  averageHundredths,
} from '#libs/review';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

interface PostInput {
  readonly orderLineId: string;
  readonly rating: number;
  readonly text: string;
  readonly photoIds?: readonly string[] | null;
}

const STARS = { zh: '星级须为 1 到 5', en: 'Ask for one to five stars.' };

@Resolver('OwnReview')
export class OwnReviewResolver {
  constructor(
    private readonly service: ReviewService,
    private readonly reader: ReviewReader,
  ) {}

  @Query()
  @Allow('BUY')
  ownReviews(@CurrentActor() { userId }: Actor, @Args() { first, after }: PageArgs) {
    const page = orThrow(pageRequest(first, after, REVIEW_KEY_PARTS));
    return this.reader.page({ buyerId: userId }, null, page);
  }

  @Mutation()
  @Allow('BUY')
  async reviewPost(@CurrentActor() { userId }: Actor, @Args('input') { photoIds, ...input }: PostInput) {
    const posted = await this.service.post(userId, { ...input, photoIds: photoIds ?? [] });
    return refused(posted) ? posted : { review: await this.reader.byId(posted, { buyerId: userId }) };
  }

  @ResolveField()
  photos(@Parent() { id }: ReviewRow, @Context() { loaders }: GraphqlContext) {
    return photosOf(this.reader, loaders, id);
  }
}

@Resolver('Review')
export class ReviewResolver {
  constructor(private readonly reader: ReviewReader) {}

  @ResolveField()
  photos(@Parent() { id }: ReviewRow, @Context() { loaders }: GraphqlContext) {
    return photosOf(this.reader, loaders, id);
  }
}

function photosOf(reader: ReviewReader, loaders: GraphqlContext['loaders'], reviewId: string) {
  return loaders
    .listOf(
      `${ReviewReader.name}.photos`,
      (ids) => reader.photosOf(ids),
      (photo) => photo.reviewId,
    )
    .load(reviewId);
}

@Resolver('Product')
export class ProductReviewResolver {
  constructor(private readonly reader: ReviewReader) {}

  @ResolveField()
  async reviews(
    @Parent() { id }: { readonly id: string },
    @Args() { rating = null, first, after }: PageArgs & { readonly rating?: number | null },
    @Context() { loaders }: GraphqlContext,
  ) {
    const page = orThrow(pageRequest(first, after, REVIEW_KEY_PARTS));
    if (rating !== null && (rating < 1 || rating > 5))
      orThrow(new InvalidInputError([{ path: 'rating', message: STARS }]));
    const { reader } = this;
    // A page of products asks for the reviews of all of them at once, as long as it asks the same of each.
    const rows = await loaders
      .listOf(
        `${ReviewReader.name}.shownOf:${JSON.stringify([rating, page])}`,
        (ids) => reader.shownOf(ids, rating, page),
        (review) => review.productId,
      )
      .load(id);
    return pageOf(rows, page.first, (row) => [row.id]);
  }

  @ResolveField()
  async reviewSummary(@Parent() { id }: { readonly id: string }, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    const found = await loaders
      .byId<ReviewSummaryRow>(
        `${ReviewReader.name}.summaries`,
        (ids) => reader.summariesOf(ids),
        (row) => row.productId,
      )
      .load(id);
    const average = found && averageHundredths(found.stars);
    if (!found || average === null) return null;
    const count = found.stars.reduce((sum, each) => sum + each, 0);
    return { count, averageHundredths: average, stars: found.stars };
  }
}

@Resolver('OrderLine')
export class LineReviewResolver {
  constructor(private readonly reader: ReviewReader) {}

  @ResolveField()
  review(@Parent() { id }: { readonly id: string }, @Context() { loaders }: GraphqlContext) {
    const { reader } = this;
    return loaders
      .byId<ReviewRow>(
        `${ReviewReader.name}.ofLines`,
        (ids) => reader.ofLines(ids),
        (row) => row.orderLineId,
      )
      .load(id);
  }
}
