import { Injectable } from '@nestjs/common';
import { Clock, NotFound } from '#libs/kernel';
import { CouponReader, type CouponInHand, PromotionReader, type PromotionTerms } from '#libs/promotion';
import { NotServedError } from './freight-template.errors.js';
import { FreightTemplateReader } from './freight-template.reader.js';
import { type FreightTemplate, provinceOf } from './freight.rules.js';
import type { Handover } from './merchant-order.entity.js';
import { type OrderPrice, type PriceableLine, priceOf } from './price.rules.js';

export interface Destination {
  /** The county is '' while nobody has said where it goes. */
  readonly recipient: { readonly countyCode: string };
  readonly handover?: Handover;
}

/** Whose coupons, and whether they may be used: not for a unit. */
export interface CouponWish {
  readonly buyerId: string;
  readonly couponIds: readonly string[];
  readonly isForUnit: boolean;
}

interface Known {
  readonly cuts?: readonly PromotionTerms[];
  readonly templates?: ReadonlyMap<string, FreightTemplate>;
}

/** What lines cost at this moment: the one calculation of cart, preview and order. */
@Injectable()
export class PriceReader {
  constructor(
    private readonly freights: FreightTemplateReader,
    private readonly promotions: PromotionReader,
    private readonly coupons: CouponReader,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound for coupons of others. `known`: what the caller has read for itself. */
  async of(
    lines: readonly PriceableLine[],
    { recipient, handover }: Destination,
    wish: CouponWish | null = null,
    known: Known = {},
  ): Promise<OrderPrice> {
    const merchantIds = [...new Set(lines.map(({ variant }) => variant.merchantId))];
    const [templates, cuts, coupons] = await Promise.all([
      known.templates ?? this.freights.ofMerchants(merchantIds),
      known.cuts ?? this.cutsOf(lines),
      wish ? this.chosen(wish) : [],
    ]);
    return priceOf(lines, {
      templates,
      cuts,
      coupons,
      provinceCode: provinceOf(recipient.countyCode),
      handover: handover ?? 'PARCEL',
    });
  }

  /** Price cuts of these lines' merchants that hold now. */
  cutsOf(lines: readonly PriceableLine[]): Promise<PromotionTerms[]> {
    const merchantIds = [...new Set(lines.map(({ variant }) => variant.merchantId))];
    return this.promotions.cutsOf(merchantIds, this.clock.now());
  }

  /** All that one could use now or soon. */
  async inHand({ buyerId, isForUnit }: Omit<CouponWish, 'couponIds'>): Promise<CouponInHand[]> {
    return isForUnit ? [] : this.coupons.inHandOf(buyerId, this.clock.now());
  }

  private async chosen({ buyerId, couponIds, isForUnit }: CouponWish): Promise<CouponInHand[]> {
    const found = await this.coupons.chosenOf(buyerId, couponIds, this.clock.now());
    const missing = couponIds.find((id) => !found.some(({ couponId }) => couponId === id));
    if (missing !== undefined) throw new NotFound('Coupon', missing);
    return isForUnit ? found.map((coupon) => ({ ...coupon, obstacle: 'FOR_PERSONS' as const })) : found;
  }
}

/** Merchants who send nothing there, or null. */
export function unservedIn({ parts }: OrderPrice, { recipient }: Destination): NotServedError | null {
  const unserved = parts.filter((part) => !part.isServed).map((part) => part.merchantId);
  return unserved.length === 0 ? null : new NotServedError(unserved, provinceOf(recipient.countyCode) ?? '');
}
