import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotFound, pageRequest, refused } from '#libs/kernel';
import { REVIEW_KEY_PARTS, ReviewReader, ReviewService } from '#libs/review';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface ReviewsArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Review')
export class ReviewResolver {
  constructor(
    private readonly service: ReviewService,
    private readonly reader: ReviewReader,
  ) {}

  @Query()
  @Allow('AFTER_SALE')
  reviews(@CurrentActor() actor: Actor, @Args() { merchantId, first, after }: ReviewsArgs) {
    if (!merchantsOf(actor, 'AFTER_SALE').includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const page = orThrow(pageRequest(first, after, REVIEW_KEY_PARTS));
    return this.reader.page({ merchantIds: [merchantId] }, null, page);
  }

  @Mutation()
  @Allow('AFTER_SALE')
  async reviewReply(
    @CurrentActor() actor: Actor,
    @Args() { id, text }: { readonly id: string; readonly text: string },
  ) {
    const merchantIds = merchantsOf(actor, 'AFTER_SALE');
    const replied = await this.service.reply(id, text, { userId: actor.userId, merchantIds });
    return refused(replied) ? replied : { review: await this.reader.byId(replied, { merchantIds }) };
  }
}
