import { DAY_MS, type IdOf, newId, plus, present, refused } from '#libs/kernel';
import {
  type CouponId,
  CouponService,
  type PromotionRow,
  PromotionService,
  type PromotionWish,
} from '#libs/promotion';
import type { Ground } from './product.make.js';

/** A thousand fen off, a hundred times, for a month from now on. */
export function promotionWish(
  ground: Pick<Ground, 'clock'>,
  changes: Partial<PromotionWish> = {},
): PromotionWish {
  const now = ground.clock.now();
  const isCut = changes.kind === 'PRICE_CUT';
  return {
    idempotencyKey: newId('req'),
    kind: 'PLATFORM_COUPON',
    name: '消费帮扶月',
    benefit: 'AMOUNT',
    amountFen: 1_000n,
    percentBps: 0,
    thresholdFen: 0n,
    budgetFen: isCut ? null : 100_000n,
    personMax: 5,
    isExclusive: false,
    claimFrom: now,
    claimUntil: plus(now, 20 * DAY_MS),
    validFrom: now,
    validUntil: plus(now, 30 * DAY_MS),
    conditions: [],
    ...changes,
  };
}

/** The same as a client sends it. */
export function promotionInput(
  ground: Pick<Ground, 'clock'>,
  changes: Partial<PromotionWish> = {},
): Record<string, unknown> {
  const { amountFen, thresholdFen, budgetFen, ...wish } = promotionWish(ground, changes);
  const textOf = (amount: bigint | null) => amount?.toString() ?? null;
  return {
    ...wish,
    amountFen: textOf(amountFen),
    thresholdFen: textOf(thresholdFen),
    budgetFen: textOf(budgetFen),
  };
}

/** Published: of a merchant's at once, else by two people of those whose money it is. */
export async function makePromotion(
  ground: Ground,
  changes: Partial<PromotionWish> = {},
  whose: { readonly merchantId?: IdOf<'mer'>; readonly divisionCode?: string } = {},
): Promise<PromotionRow> {
  const service = ground.get(PromotionService);
  const wish = promotionWish(ground, changes);
  const { merchantId, divisionCode = wish.kind === 'VOUCHER' ? '430225' : '' } = whose;
  const made = merchantId
    ? await service.publishOwn(merchantId, wish, newId('usr'))
    : await service.propose(
        divisionCode === '' ? 'ALL' : [divisionCode],
        { ...wish, divisionCode },
        newId('usr'),
      );
  if (refused(made)) throw new Error(made.message.en);
  if (merchantId) return made;
  const decided = await service.decide({
    promotionId: made.id,
    userId: newId('usr'),
    scope: divisionCode === '' ? 'ALL' : [divisionCode],
    verdict: 'APPROVE',
    reason: null,
  });
  if (refused(decided)) throw new Error(decided.message.en);
  return decided;
}

export async function claimCoupon(
  ground: Ground,
  holderId: IdOf<'usr'>,
  promotionId: string,
): Promise<CouponId> {
  const coupon = await ground.get(CouponService).claim(holderId, promotionId, newId('req'));
  if (refused(coupon)) throw new Error(coupon.message.en);
  return coupon.id;
}

/** What a promotion and a coupon of it stand at. */
export async function budgetOf(ground: Ground, promotionId: string): Promise<Record<string, unknown>> {
  const [row] = await ground.database.query<Record<string, unknown>>(
    'SELECT state, claimed_fen AS claimed, spent_fen AS spent FROM promotion WHERE id = ?',
    [promotionId],
  );
  return present(row, promotionId);
}

export async function couponStateOf(ground: Ground, couponId: string): Promise<string> {
  const [row] = await ground.database.query<{ state: string }>('SELECT state FROM coupon WHERE id = ?', [
    couponId,
  ]);
  return present(row, couponId).state;
}
