import { Injectable } from '@nestjs/common';
import { type RefundSucceeded, RefundReader } from '#libs/payment';
import { CouponService, type CouponUse } from '#libs/promotion';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What coupons had paid of what went back is in their budgets again. */
@Injectable()
export class ReturnCouponMoneyOnRefundSucceeded implements Consumer<RefundSucceeded> {
  readonly queue = 'money';

  constructor(
    private readonly refunds: RefundReader,
    private readonly coupons: CouponService,
  ) {}

  async apply(tx: Tx, { payload: { refundId } }: RefundSucceeded): Promise<void> {
    const parts = new Map<string, CouponUse>();
    for (const { couponId, promotionId, amountFen } of await this.refunds.fundingsOf(refundId, tx)) {
      const before = parts.get(couponId)?.amountFen ?? 0n;
      parts.set(couponId, { couponId, promotionId, amountFen: before + amountFen });
    }
    await this.coupons.takeBack(tx, refundId, [...parts.values()]);
  }
}
