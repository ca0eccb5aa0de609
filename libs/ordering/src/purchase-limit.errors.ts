import { DomainError, type Message } from '#libs/kernel';

interface Limit {
  readonly variantId: string;
  readonly orderMax: number | null;
  readonly personMax: number | null;
  readonly periodDays: number | null;
}

/** Of what it is, as the buyer knows it, and how many there may be now. */
function saying({ orderMax, personMax, periodDays }: Limit, bought: number, name: string): Message {
  const left = Math.max(0, Math.min((personMax ?? Infinity) - bought, orderMax ?? Infinity));
  const zh = [
    ...(orderMax === null ? [] : [`每单限购 ${orderMax} 件`]),
    ...(personMax === null ? [] : [`${periodDays} 天内每人限购 ${personMax} 件，您已购 ${bought} 件`]),
    left === 0 ? '暂不能再买' : `本单最多可买 ${left} 件`,
  ];
  const en = [
    ...(orderMax === null ? [] : [`at most ${orderMax} in one order`]),
    ...(personMax === null
      ? []
      : [`at most ${personMax} per person in ${periodDays} days, of which you have bought ${bought}`]),
    left === 0 ? 'you can buy no more for now' : `order ${left} or fewer`,
  ];
  return { zh: `「${name}」${zh.join('；')}`, en: `${name}: ${en.join('; ')}.` };
}

/** More of a variant than one order, or one person in so many days, may have. */
export class PurchaseLimitError extends DomainError {
  readonly code = 'PURCHASE_LIMIT';
  readonly message: Message;
  readonly variantId: string;
  readonly orderMax: number | null;
  readonly personMax: number | null;
  readonly periodDays: number | null;

  constructor(
    limit: Limit,
    readonly bought: number,
    /** Of the product and the variant. */
    name: string,
  ) {
    super();
    this.variantId = limit.variantId;
    this.orderMax = limit.orderMax;
    this.personMax = limit.personMax;
    this.periodDays = limit.periodDays;
    this.message = saying(limit, bought, name);
  }
}
