import type { ResultOf, VariablesOf } from 'gql.tada';
import { freshKey } from '../../shared/draft.js';
import { fenOf, yuanOf } from '../../shared/money.js';
import type { Fault } from '../field.js';
import type { LISTING, LISTING_SAVE } from '../listing.documents.js';

export type Listing = NonNullable<ResultOf<typeof LISTING>['listing']>;
export type Said = VariablesOf<typeof LISTING_SAVE>['input']['content'];
export type Grade = NonNullable<Listing['content']['variants'][number]['grade']>;

/** One size as it is typed: weight in jin, price in yuan, as text, so that half a number is half a number. */
export interface Pack {
  /** Its place in the page, whatever it is called. */
  readonly key: string;
  readonly variantId: string | null;
  readonly name: string;
  readonly grade: Grade;
  readonly jin: string;
  readonly yuan: string;
}

/** All that is typed of goods, as it stands in the fields. */
export interface Form {
  readonly kindCode: string;
  readonly categoryCode: string;
  readonly name: string;
  readonly description: string;
  readonly originCountyCode: string;
  readonly isPerishable: boolean | null;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly packs: readonly Pack[];
  readonly photoIds: readonly string[];
  readonly note: string;
}

export const blankPack = (): Pack => ({
  key: freshKey(),
  variantId: null,
  name: '',
  grade: 'UNGRADED',
  jin: '',
  yuan: '',
});

export const blankForm = (originCountyCode = ''): Form => ({
  kindCode: '',
  categoryCode: '',
  name: '',
  description: '',
  originCountyCode,
  isPerishable: null,
  seasonFrom: null,
  seasonTo: null,
  packs: [blankPack()],
  photoIds: [],
  note: '',
});

/** A jin is five hundred grams; null while it is no weight. */
export function gramsOf(jin: string): number | null {
  const grams = Math.round(Number(jin) * 500);
  return jin.trim() !== '' && Number.isFinite(grams) && grams > 0 && grams <= 1_000_000 ? grams : null;
}

export const jinOf = (grams: number): string => String(Number((grams / 500).toFixed(3)));

/** What 500 g of it cost, half a fen counted up, as the service counts. */
export const jinPriceOf = (fen: string, grams: number): string =>
  ((BigInt(fen) * 1_000n + BigInt(grams)) / (2n * BigInt(grams))).toString();

const orNull = (text: string): string | null => (text === '' ? null : text);

/** As it travels; the same typing is the same text. */
export const contentOf = (form: Form): Said => ({
  kindCode: orNull(form.kindCode),
  categoryCode: form.kindCode === '' ? orNull(form.categoryCode) : null,
  name: orNull(form.name),
  description: orNull(form.description),
  originCountyCode: orNull(form.originCountyCode),
  isPerishable: form.isPerishable,
  seasonFrom: form.seasonFrom,
  seasonTo: form.seasonTo,
  variants: form.packs.map(({ variantId, name, grade, jin, yuan }) => ({
    variantId,
    name: orNull(name),
    grade,
    netWeightG: gramsOf(jin),
    priceFen: fenOf(yuan),
  })),
  photoIds: [...form.photoIds],
  note: orNull(form.note),
});

type Kept = Pick<Listing, 'content'>['content'];

export function formOf(content: Kept): Form {
  const packs = content.variants.map((variant) => ({
    key: freshKey(),
    variantId: variant.variantId,
    name: variant.name ?? '',
    grade: variant.grade ?? 'UNGRADED',
    jin: variant.netWeightG === null ? '' : jinOf(variant.netWeightG),
    yuan: variant.priceFen === null ? '' : yuanOf(variant.priceFen),
  }));
  return {
    kindCode: content.kindCode ?? '',
    categoryCode: content.categoryCode ?? '',
    name: content.name ?? '',
    description: content.description ?? '',
    originCountyCode: content.originCountyCode ?? '',
    isPerishable: content.isPerishable,
    seasonFrom: content.seasonFrom,
    seasonTo: content.seasonTo,
    packs: packs.length === 0 ? [blankPack()] : packs,
    photoIds: content.photoIds,
    note: content.note ?? '',
  };
}

export interface StepProps {
  readonly form: Form;
  readonly change: (changes: Partial<Form>) => void;
  /** What is wrong, by the path of the field. */
  readonly faults: readonly Fault[];
}

/** Where the fault of a field is mended. */
export function stepOf(path: string): number {
  if (path.startsWith('content.variants')) return 2;
  return path.startsWith('content.photoIds') || path === 'content.note' ? 3 : 1;
}
