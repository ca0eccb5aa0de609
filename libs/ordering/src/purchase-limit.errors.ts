import { DomainError, type Message } from '#libs/kernel';

interface Limit {
  readonly variantId: string;
  readonly orderMax: number | null;
  readonly personMax: number | null;
  readonly periodDays: number | null;
}

function saying({ orderMax, personMax, periodDays }: Limit, bought: number): Message {
  const zh = [
    ...(orderMax === null ? [] : [`每单限购 ${orderMax} 件`]),
    ...(personMax === null ? [] : [`${periodDays} 天内每人限购 ${personMax} 件，您已购 ${bought} 件`]),
  ];
  const en = [
    ...(orderMax === null ? [] : [`At most ${orderMax} in one order.`]),
    ...(personMax === null
      ? []
      : [`At most ${personMax} per person in ${periodDays} days; you have bought ${bought}.`]),
  ];
  return { zh: zh.join('；'), en: en.join(' ') };
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
  ) {
    super();
    this.variantId = limit.variantId;
    this.orderMax = limit.orderMax;
    this.personMax = limit.personMax;
    this.periodDays = limit.periodDays;
    this.message = saying(limit, bought);
  }
}
