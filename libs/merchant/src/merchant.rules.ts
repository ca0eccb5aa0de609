import { type InvalidField, InvalidInputError } from '#libs/kernel';

/** GB 32100-2015: digits and capital letters without I, O, S, V, Z; a character's value is its place here. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const MODULUS = ALPHABET.length;
const BODY_LENGTH = 17;
/** Registering body (2), division (6 digits), organisation (9), check character (1). */
const FORM = /^[1-9A-HJ-NP-RT-UW-Y][1-9A-HJ-NP-RT-UW-Y]\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}$/;

/**
 * The eighteenth character of a unified social credit code: characters weighted by powers of 3 modulo 31, and what is missing
 * to a multiple of 31. Null if the first seventeen are not of the alphabet.
 */
export function creditCodeCheck(body: string): string | null {
  if (body.length !== BODY_LENGTH) return null;
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    sum += value * weight;
    weight = (weight * 3) % MODULUS;
  }
  return ALPHABET.charAt((MODULUS - (sum % MODULUS)) % MODULUS);
}

export function isCreditCode(code: string): boolean {
  return FORM.test(code) && creditCodeCheck(code.slice(0, BODY_LENGTH)) === code.charAt(BODY_LENGTH);
}

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

/** Malformed facts, all at once. */
export function refuseFacts(facts: MerchantFacts): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });

  if (facts.name.trim() === '' || facts.name.length > 120)
    refuse('name', '名称须为 1 到 120 个字', 'The name has 1 to 120 characters.');
  if (!isCreditCode(facts.creditCode)) {
    refuse(
      'creditCode',
      '统一社会信用代码有误，请核对',
      'The unified social credit code does not check; compare it with the licence.',
    );
  }
  if (!/^\d{6}$/.test(facts.countyCode))
    refuse('countyCode', '县级区划代码须为 6 位数字', 'A county code has six digits.');
  if (
    facts.townshipCode !== null &&
    !(facts.townshipCode.startsWith(facts.countyCode) && /^\d{9}$/.test(facts.townshipCode))
  ) {
    refuse('townshipCode', '乡镇须属于所选县市区', 'The township must lie in the county.');
  }
  if (facts.contactName.trim() === '' || facts.contactName.length > 60) {
    refuse('contactName', '联系人须为 1 到 60 个字', 'The contact has a name of 1 to 60 characters.');
  }
  if (!/^\+?\d[\d-]{6,18}$/.test(facts.contactPhone))
    refuse('contactPhone', '联系电话有误', 'The contact phone is not a phone number.');
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
