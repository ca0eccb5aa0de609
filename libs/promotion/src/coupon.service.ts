import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, InvalidInputError, NotFound, newId, present, refused } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, RetryTransaction, type Tx, isDuplicate } from '#platform/database';
import type { CouponId } from './coupon.entity.js';
import {
  CouponKeyUsedError,
  CouponLimitError,
  CouponNotUsableError,
  CouponSellerSuspendedError,
  CouponsGoneError,
} from './coupon.errors.js';
import { CouponReader, type CouponView } from './coupon.reader.js';
import { CouponRepository, type CouponUse } from './coupon.repository.js';
import { PromotionReader } from './promotion.reader.js';
import { PromotionRepository } from './promotion.repository.js';

type Claim =
  | CouponView
  | InvalidInputError
  | CouponKeyUsedError
  | CouponsGoneError
  | CouponLimitError
  | CouponSellerSuspendedError;

const badKey = {
  path: 'idempotencyKey',
  message: {
    zh: '请求编号须为 8 到 80 个字母、数字或 -_.:',
    en: 'The key has 8 to 80 letters, digits or any of -_.:',
  },
};

/**
 * Coupons of persons: claimed, used by one order, given back. No budget is exceeded by a fen, however many come at once: what is claimed is taken
 * of the budget by a guarded statement, and what is used never passes what was claimed.
 */
@Injectable()
export class CouponService {
  constructor(
    private readonly database: Database,
    private readonly coupons: CouponRepository,
    private readonly reader: CouponReader,
    private readonly promotions: PromotionRepository,
    private readonly promotionReader: PromotionReader,
    private readonly merchants: MerchantReader,
    private readonly clock: Clock,
  ) {}

  /** The same key answers with the first coupon, so whoever heard nothing asks again. Throws NotFound for what was never published. */
  async claim(holderId: IdOf<'usr'>, promotionId: string, idempotencyKey: string): Promise<Claim> {
    if (!/^[\w:.-]{8,80}$/.test(idempotencyKey)) return new InvalidInputError([badKey]);
    const earlier = await this.claimedBefore(holderId, promotionId, idempotencyKey);
    if (earlier) return earlier;
    const [promotion] = await this.promotionReader.byIds([promotionId]);
    const isOffered = promotion?.state === 'PUBLISHED' || promotion?.state === 'ENDED';
    if (!isOffered || promotion.kind === 'PRICE_CUT') throw new NotFound('Promotion', promotionId);
    const claimed = await this.database.transaction(async (tx) => {
      // Held, so that nobody suspends it while somebody claims.
      const isSelling =
        promotion.merchantId === '' || (await this.merchants.lockSelling(tx, promotion.merchantId));
      if (isSelling === false) return new CouponSellerSuspendedError();
      const count = await this.coupons.countOf(tx, promotion.id, holderId);
      if (count >= promotion.personMax) return new CouponLimitError(promotion.personMax);
      try {
        await this.coupons.insert(tx, {
          id: newId('cpn'),
          promotionId: promotion.id,
          holderId,
          claimNo: count + 1,
          idempotencyKey,
          state: 'CLAIMED',
          claimedAt: this.clock.now(),
          orderId: null,
          usedFen: 0n,
          returnedFen: 0n,
          usedAt: null,
        });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // Another window of this person has just claimed: by the same key it is the answer, by another one it counts.
        if (await this.coupons.hasKey(tx, holderId, idempotencyKey)) return null;
        throw new RetryTransaction(`${holderId} has claimed at once`);
      }
      // Last, because this is the row that a crowd wants.
      return (await this.promotions.takeForClaim(tx, promotion.id, this.clock.now()))
        ? null
        : new CouponsGoneError();
    });
    if (refused(claimed)) return claimed;
    const coupon = await this.claimedBefore(holderId, promotionId, idempotencyKey);
    return present(coupon, 'the coupon just claimed');
  }

  /** Part of placing an order; the refusal rolls it back. Called before the stock is taken. */
  async redeem(
    tx: Tx,
    { holderId, orderId }: { holderId: string; orderId: string },
    uses: readonly CouponUse[],
  ): Promise<CouponNotUsableError | null> {
    const at = this.clock.now();
    const used = await this.coupons.use(tx, { holderId, orderId, at }, uses);
    if (used !== null) return new CouponNotUsableError(used, 'USED', 0n);
    const ended = await this.promotions.spend(tx, uses, at);
    const couponId = uses.find(({ promotionId }) => promotionId === ended)?.couponId;
    return couponId === undefined ? null : new CouponNotUsableError(couponId, 'ENDED', 0n);
  }

  /** Of orders that nobody has paid: their holders may use them again. Doing it twice is harmless. */
  async giveBack(tx: Tx, orderIds: readonly string[]): Promise<void> {
    const used = await this.coupons.lockUsedBy(tx, orderIds);
    if (used.length === 0) return;
    const ids = used.map(({ couponId }) => couponId);
    await this.coupons.free(tx, ids, this.clock.now());
    await this.promotions.unspend(tx, used);
  }

  /** What of a paid order went back: to the budget, and not to the buyer. Told twice it comes back once. */
  async takeBack(tx: Tx, refundId: string, parts: readonly CouponUse[]): Promise<void> {
    const returned: CouponUse[] = [];
    for (const part of parts.toSorted((a, b) => (a.couponId < b.couponId ? -1 : 1))) {
      const { couponId, amountFen } = part;
      const at = this.clock.now();
      if (await this.coupons.insertReturn(tx, refundId, couponId as CouponId, amountFen, at))
        returned.push(part);
    }
    await this.promotions.returnMoney(tx, returned);
  }

  /** What the key has claimed; refused where that was of another promotion. */
  private async claimedBefore(
    holderId: string,
    promotionId: string,
    idempotencyKey: string,
  ): Promise<CouponView | CouponKeyUsedError | null> {
    const earlier = await this.reader.byKey(holderId, idempotencyKey);
    return earlier && earlier.promotionId !== promotionId ? new CouponKeyUsedError() : earlier;
  }
}
