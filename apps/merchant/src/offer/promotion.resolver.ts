import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type IdOf, InvalidInputError, NotFound, type Page, isId, pageRequest, refused } from '#libs/kernel';
import {
  PROMOTION_KEY_PARTS,
  PromotionReader,
  type PromotionRow,
  PromotionService,
  type PromotionWish,
} from '#libs/promotion';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PromotionsArgs {
  readonly merchantId: string;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface PromotionPublishArgs {
  readonly merchantId: string;
  readonly input: Omit<PromotionWish, 'budgetFen'> & { readonly budgetFen?: PromotionWish['budgetFen'] };
}

const notOwn = {
  path: 'kind',
  message: { zh: '商家只能发布降价和店铺券', en: 'Merchants give price cuts and coupons of their own.' },
};

@Resolver('Promotion')
export class PromotionResolver {
  constructor(
    private readonly reader: PromotionReader,
    private readonly service: PromotionService,
  ) {}

  @Query()
  @Allow('OFFER_SET')
  promotions(
    @CurrentActor() actor: Actor,
    @Args() { merchantId, first, after }: PromotionsArgs,
  ): Promise<Page<PromotionRow>> {
    const id = ownMerchant(actor, merchantId);
    return this.reader.pageOfMerchant(id, orThrow(pageRequest(first, after, PROMOTION_KEY_PARTS)));
  }

  @Mutation()
  @Allow('OFFER_SET')
  async promotionPublish(@CurrentActor() actor: Actor, @Args() { merchantId, input }: PromotionPublishArgs) {
    const id = ownMerchant(actor, merchantId);
    const { kind, budgetFen = null, ...wish } = input;
    if (kind !== 'PRICE_CUT' && kind !== 'MERCHANT_COUPON') return new InvalidInputError([notOwn]);
    const promotion = await this.service.publishOwn(id, { ...wish, kind, budgetFen }, actor.userId);
    return refused(promotion) ? promotion : { promotion };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async promotionEnd(@CurrentActor() actor: Actor, @Args('promotionId') promotionId: string) {
    const merchantIds = merchantsOf(actor, 'OFFER_SET');
    const promotion = await this.service.end(promotionId, { merchantIds }, actor.userId);
    return refused(promotion) ? promotion : { promotion };
  }
}

function ownMerchant(actor: Actor, merchantId: string): IdOf<'mer'> {
  if (!isId('mer', merchantId) || !merchantsOf(actor, 'OFFER_SET').includes(merchantId))
    throw new NotFound('Merchant', merchantId);
  return merchantId;
}
