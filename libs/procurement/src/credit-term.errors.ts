import { DomainError, type Fen, type Message, yuanText } from '#libs/kernel';
import type { CreditTermState } from './credit-term.entity.js';

/** Nobody has agreed that the unit may pay later. */
export class NoCreditTermError extends DomainError {
  readonly code = 'NO_CREDIT_TERM';
  readonly message = {
    zh: '该单位尚无赊购额度，请先付款或联系财务核定',
    en: 'This unit has no credit term; pay first, or ask finance for one.',
  };
}

/** With this order the unit would owe more than it may. */
export class CreditExceededError extends DomainError {
  readonly code = 'CREDIT_EXCEEDED';
  readonly message: Message;

  /** Both null to whoever buys for the unit and is none of its own. */
  constructor(
    readonly limitFen: Fen | null,
    readonly usedFen: Fen | null,
  ) {
    super();
    if (limitFen === null || usedFen === null) {
      this.message = {
        zh: '超出该单位的赊购额度，请先付款下单，或联系该单位',
        en: "Beyond the unit's credit. Pay this order at once, or ask the unit.",
      };
      return;
    }
    const free = limitFen > usedFen ? limitFen - usedFen : 0n;
    this.message = {
      zh: `超出赊购额度：额度 ${yuanText(limitFen)}，尚可用 ${yuanText(free)}，请先付款下单，或还款后再赊购`,
      en: `Beyond the unit's credit: of ${yuanText(limitFen)} there is ${yuanText(free)} left. Pay this order at once, or what is due first.`,
    };
  }
}

const STATE_ZH: Record<CreditTermState, string> = {
  PROPOSED: '待复核',
  IN_FORCE: '已生效',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** It has been decided, or taken back. */
export class CreditTermStateError extends DomainError {
  readonly code = 'CREDIT_TERM_STATE';
  readonly message;

  constructor(readonly creditTermState: CreditTermState) {
    super();
    this.message = {
      zh: `该额度核定${STATE_ZH[creditTermState]}`,
      en: `The credit term is ${creditTermState.toLowerCase().replace('_', ' ')}.`,
    };
  }
}
