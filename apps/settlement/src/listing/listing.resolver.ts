import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type DomainError, type ReturnedField, pageRequest, present, refused } from '#libs/kernel';
import {
  LISTING_QUEUE_KEY_PARTS,
  type ListingId,
  type ListingRow,
  type ListingState,
  type ListingVerdict,
  ProductListingReader,
  ProductListingReviewService,
} from '#libs/listing';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

const WAITING: readonly ListingState[] = ['SUBMITTED'];

@Resolver()
export class ListingResolver {
  constructor(
    private readonly review: ProductListingReviewService,
    private readonly reader: ProductListingReader,
  ) {}

  @Query()
  @Allow('LISTING_READ')
  listings(
    @CurrentActor() actor: Actor,
    @Args()
    {
      states,
      first,
      after,
    }: { states?: readonly ListingState[] | null; first?: number | null; after?: string | null },
  ) {
    const page = orThrow(pageRequest(first, after, LISTING_QUEUE_KEY_PARTS));
    return this.reader.page({ divisions: divisionsOf(actor, 'LISTING_READ') }, states ?? WAITING, page);
  }

  @Query()
  @Allow('LISTING_READ')
  listing(@CurrentActor() actor: Actor, @Args('id') id: string) {
    return this.reader.byId(id, { divisions: divisionsOf(actor, 'LISTING_READ') });
  }

  @Mutation()
  @Allow('LISTING_REVIEW')
  @AuditedBelow('listing.approved')
  async listingApprove(
    @CurrentActor() actor: Actor,
    @Args() { priceReason = null, ...verdict }: ListingVerdict & { readonly priceReason?: string | null },
  ) {
    const reviewer = reviewerOf(actor);
    return this.answer(reviewer.divisions, await this.review.approve(verdict, priceReason, reviewer));
  }

  @Mutation()
  @Allow('LISTING_REVIEW')
  @AuditedBelow('listing.returned')
  async listingReturn(
    @CurrentActor() actor: Actor,
    @Args()
    {
      reason,
      fields,
      ...verdict
    }: ListingVerdict & { readonly reason: string; readonly fields: readonly ReturnedField[] },
  ) {
    const reviewer = reviewerOf(actor);
    const returned = await this.review.returnForMending(verdict, reason, fields, reviewer);
    return this.answer(reviewer.divisions, returned);
  }

  private async answer<R extends DomainError>(
    divisions: readonly string[] | 'ALL',
    result: ListingId | R,
  ): Promise<R | { listing: ListingRow }> {
    if (refused(result)) return result as R;
    return { listing: present(await this.reader.byId(result, { divisions }), 'the listing just decided') };
  }
}

const reviewerOf = (actor: Actor) => ({
  userId: actor.userId,
  divisions: divisionsOf(actor, 'LISTING_REVIEW'),
});
