import { DAY_MS, type InvalidField, type Message, isBlank } from '#libs/kernel';
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

function refuseValidTo({ validTo }: PaperFacts, form: PaperForm, today: string): Message | null {
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
  const { creditCode, today, files } = ground;
  const faults: InvalidField[] = [];
  const refuse = (path: string, message: Message | null) => {
    if (message) faults.push({ path, message });
  };
  refuse('number', refuseNumber(paper.number, form, creditCode));
  refuse('validFrom', refuseValidFrom(paper, form, ground));
  refuse('validTo', refuseValidTo(paper, form, today));
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
