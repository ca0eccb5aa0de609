import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Verdict } from '#libs/approval';
import { InvalidInputError, type Page, pageRequest, refused } from '#libs/kernel';
import {
  PROMOTION_KEY_PARTS,
  PromotionReader,
  type PromotionRow,
  PromotionService,
  type PromotionState,
  type PromotionWish,
} from '#libs/promotion';
import { type Actor, Allow, CurrentActor, divisionsOf } from '#platform/auth';
import { orThrow } from '#platform/graphql';

interface PromotionsArgs {
  readonly state?: PromotionState | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface PromotionProposeArgs {
  readonly divisionCode?: string | null;
  readonly input: Omit<PromotionWish, 'budgetFen'> & { readonly budgetFen?: PromotionWish['budgetFen'] };
}

interface PromotionDecideArgs {
  readonly promotionId: string;
  readonly verdict: Verdict;
  readonly reason?: string | null;
}

const notOthers = {
  path: 'kind',
  message: {
    zh: '此处只能提交平台券和消费券',
    en: 'Here coupons of the platform and vouchers are proposed.',
  },
};
const noDivision = {
  path: 'divisionCode',
  message: {
    zh: '消费券须写明出资的地区，平台券不写',
    en: 'A voucher names the division that pays, a coupon none.',
  },
};

@Resolver('Promotion')
export class PromotionResolver {
  constructor(
    private readonly reader: PromotionReader,
    private readonly service: PromotionService,
  ) {}

  @Query()
  @Allow('PROMOTION_READ')
  promotions(
    @CurrentActor() actor: Actor,
    @Args() { state, first, after }: PromotionsArgs,
  ): Promise<Page<PromotionRow>> {
    const page = orThrow(pageRequest(first, after, PROMOTION_KEY_PARTS));
    return this.reader.pageWithin(divisionsOf(actor, 'PROMOTION_READ'), state ?? null, page);
  }

  @Mutation()
  @Allow('PROMOTION_PROPOSE')
  async promotionPropose(
    @CurrentActor() actor: Actor,
    @Args() { divisionCode, input }: PromotionProposeArgs,
  ) {
    const { kind, budgetFen = null, ...wish } = input;
    if (kind !== 'PLATFORM_COUPON' && kind !== 'VOUCHER') return new InvalidInputError([notOthers]);
    const payer = divisionCode ?? '';
    if ((kind === 'VOUCHER') !== (payer !== '')) return new InvalidInputError([noDivision]);
    const promotion = await this.service.propose(
      divisionsOf(actor, 'PROMOTION_PROPOSE'),
      { ...wish, kind, budgetFen, divisionCode: payer },
      actor.userId,
    );
    return refused(promotion) ? promotion : { promotion };
  }

  @Mutation()
  @Allow('PROMOTION_APPROVE')
  async promotionDecide(@CurrentActor() actor: Actor, @Args() args: PromotionDecideArgs) {
    const { promotionId, verdict, reason } = args;
    const promotion = await this.service.decide({
      promotionId,
      verdict,
      reason: reason ?? null,
      userId: actor.userId,
      scope: divisionsOf(actor, 'PROMOTION_APPROVE'),
    });
    return refused(promotion) ? promotion : { promotion };
  }

  @Mutation()
  @Allow('PROMOTION_PROPOSE')
  async promotionWithdraw(@CurrentActor() { userId }: Actor, @Args('promotionId') promotionId: string) {
    const promotion = await this.service.withdraw(promotionId, userId);
    return refused(promotion) ? promotion : { promotion };
  }

  @Mutation()
  @Allow('PROMOTION_PROPOSE')
  async promotionEnd(@CurrentActor() actor: Actor, @Args('promotionId') promotionId: string) {
    const scope = divisionsOf(actor, 'PROMOTION_PROPOSE');
    const promotion = await this.service.end(promotionId, { scope }, actor.userId);
    return refused(promotion) ? promotion : { promotion };
  }

  @ResolveField()
  divisionCode(@Parent() { divisionCode }: PromotionRow): string | null {
    return divisionCode || null;
  }
}
