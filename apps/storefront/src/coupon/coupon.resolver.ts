import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Clock, type Page, pageRequest, refused } from '#libs/kernel';
import {
  COUPON_KEY_PARTS,
  CouponReader,
  CouponService,
  type CouponView,
  PROMOTION_KEY_PARTS,
  PromotionReader,
  type PromotionRow,
} from '#libs/promotion';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

@Resolver('Coupon')
export class CouponResolver {
  constructor(
    private readonly reader: CouponReader,
    private readonly promotions: PromotionReader,
    private readonly service: CouponService,
    private readonly clock: Clock,
  ) {}

  @Query()
  @Allow('BUY')
  promotionsToClaim(@Args() { first, after }: PageArgs): Promise<Page<PromotionRow>> {
    const page = orThrow(pageRequest(first, after, PROMOTION_KEY_PARTS));
    return this.promotions.pageToClaim(this.clock.now(), page);
  }

  @Query()
  @Allow('BUY')
  coupons(@CurrentActor() { userId }: Actor, @Args() { first, after }: PageArgs): Promise<Page<CouponView>> {
    return this.reader.pageOf(userId, orThrow(pageRequest(first, after, COUPON_KEY_PARTS)));
  }

  @Mutation()
  @Allow('BUY')
  async couponClaim(
    @CurrentActor() { userId }: Actor,
    @Args() { promotionId, idempotencyKey }: { promotionId: string; idempotencyKey: string },
  ) {
    const coupon = await this.service.claim(userId, promotionId, idempotencyKey);
    return refused(coupon) ? coupon : { coupon };
  }
}
