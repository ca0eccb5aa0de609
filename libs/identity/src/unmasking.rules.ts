import { type InvalidField, InvalidInputError } from '#libs/kernel';
import type { PersonalKind } from '#platform/personal';
import type { UnmaskPurpose } from './unmasking.entity.js';

export interface UnmaskWish {
  readonly kind: PersonalKind;
  readonly subjectId: string;
  readonly purpose: UnmaskPurpose;
  readonly reason: string;
  readonly caseRef: string | null;
}

/** What each is shown for, and for nothing else: a household's name settles no dispute, a bank account inspects no village. */
export const PURPOSES_OF: Readonly<Record<PersonalKind, readonly UnmaskPurpose[]>> = {
  CLAIM_BUYER: ['COMPLAINT', 'DISPUTE', 'INSPECTION'],
  ORDER_RECIPIENT: ['COMPLAINT', 'DISPUTE'],
  MERCHANT_CONTACT: ['COMPLAINT', 'DISPUTE', 'INSPECTION'],
  HOUSEHOLD: ['INSPECTION', 'PAYOUT_ERROR'],
  PAYEE_ACCOUNT: ['PAYOUT_ERROR', 'TAX', 'DISPUTE'],
  CERTIFICATION_OBJECTOR: ['COMPLAINT', 'INSPECTION'],
};

/** A sentence, and no slip of the hand. */
export const REASON_LENGTH_MIN = 10;
export const REASON_LENGTH_MAX = 400;
export const CASE_REF_LENGTH_MAX = 80;

/** Thirty cases are a day's work; whoever wants more copies a register. */
export const UNMASKINGS_PER_DAY = 30;

export function refuseWish({ kind, purpose, reason, caseRef }: UnmaskWish): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const length = Array.from(reason.trim()).length;
  if (length < REASON_LENGTH_MIN || length > REASON_LENGTH_MAX) {
    const message = {
      zh: `请写明理由，${REASON_LENGTH_MIN} 到 ${REASON_LENGTH_MAX} 字`,
      en: `Say why, in ${REASON_LENGTH_MIN} to ${REASON_LENGTH_MAX} characters.`,
    };
    faults.push({ path: 'reason', message });
  }
  if ((caseRef ?? '').length > CASE_REF_LENGTH_MAX) {
    const message = {
      zh: `最多 ${CASE_REF_LENGTH_MAX} 字`,
      en: `At most ${CASE_REF_LENGTH_MAX} characters.`,
    };
    faults.push({ path: 'caseRef', message });
  }
  if (!PURPOSES_OF[kind].includes(purpose)) {
    const message = {
      zh: '该信息不得用于此目的',
      en: `This is shown for ${PURPOSES_OF[kind].join(', ')} only.`,
    };
    faults.push({ path: 'purpose', message });
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}
