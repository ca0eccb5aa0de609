import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { VariantReader } from '#libs/catalog';
import { NotFound, refused } from '#libs/kernel';
import { type PurchaseLimit, PurchaseLimitReader, PurchaseLimitService } from '#libs/ordering';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';

interface PurchaseLimitSetInput {
  readonly variantId: string;
  readonly orderMax?: number | null;
  readonly personMax?: number | null;
  readonly periodDays?: number | null;
}

@Resolver('PurchaseLimit')
export class PurchaseLimitResolver {
  constructor(
    private readonly reader: PurchaseLimitReader,
    private readonly service: PurchaseLimitService,
    private readonly variants: VariantReader,
  ) {}

  @Query()
  @Allow('OFFER_SET')
  async purchaseLimit(
    @CurrentActor() actor: Actor,
    @Args('variantId') variantId: string,
  ): Promise<PurchaseLimit> {
    const [variant] = await this.variants.byIds([variantId]);
    if (!variant || !merchantsOf(actor, 'OFFER_SET').includes(variant.merchantId))
      throw new NotFound('Variant', variantId);
    const [limit] = await this.reader.ofVariants([variantId]);
    return limit ?? { variantId, orderMax: null, personMax: null, periodDays: null };
  }

  @Mutation()
  @Allow('OFFER_SET')
  async purchaseLimitSet(@CurrentActor() actor: Actor, @Args('input') input: PurchaseLimitSetInput) {
    const { variantId, orderMax = null, personMax = null, periodDays = null } = input;
    const purchaseLimit = await this.service.set(
      merchantsOf(actor, 'OFFER_SET'),
      { variantId, orderMax, personMax, periodDays },
      actor.userId,
    );
    return refused(purchaseLimit) ? purchaseLimit : { purchaseLimit };
  }
}
