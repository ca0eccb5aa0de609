import { DAY_MS, type InvalidField, type Message, isBlank } from '#libs/kernel';
import type { MerchantKind, ProcessedFood } from './merchant.entity.js';

export const MERCHANT_PAPER_KINDS = [
  'BUSINESS_LICENCE',
  'COLLECTIVE_CERTIFICATE',
  'LEGAL_PERSON_ID',
  'STANDING_PROOF',
  'FOOD_PRODUCTION_LICENCE',
  'FOOD_BUSINESS_LICENCE',
  'TEST_REPORT',
  'SITE_AGREEMENT',
  'BANK_PROOF',
  'TRUTH_LETTER',
  'OTHER',
] as const;
export type MerchantPaperKind = (typeof MERCHANT_PAPER_KINDS)[number];

export const PAPER_NUMBERS = [
  'NONE',
  'CREDIT_CODE',
  'FOOD_PRODUCTION_LICENCE',
  'FOOD_BUSINESS_LICENCE',
  'ANY',
] as const;
/** What a paper's number has to be: nothing is asked for, the credit code, that of a licence to make or to trade food, or whatever it says. */
export type PaperNumber = (typeof PAPER_NUMBERS)[number];

export interface PaperForm {
  readonly name: Message;
  readonly number: PaperNumber;
  /** Whether it says until when it is valid. */
  readonly hasValidTo: 'NEVER' | 'MAYBE' | 'ALWAYS';
  /** It must not be older; null where age says nothing. */
  readonly ageDaysMax: number | null;
  /** It is issued for no longer; for any time unless said. */
  readonly yearsMax?: number;
}

/** Both licences of food are issued for five years, by the measures of 2020 (to make it) and 2023 (to trade it). */
const FOOD_LICENCE_YEARS = 5;

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
  FOOD_PRODUCTION_LICENCE: {
    name: { zh: '食品生产许可证', en: 'licence to make food' },
    number: 'FOOD_PRODUCTION_LICENCE',
    hasValidTo: 'ALWAYS',
    ageDaysMax: null,
    yearsMax: FOOD_LICENCE_YEARS,
  },
  FOOD_BUSINESS_LICENCE: {
    name: { zh: '食品经营许可证', en: 'licence to trade food' },
    number: 'FOOD_BUSINESS_LICENCE',
    hasValidTo: 'ALWAYS',
    ageDaysMax: null,
    yearsMax: FOOD_LICENCE_YEARS,
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
  // What lies in a hall is other people's, whatever it is.
  VENUE_OPERATOR: [...ENTITY, 'SITE_AGREEMENT', 'FOOD_BUSINESS_LICENCE'],
};

/** What has left the field, besides: fresh goods need no licence of food, and whoever makes it may sell it without one to trade. */
const REQUIRED_OF_FOOD: Readonly<Record<ProcessedFood, readonly MerchantPaperKind[]>> = {
  NONE: [],
  MADE: ['FOOD_PRODUCTION_LICENCE', 'TEST_REPORT'],
  TRADED: ['FOOD_BUSINESS_LICENCE', 'TEST_REPORT'],
  MADE_AND_TRADED: ['FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE', 'TEST_REPORT'],
};

/** In the order in which a page asks for them. */
export function requiredPapers(kind: MerchantKind, processedFood: ProcessedFood): MerchantPaperKind[] {
  const required = new Set([...REQUIRED[kind], ...REQUIRED_OF_FOOD[processedFood]]);
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

/** Of the mainland, by GB/T 2260, and 66 of the corps in Xinjiang, which issues its own. */
const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-6])';

/**
 * SC: three digits of the class of food (1 and 01 to 32) or of additives (2 and 01 to 03), six of the county, four in turn, the check.
 * JY: one digit of the trade (1 sells, 2 cooks, 3 a canteen), six of the county, six in turn, the check.
 */
