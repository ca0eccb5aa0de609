import { type InvalidField, type Message, isBlank } from '#libs/kernel';
import type { MerchantKind } from './merchant.entity.js';

export const MERCHANT_PAPER_KINDS = [
  'BUSINESS_LICENCE',
  'COLLECTIVE_CERTIFICATE',
  'LEGAL_PERSON_ID',
  'STANDING_PROOF',
  'FOOD_LICENCE',
  'TEST_REPORT',
  'SITE_AGREEMENT',
  'BANK_PROOF',
  'TRUTH_LETTER',
  'OTHER',
] as const;
export type MerchantPaperKind = (typeof MERCHANT_PAPER_KINDS)[number];

export const PAPER_NUMBERS = ['NONE', 'CREDIT_CODE', 'FOOD_LICENCE', 'ANY'] as const;
/** What a paper's number has to be: nothing is asked for, the credit code, a licence of food with its check digit, or whatever it says. */
export type PaperNumber = (typeof PAPER_NUMBERS)[number];

export interface PaperForm {
  readonly name: Message;
  readonly number: PaperNumber;
  /** Whether it says until when it is valid. */
  readonly hasValidTo: 'NEVER' | 'MAYBE' | 'ALWAYS';
  /** It must not be older; null where age says nothing. */
  readonly ageDaysMax: number | null;
}

/** What each kind of paper must say. Numbers of identity cards are not asked for: the picture suffices, and what we do not know cannot get lost. */
export const PAPER_FORMS: Readonly<Record<MerchantPaperKind, PaperForm>> = {
  BUSINESS_LICENCE: {
    name: { zh: '营业执照', en: 'business licence' },
    number: 'CREDIT_CODE',
    hasValidTo: 'MAYBE',
    ageDaysMax: null,
  },
  COLLECTIVE_CERTIFICATE: {
    name: { zh: '农村集体经济组织登记证', en: 'certificate of the village collective' },
    number: 'CREDIT_CODE',
    hasValidTo: 'MAYBE',
    ageDaysMax: null,
  },
  LEGAL_PERSON_ID: {
    name: { zh: '法定代表人（负责人）身份证', en: 'identity card of the legal representative' },
    number: 'NONE',
    hasValidTo: 'MAYBE',
    ageDaysMax: null,
  },
  STANDING_PROOF: {
    name: { zh: '资质认定文件（龙头企业、家庭农场名录、种养大户证明）', en: 'proof of standing' },
    number: 'NONE',
    hasValidTo: 'MAYBE',
    ageDaysMax: null,
  },
  FOOD_LICENCE: {
    name: { zh: '食品生产（经营）许可证', en: 'licence to make or trade food' },
    number: 'FOOD_LICENCE',
    hasValidTo: 'ALWAYS',
    ageDaysMax: null,
  },
  TEST_REPORT: {
    name: { zh: '一年内检测报告', en: 'test report within the year' },
    number: 'ANY',
    hasValidTo: 'NEVER',
    ageDaysMax: 366,
  },
  SITE_AGREEMENT: {
    name: { zh: '场地使用协议', en: 'agreement about the site' },
    number: 'NONE',
    hasValidTo: 'ALWAYS',
    ageDaysMax: null,
  },
  BANK_PROOF: {
    name: { zh: '开户证明', en: 'proof of the bank account' },
    number: 'NONE',
    hasValidTo: 'NEVER',
    ageDaysMax: null,
  },
  TRUTH_LETTER: {
    name: { zh: '真实性承诺书', en: 'letter of truthfulness' },
    number: 'NONE',
    hasValidTo: 'NEVER',
    ageDaysMax: null,
  },
  OTHER: {
    name: { zh: '其他材料', en: 'other paper' },
    number: 'NONE',
    hasValidTo: 'MAYBE',
    ageDaysMax: null,
  },
};

const ENTITY: readonly MerchantPaperKind[] = ['BUSINESS_LICENCE', 'LEGAL_PERSON_ID', 'TRUTH_LETTER'];

/** Which papers each kind of applicant brings. */
const REQUIRED: Readonly<Record<MerchantKind, readonly MerchantPaperKind[]>> = {
  COOPERATIVE: ENTITY,
  ENTERPRISE: ENTITY,
  LEADING_ENTERPRISE: [...ENTITY, 'STANDING_PROOF'],
  FAMILY_FARM: [...ENTITY, 'STANDING_PROOF'],
  LARGE_GROWER: [...ENTITY, 'STANDING_PROOF'],
  VILLAGE_COLLECTIVE: ['COLLECTIVE_CERTIFICATE', 'LEGAL_PERSON_ID', 'TRUTH_LETTER'],
  VENUE_OPERATOR: [...ENTITY, 'SITE_AGREEMENT', 'FOOD_LICENCE'],
};

