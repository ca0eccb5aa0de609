import { DomainError, type Fen, yuanText } from '#libs/kernel';

/** More would go back than is left of what was paid. */
export class RefundExceedsRemainderError extends DomainError {
  readonly code = 'REFUND_EXCEEDS_REMAINDER';
  readonly message;

  constructor(
    readonly refundFen: Fen,
    readonly remainderFen: Fen,
  ) {
    super();
    this.message = {
      zh: `退款 ${yuanText(refundFen)} 超出可退余额 ${yuanText(remainderFen)}，或不是正数`,
      en: `A refund of ${yuanText(refundFen)} is not between one fen and the ${yuanText(remainderFen)} that are left.`,
    };
  }
}

/** Basis points that do not make the whole, or are negative. */
export class SplitRuleNotWholeError extends DomainError {
  readonly code = 'SPLIT_RULE_NOT_WHOLE';
  readonly message;

  constructor(readonly totalBps: number) {
    super();
    this.message = {
      zh: `分账比例须均不为负且合计 10000 个基点，现为 ${totalBps}`,
      en: `Shares must not be negative and must make 10,000 basis points together, not ${totalBps}.`,
    };
  }
}