const FOOD_LICENCES = {
  FOOD_PRODUCTION_LICENCE: {
    prefix: 'SC',
    body: new RegExp(`^(?:1(?:0[1-9]|[12]\\d|3[0-2])|20[1-3])${PROVINCE}\\d{9}$`),
    zh: '食品生产许可证编号为 SC 加 14 位数字，请与证件核对',
    en: 'The number of a licence to make food is SC and 14 digits; compare it with the licence.',
  },
  FOOD_BUSINESS_LICENCE: {
    prefix: 'JY',
    body: new RegExp(`^[123]${PROVINCE}\\d{11}$`),
    zh: '食品经营许可证编号为 JY 加 14 位数字，请与证件核对',
    en: 'The number of a licence to trade food is JY and 14 digits; compare it with the licence.',
  },
} as const;
export type FoodLicenceKind = keyof typeof FOOD_LICENCES;

/** Licences of food that anybody may be shown, in the order in which they are. */
export const FOOD_LICENCE_KINDS = [
  'FOOD_PRODUCTION_LICENCE',
  'FOOD_BUSINESS_LICENCE',
] as const satisfies FoodLicenceKind[];

/** Null for the number of such a licence, whose last digit checks the others. */
export function refuseFoodLicence(kind: FoodLicenceKind, number: string): Message | null {
  const { prefix, body, zh, en } = FOOD_LICENCES[kind];
  const [, said = '', digits = ''] = /^([A-Z]{2})(\d{14})$/.exec(number) ?? [];
  if (said === prefix && body.test(digits) && foodLicenceCheck(digits.slice(0, 13)) === digits.slice(13))
    return null;
  const other = FOOD_LICENCE_KINDS.find((each) => said === FOOD_LICENCES[each].prefix && each !== kind);
  if (!other) return { zh, en };
  const name = PAPER_FORMS[other].name;
  return { zh: `${said} 开头的是${name.zh}。${zh}`, en: `${said} is a ${name.en}. ${en}` };
}

export const PAPERS_MAX = 20;
export const PAPER_FILES_MAX = 6;
export const PAPER_NUMBER_LENGTH_MAX = 60;

/** What is typed of a paper, complete or not. */
export interface Paper<K extends string> {
  readonly kind: K | null;
  readonly number: string | null;
  readonly validFrom: string | null;
  /** Null for what is valid for ever, where its kind may be. */
  readonly validTo: string | null;
  readonly fileIds: readonly string[];
}

/** What it says, of whatever kind it is. */
export type PaperFacts = Omit<Paper<never>, 'kind'>;

const ageDays = (from: string, today: string) => (Date.parse(today) - Date.parse(from)) / DAY_MS;

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
    case 'FOOD_PRODUCTION_LICENCE':
    case 'FOOD_BUSINESS_LICENCE':
      return refuseFoodLicence(form.number, number ?? '');
    case 'ANY':
      return isBlank(number ?? '')
        ? { zh: `请填写${form.name.zh}编号`, en: `Say the number of the ${form.name.en}.` }
        : null;
  }
}

/** The same day of a later year; of the last of February the first of March. */
function plusYears(day: string, years: number): string {
  const at = new Date(day);
  at.setUTCFullYear(at.getUTCFullYear() + years);
  return at.toISOString().slice(0, 10);
}

function refuseValidTo(
  { validFrom, validTo }: PaperFacts,
  form: PaperForm,
  { today, beginsBy = today }: Pick<PaperGround, 'today' | 'beginsBy'>,
): Message | null {
  if (validTo === null)
    return form.hasValidTo === 'ALWAYS'
      ? { zh: `请填写${form.name.zh}的有效期至`, en: `Say until when the ${form.name.en} is valid.` }
      : null;
  if (form.hasValidTo === 'NEVER') return null;
  const { yearsMax } = form;
  if (yearsMax !== undefined && validTo > plusYears(validFrom ?? beginsBy, yearsMax))
    return {
      zh: `${form.name.zh}的有效期至多 ${yearsMax} 年，请核对到期日`,
      en: `A ${form.name.en} is valid for ${yearsMax} years at most; compare its last day.`,
    };
  // One that began is looked at beside this, so none ends before it begins.
  return validTo < today
    ? {
        zh: `${form.name.zh}已过期，请提交有效证件`,
        en: `The ${form.name.en} has expired; hand in one that is valid.`,
      }
    : null;
}

