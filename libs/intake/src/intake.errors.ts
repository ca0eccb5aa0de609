import { DomainError } from '#libs/kernel';

/** The same batch number was handed in with other content. */
export class BatchReusedError extends DomainError {
  readonly code = 'BATCH_REUSED';
  readonly message = {
    zh: '该批次号已提交过不同内容，请使用新的批次号',
    en: 'This batch number was handed in with other content; use a new one.',
  };
}

/** Somebody else uses this code already. */
export class PartnerCodeTakenError extends DomainError {
  readonly code = 'PARTNER_CODE_TAKEN';
  readonly message = { zh: '该来源代码已被使用', en: 'This code belongs to another partner.' };
}

/** Two keys may be in force: the old one and the new one, while a partner changes over. */
export class TooManyKeysError extends DomainError {
  readonly code = 'TOO_MANY_KEYS';
  readonly message;

  constructor(readonly max: number) {
    super();
    this.message = {
      zh: `同时有效的密钥至多 ${max} 个，请先吊销旧的`,
      en: `At most ${max} keys may be in force; revoke an old one first.`,
    };
  }
}

/** Somebody has decided already. */
export class DuplicateDecidedError extends DomainError {
  readonly code = 'DUPLICATE_DECIDED';
  readonly message = { zh: '该疑似重复已有结论', en: 'This suspicion has been decided already.' };

  constructor(readonly state: 'CLEARED' | 'CONFIRMED') {
    super();
  }
}