/** What has left the field: fresh goods need no licence of food. */
const REQUIRED_OF_FOOD: readonly MerchantPaperKind[] = ['FOOD_LICENCE', 'TEST_REPORT'];

/** In the order in which a page asks for them. */
export function requiredPapers(kind: MerchantKind, sellsProcessedFood: boolean): MerchantPaperKind[] {
  const required = new Set([...REQUIRED[kind], ...(sellsProcessedFood ? REQUIRED_OF_FOOD : [])]);
  return MERCHANT_PAPER_KINDS.filter((each) => required.has(each));
}

/** The last of fourteen digits, by GB/T 17710 (ISO 7064 MOD 11,10), of the thirteen before it. */
export function foodLicenceCheck(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** SC of whoever makes food, JY of whoever trades it. */
export function isFoodLicence(number: string): boolean {
  const [, body = '', check = ''] = /^(?:SC|JY)(\d{13})(\d)$/.exec(number) ?? [];
  return body !== '' && foodLicenceCheck(body) === check;
}

export const PAPER_FILES_MAX = 6;
export const PAPER_NUMBER_LENGTH_MAX = 60;

export interface PaperFacts {
  readonly kind: MerchantPaperKind;
  readonly number: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly fileIds: readonly string[];
}

const DAY = 86_400_000;
const ageDays = (from: string, today: string) => (Date.parse(today) - Date.parse(from)) / DAY;

function refuseNumber(number: string | null, form: PaperForm, creditCode: string | null): Message | null {
  switch (form.number) {
    case 'NONE':
      return null;
    case 'CREDIT_CODE':
      return number !== null && number === creditCode
        ? null
        : {
            zh: `${form.name.zh}编号须与统一社会信用代码一致`,
            en: `The number of the ${form.name.en} is the credit code.`,
          };
    case 'FOOD_LICENCE':
      return number !== null && isFoodLicence(number)
        ? null
        : {
            zh: '许可证编号为 SC 或 JY 加 14 位数字，请与证件核对',
            en: 'Its number is SC or JY and 14 digits; compare it with the licence.',
          };
    case 'ANY':
      return isBlank(number ?? '')
        ? { zh: `请填写${form.name.zh}编号`, en: `Say the number of the ${form.name.en}.` }
        : null;
  }
}

function refuseValidTo(
  { validTo }: Omit<PaperFacts, 'kind'>,
  form: PaperForm,
  today: string,
): Message | null {
  if (validTo === null)
    return form.hasValidTo === 'ALWAYS'
      ? { zh: `请填写${form.name.zh}的有效期至`, en: `Say until when the ${form.name.en} is valid.` }
      : null;
  if (form.hasValidTo === 'NEVER') return null;
  // One that began is looked at beside this, so none ends before it begins.
  return validTo < today
    ? {
        zh: `${form.name.zh}已过期，请提交有效证件`,
        en: `The ${form.name.en} has expired; hand in one that is valid.`,
      }
    : null;
}

function refuseValidFrom(
  { validFrom }: Omit<PaperFacts, 'kind'>,
  form: PaperForm,
  today: string,
): Message | null {
  if (form.ageDaysMax === null)
    return validFrom !== null && validFrom > today
      ? { zh: '起始日不得晚于今天', en: 'It is not valid yet.' }
      : null;
  const isYoung = validFrom !== null && validFrom <= today && ageDays(validFrom, today) <= form.ageDaysMax;
  return isYoung
    ? null
    : { zh: '请填写签发日期，须在一年之内', en: 'Say on which day it was issued; within the last year.' };
}

/** On which day a paper is looked at, against which credit code; `files` are those that may be shown. */
export interface PaperGround {
  readonly creditCode: string | null;
  readonly today: string;
  readonly files: ReadonlySet<string>;
}

/** Of one paper, everything that is wrong with it. */
export function refusePaper(paper: PaperFacts, ground: PaperGround): InvalidField[] {
  return refusePaperAs(PAPER_FORMS[paper.kind], paper, ground);
}

/** The same of a paper that something else asks for. */
export function refusePaperAs(
  form: PaperForm,
  paper: Omit<PaperFacts, 'kind'>,
  { creditCode, today, files }: PaperGround,
): InvalidField[] {
  const faults: InvalidField[] = [];
  const refuse = (path: string, message: Message | null) => {
    if (message) faults.push({ path, message });
  };
  refuse('number', refuseNumber(paper.number, form, creditCode));
  refuse('validFrom', refuseValidFrom(paper, form, today));
  refuse('validTo', refuseValidTo(paper, form, today));
  const isShown = paper.fileIds.length > 0 && paper.fileIds.every((id) => files.has(id));
  if (!isShown)
    refuse('fileIds', {
      zh: `请上传${form.name.zh}的照片或 PDF`,
      en: `Bring a photo or a PDF of the ${form.name.en}.`,
    });
  return faults;
}