function refuseValidFrom(
  { validFrom }: PaperFacts,
  form: PaperForm,
  { today, beginsBy = today }: Pick<PaperGround, 'today' | 'beginsBy'>,
): Message | null {
  if (form.ageDaysMax === null)
    return validFrom !== null && validFrom > beginsBy
      ? {
          zh: `起始日不得晚于 ${beginsBy}`,
          en: `It begins on ${beginsBy} at the latest.`,
        }
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
  /** The last day on which it may begin; today unless said. */
  readonly beginsBy?: string;
}

/** Of one paper, everything that is wrong with it. */
export function refusePaper(form: PaperForm, paper: PaperFacts, ground: PaperGround): InvalidField[] {
  const { creditCode, files } = ground;
  const faults: InvalidField[] = [];
  const refuse = (path: string, message: Message | null) => {
    if (message) faults.push({ path, message });
  };
  refuse('number', refuseNumber(paper.number, form, creditCode));
  refuse('validFrom', refuseValidFrom(paper, form, ground));
  refuse('validTo', refuseValidTo(paper, form, ground));
  const isShown = paper.fileIds.length > 0 && paper.fileIds.every((id) => files.has(id));
  if (!isShown)
    refuse('fileIds', {
      zh: `请上传${form.name.zh}的照片或 PDF`,
      en: `Bring a photo or a PDF of the ${form.name.en}.`,
    });
  return faults;
}

/** Of all papers that something asks for, everything that is wrong with them, and which are missing. */
export function refusePapers<K extends string>(
  papers: readonly Paper<K>[],
  forms: Readonly<Record<K, PaperForm>>,
  required: readonly K[],
  ground: PaperGround,
): InvalidField[] {
  const faults = papers.flatMap((paper, index) => {
    const at = (path: string) => `content.papers.${index}.${path}`;
    if (paper.kind === null)
      return [{ path: at('kind'), message: { zh: '请选择材料类别', en: 'Say what paper this is.' } }];
    return refusePaper(forms[paper.kind], paper, ground).map(({ path, message }) => ({
      path: at(path),
      message,
    }));
  });
  const missing = required.filter((wanted) => papers.every(({ kind }) => kind !== wanted));
  if (missing.length === 0) return faults;
  const names = missing.map((each) => forms[each].name);
  const message = {
    zh: `还缺：${names.map(({ zh }) => zh).join('、')}`,
    en: `Still missing: ${names.map(({ en }) => en).join(', ')}.`,
  };
  return [...faults, { path: 'content.papers', message }];
}

/** What of papers would not fit; everything else is kept, complete or not. */
export function refusePaperSizes(papers: readonly Paper<string>[]): InvalidField[] {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (papers.length > PAPERS_MAX)
    refuse('content.papers', `至多 ${PAPERS_MAX} 份材料`, `At most ${PAPERS_MAX} papers.`);
  for (const [index, { number, fileIds }] of papers.entries()) {
    if ((number ?? '').length > PAPER_NUMBER_LENGTH_MAX)
      refuse(
        `content.papers.${index}.number`,
        `至多 ${PAPER_NUMBER_LENGTH_MAX} 个字符`,
        `At most ${PAPER_NUMBER_LENGTH_MAX} characters.`,
      );
    if (fileIds.length > PAPER_FILES_MAX || fileIds.some((id) => id.length > 40))
      refuse(
        `content.papers.${index}.fileIds`,
        `每份材料至多 ${PAPER_FILES_MAX} 个文件`,
        `At most ${PAPER_FILES_MAX} files of a paper.`,
      );
  }
  return faults;
}

/** What travels of a paper: whatever is left out is null. */
export type LoosePaper<K extends string> = { readonly [F in keyof Paper<K>]?: Paper<K>[F] | null };

/** Every field in its place, so that the same typing is the same text. */
export function papersOf<K extends string>(papers: readonly LoosePaper<K>[]): Paper<K>[] {
  return papers.map(({ kind, number, validFrom, validTo, fileIds }) => ({
    kind: kind ?? null,
    number: number ?? null,
    validFrom: validFrom ?? null,
    validTo: validTo ?? null,
    fileIds: fileIds ?? [],
  }));
}

/** The files of all papers, each once. */
export function paperFilesOf({ papers }: { readonly papers: readonly Paper<string>[] }): string[] {
  return [...new Set(papers.flatMap(({ fileIds }) => fileIds))];
}
