import { DomainError } from '#libs/kernel';
import type { PayeeAccountState } from './payee-account.entity.js';

/** Whoever proposed an account may not verify it. */
export class SelfVerificationError extends DomainError {
  readonly code = 'SELF_VERIFICATION';
  readonly message = {
    zh: '提交收款账户的人不能核验该账户，须由他人核验',
    en: 'Whoever proposed the account may not verify it; somebody else must.',
  };
}

const STATE_ZH: Record<PayeeAccountState, string> = {
  UNVERIFIED: '待核验',
  VERIFIED: '已核验',
  BLOCKED: '已停用',
  REPLACED: '已更换',
};

/** The account is past the state in which this could be done. */
export class PayeeAccountStateError extends DomainError {
  readonly code = 'PAYEE_ACCOUNT_STATE';
  readonly message;

  constructor(readonly accountState: PayeeAccountState) {
    super();
    this.message = {
      zh: `该收款账户${STATE_ZH[accountState]}，不能执行此操作`,
      en: `The account is ${accountState.toLowerCase()}; this cannot be done with it.`,
    };
  }
}

/** The key has been used for something else. */
export class PayoutKeyReusedError extends DomainError {
  readonly code = 'PAYOUT_KEY_REUSED';
  readonly message = {
    zh: '该幂等键已用于其他内容，请换用新的幂等键',
    en: 'This key has been used for something else; take a new one.',
  };
}
