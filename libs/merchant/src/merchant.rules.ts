import { type InvalidField, InvalidInputError, isBlank, isCreditCode, isPhone } from '#libs/kernel';
import type { MerchantState } from './merchant.entity.js';

export interface MerchantFacts {
  readonly name: string;
  readonly creditCode: string;
  readonly countyCode: string;
  readonly townshipCode: string | null;
  readonly contactName: string;
  readonly contactPhone: string;
}

export const creditCodeTaken: InvalidField = {
  path: 'creditCode',
  message: { zh: '该统一社会信用代码已登记', en: 'A merchant with this credit code is already registered.' },
};

/** On a day of Shanghai: of a licence the last day counts whole. */
export function maySell(
  { state, licensedUntil }: { readonly state: MerchantState; readonly licensedUntil: string | null },
  today: string,
): boolean {
  return state === 'ACTIVE' && (licensedUntil === null || licensedUntil >= today);
}

const REASON_LENGTH_MAX = 200;

/** Why a merchant may sell no more, or again: said to the merchant, and kept. */
export function refuseReason(reason: string): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  if (length >= 2 && length <= REASON_LENGTH_MAX) return null;
  const message = {
    zh: `请说明理由（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

/** Malformed facts, all at once. */
export function refuseFacts(facts: MerchantFacts): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });

  if (isBlank(facts.name) || facts.name.length > 120)
    refuse('name', '名称须为 1 到 120 个字', 'The name has 1 to 120 characters.');
  if (!isCreditCode(facts.creditCode)) {
    refuse(
      'creditCode',
      '统一社会信用代码有误，请核对',
      'The unified social credit code does not check; compare it with the licence.',
    );
  }
  if (!/^\d{6}$/.test(facts.countyCode))
    refuse('countyCode', '请选择登记所在的县市区', 'Say in which county it is registered.');
  if (
    facts.townshipCode !== null &&
    !(facts.townshipCode.startsWith(facts.countyCode) && /^\d{9}$/.test(facts.townshipCode))
  ) {
    refuse('townshipCode', '乡镇须属于所选县市区', 'The township must lie in the county.');
  }
  if (isBlank(facts.contactName) || facts.contactName.length > 60) {
    refuse('contactName', '联系人须为 1 到 60 个字', 'The contact has a name of 1 to 60 characters.');
  }
  if (!isPhone(facts.contactPhone))
    refuse('contactPhone', '联系电话有误', 'The contact phone is not a phone number.');
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
