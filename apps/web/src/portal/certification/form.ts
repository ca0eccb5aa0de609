import type { VariablesOf } from 'gql.tada';
import { fenOf, yuanOf } from '../../shared/money.js';
import type { CERTIFICATION_SAVE } from '../certification.documents.js';
import type { Fault } from '../field.js';
import { type TypedPaper, isBlankPaper } from '../papers.js';
import type { Certification, PaperKind } from './words.js';

export type Said = VariablesOf<typeof CERTIFICATION_SAVE>['input']['content'];

/** All that is typed of a pack, as it stands in the fields. */
export interface Form {
  readonly townshipCode: string;
  readonly yuan: string;
  readonly agreementIds: readonly string[];
  readonly priceComparison: string;
  readonly afterSale: string;
  readonly isProcessedFood: boolean | null;
  readonly papers: Readonly<Partial<Record<PaperKind, TypedPaper>>>;
}

export const blankForm: Form = {
  townshipCode: '',
  yuan: '',
  agreementIds: [],
  priceComparison: '',
  afterSale: '',
  isProcessedFood: null,
  papers: {},
};

const orNull = (text: string): string | null => (text === '' ? null : text);

/** The papers of which something is there, in the order in which they travel. */
function broughtOf({ papers }: Form): readonly (readonly [PaperKind, TypedPaper])[] {
  const all = Object.entries(papers) as [PaperKind, TypedPaper][];
  return all.filter(([, paper]) => !isBlankPaper(paper)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** As it travels; the same typing is the same text. */
export const contentOf = (form: Form): Said => ({
  townshipCode: orNull(form.townshipCode),
  commodityValueFen: fenOf(form.yuan),
  agreementIds: [...form.agreementIds],
  priceComparison: orNull(form.priceComparison),
  afterSale: orNull(form.afterSale),
  isProcessedFood: form.isProcessedFood,
  papers: broughtOf(form).map(([kind, { number, validFrom, validTo, fileIds }]) => ({
    kind,
    number: orNull(number),
    validFrom: orNull(validFrom),
    validTo: orNull(validTo),
    fileIds: [...fileIds],
  })),
});

export function formOf({ content }: Pick<Certification, 'content'>): Form {
  const papers: Partial<Record<PaperKind, TypedPaper>> = {};
  for (const { kind, number, validFrom, validTo, fileIds } of content.papers)
    if (kind !== null)
      papers[kind] = {
        number: number ?? '',
        validFrom: validFrom ?? '',
        validTo: validTo ?? '',
        fileIds,
      };
  return {
    townshipCode: content.townshipCode ?? '',
    yuan: content.commodityValueFen === null ? '' : yuanOf(content.commodityValueFen),
    agreementIds: content.agreementIds,
    priceComparison: content.priceComparison ?? '',
    afterSale: content.afterSale ?? '',
    isProcessedFood: content.isProcessedFood,
    papers,
  };
}

/** A fault names a paper by its place, which the next word typed may change: here it is named by its kind. */
export function byKind(faults: readonly Fault[], form: Form): readonly Fault[] {
  const brought = broughtOf(form);
  return faults.map(({ path, message }) => {
    const [, place, rest = ''] = /^content\.papers\.(\d+)(.*)$/.exec(path) ?? [];
    const kind = place === undefined ? undefined : brought[Number(place)]?.[0];
    return { path: kind === undefined ? path : `content.papers.${kind}${rest}`, message };
  });
}

/** Where the fault of a field is mended. */
export function stepOf(path: string): number {
  if (path.startsWith('content.papers')) return 3;
  const isOfHelp = /^content\.(?:agreementIds|priceComparison|afterSale)/.test(path);
  return isOfHelp ? 2 : 1;
}
