import type { ResultOf, VariablesOf } from 'gql.tada';
import { type TypedPaper, blankPaper } from '../papers.js';
import type { APPLICATION, APPLICATION_SAVE, PAPERS_REQUIRED } from '../apply.documents.js';

export type Application = NonNullable<ResultOf<typeof APPLICATION>['merchantApplication']>;
export type Said = VariablesOf<typeof APPLICATION_SAVE>['input']['content'];
export type PaperForm = ResultOf<typeof PAPERS_REQUIRED>['merchantPapersRequired'][number];
export type PaperKind = PaperForm['kind'];
export type MerchantKind = NonNullable<Application['content']['kind']>;
export type ProcessedFood = NonNullable<Application['content']['processedFood']>;

/** All that is typed of an application, as it stands in the fields. */
export interface Form {
  readonly kind: MerchantKind | null;
  readonly name: string;
  readonly creditCode: string;
  readonly countyCode: string;
  readonly townshipCode: string;
  readonly legalPersonName: string;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly goods: string;
  readonly processedFood: ProcessedFood | null;
  /** Which papers such an applicant brings, as the service has said; '' of numbers that are the credit code. */
  readonly required: readonly { readonly kind: PaperKind; readonly isCreditCode: boolean }[];
  /** What was typed of papers, also of those that are asked for no longer: whoever changes their mind types nothing twice. */
  readonly papers: Readonly<Partial<Record<PaperKind, TypedPaper>>>;
}

export const blankForm: Form = {
  kind: null,
  name: '',
  creditCode: '',
  countyCode: '',
  townshipCode: '',
  legalPersonName: '',
  contactName: '',
  contactPhone: '',
  goods: '',
  processedFood: null,
  required: [],
  papers: {},
};

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** As it travels; the same typing is the same text. A licence's number is the credit code, which nobody types twice. */
export const contentOf = (form: Form): Said => ({
  kind: form.kind,
  name: orNull(form.name),
  creditCode: orNull(form.creditCode),
  countyCode: orNull(form.countyCode),
  townshipCode: orNull(form.townshipCode),
  legalPersonName: orNull(form.legalPersonName),
  contactName: orNull(form.contactName),
  contactPhone: orNull(form.contactPhone),
  goods: orNull(form.goods),
  processedFood: form.processedFood,
  papers: form.required.map(({ kind, isCreditCode }) => {
    const { number, validFrom, validTo, fileIds } = form.papers[kind] ?? blankPaper;
    return {
      kind,
      number: orNull(isCreditCode ? form.creditCode : number),
      validFrom: orNull(validFrom),
      validTo: orNull(validTo),
      fileIds: [...fileIds],
    };
  }),
});

const CREDIT_CODE_PAPERS: readonly PaperKind[] = ['BUSINESS_LICENCE', 'COLLECTIVE_CERTIFICATE'];

export function formOf(content: Application['content']): Form {
  const papers = content.papers.flatMap(({ kind, ...paper }) => (kind === null ? [] : [{ kind, ...paper }]));
  return {
    kind: content.kind,
    name: content.name ?? '',
    creditCode: content.creditCode ?? '',
    countyCode: content.countyCode ?? '',
    townshipCode: content.townshipCode ?? '',
    legalPersonName: content.legalPersonName ?? '',
    contactName: content.contactName ?? '',
    contactPhone: content.contactPhone ?? '',
    goods: content.goods ?? '',
    processedFood: content.processedFood,
    required: papers.map(({ kind }) => ({ kind, isCreditCode: CREDIT_CODE_PAPERS.includes(kind) })),
    papers: Object.fromEntries(
      papers.map(({ kind, number, validFrom, validTo, fileIds }) => [
        kind,
        { number: number ?? '', validFrom: validFrom ?? '', validTo: validTo ?? '', fileIds },
      ]),
    ),
  };
}

/** Where a credit code was given out, by its third to eighth character: mostly where the business is registered. Empty for what is given out by a city or above, and while it is typed. */
export const countyOfCode = (code: string): string =>
  /^[0-9A-Z]{2}(\d{4}(?!00)\d{2})[0-9A-Z]{10}$/.exec(code)?.[1] ?? '';

const SECOND: ReadonlySet<string> = new Set([
  'content.legalPersonName',
  'content.contactName',
  'content.contactPhone',
  'content.goods',
  'content.processedFood',
]);

/** Where the fault of a field is mended. */
export function stepOf(path: string): number {
  if (path.startsWith('content.papers') || path.startsWith('content.bankAccount')) return 3;
  return SECOND.has(path) ? 2 : 1;
}
