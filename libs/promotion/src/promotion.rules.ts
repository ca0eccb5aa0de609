import { createHash } from 'node:crypto';
import { isWithin } from '#libs/division';
import { type Fen, type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { Condition } from './discount.rules.js';
import type { Promotion, PromotionKind } from './promotion.entity.js';

/** What somebody wants to give. */
export interface PromotionWish extends Pick<
  Promotion,
  | 'kind'
  | 'name'
  | 'benefit'
  | 'amountFen'
  | 'percentBps'
  | 'thresholdFen'
  | 'budgetFen'
  | 'personMax'
  | 'isExclusive'
  | 'claimFrom'
  | 'claimUntil'
  | 'validFrom'
  | 'validUntil'
  | 'idempotencyKey'
> {
  readonly conditions: readonly Condition[];
}

/** A hundred million yuan: beyond it somebody has mistyped. */
const BUDGET_MAX_FEN = 10_000_000_000n;
const PERSON_MAX = 100;
export const CONDITIONS_MAX = 100;
/** Of one merchant, published and not over: every price that is worked out asks each of them. */
export const OPEN_PROMOTIONS_MAX = 200;
const CHANNELS = ['PAVILION', 'ZONE', 'COUNTER', 'ONLINE', 'PROCUREMENT', 'FAIR'];

type Refuse = (path: string, zh: string, en: string) => void;

function isMoney(amount: Fen, least: Fen): boolean {
  return amount >= least && amount <= BUDGET_MAX_FEN;
}

function checkBenefit(
  { kind, benefit, amountFen, percentBps, thresholdFen }: PromotionWish,
  refuse: Refuse,
): void {
  const isPercent = benefit === 'PERCENT';
  if (isPercent ? percentBps < 1 || percentBps > 10_000 : percentBps !== 0)
    refuse(
      'percentBps',
      '折扣须为万分之 1 到 10000，立减时为 0',
      'A percentage is 1 to 10,000 basis points, and 0 of an amount.',
    );
  // A percentage off a price needs no limit; a coupon's limit is what its budget is counted by.
  const isLimitless = kind === 'PRICE_CUT' && isPercent;
  if (isLimitless ? amountFen !== 0n : !isMoney(amountFen, 1n))
    refuse(
      'amountFen',
      '金额须大于零；按比例降价不写金额',
      'An amount is positive; a percentage off the price has none.',
    );
  if (!isMoney(thresholdFen, 0n) || (kind === 'PRICE_CUT' && thresholdFen !== 0n))
    refuse(
      'thresholdFen',
      '使用门槛有误；降价没有门槛',
      'The threshold is out of range; a price cut has none.',
    );
}

function checkBudget({ kind, budgetFen, amountFen, personMax }: PromotionWish, refuse: Refuse): void {
  const isClaimed = kind !== 'PRICE_CUT';
  const isBudget = budgetFen !== null && isMoney(budgetFen, 1n) && budgetFen >= amountFen;
  if (isClaimed ? !isBudget : budgetFen !== null)
    refuse(
      'budgetFen',
      '预算至少够发一张券；降价没有预算',
      'A budget pays for one coupon at least; a price cut has none.',
    );
  if (!Number.isInteger(personMax) || personMax < 1 || personMax > PERSON_MAX)
    refuse('personMax', `每人限领 1 到 ${PERSON_MAX} 张`, `One person claims 1 to ${PERSON_MAX}.`);
}

function checkTimes(
  { claimFrom, claimUntil, validFrom, validUntil }: PromotionWish,
  now: Date,
  refuse: Refuse,
): void {
  if (claimFrom >= claimUntil || claimUntil > validUntil)
    refuse(
      'claimUntil',
      '领取期须先于使用期结束',
      'Claiming ends after it begins, and not after the last use.',
    );
  if (validFrom >= validUntil || validUntil <= now)
    refuse('validUntil', '使用期须在将来结束', 'Use ends after it begins, and in the future.');
}

function isValue({ axis, value }: Condition): boolean {
  if (axis === 'ORIGIN' || axis === 'SALE_PLACE') return /^\d{6}$/.test(value);
  return axis === 'CHANNEL' ? CHANNELS.includes(value) : /^[\w-]{1,40}$/.test(value);
}

function checkConditions({ kind, conditions }: PromotionWish, refuse: Refuse): void {
  if (conditions.length > CONDITIONS_MAX)
    refuse('conditions', `条件至多 ${CONDITIONS_MAX} 条`, `There are at most ${CONDITIONS_MAX} conditions.`);
  const texts = conditions.map(({ axis, value }) => `${axis} ${value}`);
  if (new Set(texts).size < texts.length) refuse('conditions', '条件重复', 'A condition stands here once.');
  for (const [index, condition] of conditions.slice(0, CONDITIONS_MAX).entries())
    if (!isValue(condition)) refuse(`conditions.${index}`, '条件有误', 'This condition names nothing.');
  const isOwn = kind === 'PRICE_CUT' || kind === 'MERCHANT_COUPON';
  if (isOwn && conditions.some(({ axis }) => axis === 'MERCHANT'))
    refuse('conditions', '商家活动只限本店商品', 'A merchant’s promotion is for their own goods.');
}

/** Malformed wishes, all faults at once. */
export function refusePromotion(wish: PromotionWish, now: Date): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => fields.push({ path, message: { zh, en } });
  if (!/^[\w:.-]{8,80}$/.test(wish.idempotencyKey))
    refuse(
      'idempotencyKey',
      '请求编号须为 8 到 80 个字母、数字或 -_.:',
      'The key has 8 to 80 letters, digits or any of -_.:',
    );
  if (isBlank(wish.name) || wish.name.length > 60)
    refuse('name', '名称须为 1 到 60 个字', 'A name has 1 to 60 characters.');
  checkBenefit(wish, refuse);
  checkBudget(wish, refuse);
  checkTimes(wish, now, refuse);
  checkConditions(wish, refuse);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** Everything that is agreed to, written out field by field, with whose it is. */
export function promotionHash(wish: PromotionWish & Pick<Promotion, 'merchantId' | 'divisionCode'>): string {
  const { kind, name, merchantId, divisionCode, benefit, percentBps, personMax, isExclusive } = wish;
  const money = [wish.amountFen, wish.thresholdFen, wish.budgetFen].map((each) => each?.toString() ?? null);
  const times = [wish.claimFrom, wish.claimUntil, wish.validFrom, wish.validUntil].map((at) =>
    at.toISOString(),
  );
  const conditions = wish.conditions.map(({ axis, value }) => `${axis} ${value}`).toSorted();
  const content = [
    kind,
    name.trim(),
    merchantId,
    divisionCode,
    benefit,
    percentBps,
    personMax,
    isExclusive,
    money,
    times,
    conditions,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Whose kinds they are. */
export function isOfMerchant(kind: PromotionKind): boolean {
  return kind === 'PRICE_CUT' || kind === 'MERCHANT_COUPON';
}

/**
 * Who decides about it at the console: the platform's own staff about the platform's money, and people of the division, not the platform's, about
 * that of its finance bureau.
 */
export function isTheirs(
  { kind, divisionCode }: Pick<Promotion, 'kind' | 'divisionCode'>,
  scope: readonly string[] | 'ALL',
): boolean {
  if (kind === 'PLATFORM_COUPON') return scope === 'ALL';
  return kind === 'VOUCHER' && scope !== 'ALL' && isWithin(divisionCode, scope);
}
