import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Fen } from '#libs/kernel';
import { MerchantReader, type MerchantRow } from '#libs/merchant';
import {
  type CheckoutPreview,
  CheckoutPreviewReader,
  type Handover,
  type PaymentTerm,
  type PricedPart,
  missingForFree,
} from '#libs/ordering';
import type { CouponChance, CouponObstacle, PromotionTerms } from '#libs/promotion';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { type GraphqlContext, orThrow } from '#platform/graphql';
import { Throttled } from '#platform/throttle';

interface CheckoutPreviewInput {
  readonly lines?:
    | readonly {
        readonly variantId: string;
        readonly quantity: number;
        readonly channelPointId?: string | null;
      }[]
    | null;
  readonly countyCode?: string | null;
  readonly handover?: Handover | null;
  readonly unitId?: string | null;
  readonly campaignCode?: string | null;
  readonly paymentTerm?: PaymentTerm | null;
  readonly couponIds?: readonly string[] | null;
  readonly adoptionObjectIds?: readonly string[] | null;
  readonly dispatchNotBefore?: string | null;
}

type Line = CheckoutPreview['lines'][number];

@Resolver('CheckoutPreview')
export class CheckoutResolver {
  constructor(private readonly previews: CheckoutPreviewReader) {}

  @Query()
  @Allow('SHOP')
  @Throttled('COSTLY')
  async checkoutPreview(
    @CurrentActor() { userId }: Actor,
    @Args('input')
    {
      lines: wanted,
      countyCode,
      handover,
      unitId,
      campaignCode,
      paymentTerm,
      couponIds,
      adoptionObjectIds,
      dispatchNotBefore,
    }: CheckoutPreviewInput,
  ): Promise<CheckoutPreview> {
    const lines = wanted?.map((line) => ({ ...line, channelPointId: line.channelPointId ?? '' })) ?? null;
    const recipient = { countyCode: countyCode ?? '' };
    const wish = {
      lines,
      recipient,
      handover: handover ?? ('PARCEL' as const),
      unitId: unitId ?? null,
      campaignCode: campaignCode ?? null,
      paymentTerm: paymentTerm ?? ('PREPAID' as const),
      couponIds: couponIds ?? [],
      adoptionObjectIds: adoptionObjectIds ?? [],
      dispatchNotBefore: dispatchNotBefore ?? null,
    };
    return orThrow<CheckoutPreview>(await this.previews.of(userId, wish));
  }
}

@Resolver('CheckoutLine')
export class CheckoutLineResolver {
  @ResolveField()
  variantName(@Parent() { variant }: Line): string {
    return variant.name;
  }

  @ResolveField()
  productId(@Parent() { variant }: Line): string {
    return variant.productId;
  }

  @ResolveField()
  productName(@Parent() { variant }: Line): string {
    return variant.productName;
  }

  @ResolveField()
  promisedDispatchOn(@Parent() { promisedOn }: Line): string | null {
    return promisedOn;
  }

  @ResolveField()
  channelPointId(@Parent() { channelPointId }: Line): string | null {
    return channelPointId || null;
  }

  @ResolveField()
  fundings(@Parent() { fundings }: Line) {
    return fundings.map((funding) => ({ ...funding, couponId: funding.couponId || null }));
  }
}

@Resolver('CouponChance')
export class CouponChanceResolver {
  @ResolveField()
  couponId(@Parent() { coupon }: CouponChance): string {
    return coupon.couponId;
  }

  @ResolveField()
  promotion(@Parent() { coupon }: CouponChance): PromotionTerms {
    return coupon.terms;
  }

  @ResolveField()
  obstacle(@Parent() { refused }: CouponChance): CouponObstacle | null {
    return refused?.obstacle ?? null;
  }

  @ResolveField()
  missingFen(@Parent() { refused }: CouponChance): Fen {
    return refused?.missingFen ?? 0n;
  }
}

@Resolver('CheckoutPart')
export class CheckoutPartResolver {
  constructor(private readonly merchants: MerchantReader) {}

  @ResolveField()
  merchant(
    @Parent() { merchantId, merchant }: CheckoutPreview['parts'][number],
    @Context() { loaders }: GraphqlContext,
  ): Promise<MerchantRow | null> {
    // Found with what it sells.
    if (merchant) return Promise.resolve(merchant);
    const { merchants } = this;
    const byId = loaders.byId(
      MerchantReader,
      (ids) => merchants.byIds(ids),
      (merchant: MerchantRow) => merchant.id,
    );
    return byId.load(merchantId);
  }

  @ResolveField()
  missingForFreeFen(@Parent() part: PricedPart) {
    return missingForFree(part);
  }
}
