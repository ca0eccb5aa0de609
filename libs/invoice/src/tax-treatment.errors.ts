import { DomainError } from '#libs/kernel';

/** Somebody has set it since one looked. */
export class TaxTreatmentChangedError extends DomainError {
  readonly code = 'TAX_TREATMENT_CHANGED';
  readonly message;

  constructor(readonly revision: number) {
    super();
    this.message = {
      zh: `该项计税方式已被他人设置（当前为第 ${revision} 版），请核对后重试`,
      en: `Somebody has set this meanwhile, it is at revision ${revision}: look at it again.`,
    };
  }
}
