import {
  type GoodsGrade,
  type ListedVariant,
  type PriceAsked,
  type ProductChange,
  VARIANTS_MAX,
  type VariantChange,
  type VariantId,
  refuseListing,
} from '#libs/catalog';
import {
  type IdOf,
  type InvalidField,
  InvalidInputError,
  type Loose,
  fen,
  isBlank,
  type ReturnedField,
} from '#libs/kernel';
import type { ListingAct, ListingContent, ListingState, ListingVariant } from './product-listing.entity.js';

/** What a page shows of goods; the first stands in lists. */
export const PHOTOS_MAX = 9;
const TEXT_LENGTH_MAX = 4_000;
const DESCRIPTION_LENGTH_MAX = 2_000;
const VARIANT_NAME_LENGTH_MAX = 80;
const NOTE_LENGTH_MAX = 500;
const REASON_LENGTH_MAX = 500;

/** What its merchant may still change. */
export const EDITABLE: readonly ListingState[] = ['DRAFT', 'RETURNED'];

/** What waits for somebody or is being typed; the others are over. */
export const UNDECIDED: readonly ListingState[] = ['DRAFT', 'SUBMITTED', 'RETURNED'];

/** As many as a shop that moves here brings by one table; whoever has more open is trying something out. Two saves at once may make one more. */
export const UNDECIDED_MAX = 10_000;

/** One's own name among whoever has typed; a team is few. */
export function typedAlsoBy(typedBy: readonly IdOf<'usr'>[] | null, userId: IdOf<'usr'>): IdOf<'usr'>[] {
  return [...new Set([...(typedBy ?? []), userId])];
}

export type ReviewAct = Extract<ListingAct, 'APPROVED' | 'RETURNED'>;

/** What travels: whatever is left out is null, and money is money. */
export type LooseListing = Omit<Loose<ListingContent>, 'variants' | 'photoIds'> & {
  readonly variants: readonly (Omit<Loose<ListingVariant>, 'priceFen'> & {
    readonly priceFen?: bigint | null;
  })[];
  readonly photoIds?: readonly string[] | null;
};

/** Every field in its place, so that the same typing is the same text. */
export function contentOf(content: LooseListing): ListingContent {
  return {
    kindCode: content.kindCode ?? null,
    categoryCode: content.categoryCode ?? null,
    name: content.name ?? null,
    description: content.description ?? null,
    originCountyCode: content.originCountyCode ?? null,
    isPerishable: content.isPerishable ?? null,
    seasonFrom: content.seasonFrom ?? null,
    seasonTo: content.seasonTo ?? null,
    variants: content.variants.map(({ variantId, name, grade, netWeightG, priceFen }) => ({
      variantId: variantId ?? null,
      name: name ?? null,
      grade: grade ?? null,
      netWeightG: netWeightG ?? null,
      priceFen: priceFen?.toString() ?? null,
    })),
    photoIds: [...new Set(content.photoIds ?? [])],
    note: content.note ?? null,
  };
}

/** Of other characters than codes and ids have, nothing is found and nothing can be compared: what is kept has to be readable again. */
const CODE = /^[\x20-\x7e]{0,40}$/;

/** What would not fit; everything else is kept, complete or not. */
export function refuseSize({ variants, photoIds, ...texts }: ListingContent): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    faults.push({ path: `content.${path}`, message: { zh, en } });
  if (!CODE.test(texts.kindCode ?? '')) refuse('kindCode', '没有这个品类', 'There is no such kind.');
  if (!CODE.test(texts.categoryCode ?? ''))
    refuse('categoryCode', '没有这个分类', 'There is no such category.');
  if (!CODE.test(texts.originCountyCode ?? ''))
    refuse('originCountyCode', '没有这个县市区', 'There is no such county.');
  for (const name of ['name', 'description', 'note'] as const)
    if ((texts[name] ?? '').length > TEXT_LENGTH_MAX)
      refuse(name, `至多 ${TEXT_LENGTH_MAX} 字`, `At most ${TEXT_LENGTH_MAX} characters.`);
  if (variants.length > VARIANTS_MAX)
    refuse('variants', `至多 ${VARIANTS_MAX} 种规格`, `At most ${VARIANTS_MAX} variants.`);
  for (const [index, { variantId, name }] of variants.entries()) {
    if ((name ?? '').length > TEXT_LENGTH_MAX)
      refuse(
        `variants.${index}.name`,
        `至多 ${VARIANT_NAME_LENGTH_MAX} 字`,
        `At most ${VARIANT_NAME_LENGTH_MAX} characters.`,
      );
    if (!CODE.test(variantId ?? ''))
      refuse(`variants.${index}.variantId`, '没有这个规格', 'There is no such variant.');
  }
  if (photoIds.length > PHOTOS_MAX)
    refuse('photoIds', `至多 ${PHOTOS_MAX} 张照片`, `At most ${PHOTOS_MAX} photos.`);
  for (const [index, id] of photoIds.entries())
    if (!CODE.test(id)) refuse(`photoIds.${index}`, photoGone.zh, photoGone.en);
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export const photoGone = {
  zh: '没有这张照片，请重新上传',
  en: 'There is no such photo; bring it again.',
};

/** What there is to be found of what the content names. */
export interface ListingFinds {
  /** Categories of kinds, by the kind's code. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly categories: ReadonlySet<string>;
  readonly counties: ReadonlySet<string>;
  /** On sale, of the product that is changed. */
  readonly variants: ReadonlySet<string>;
}

/** A listing that can be reviewed. */
export interface PlacedListing {
  readonly name: string;
  readonly description: string;
  readonly categoryCode: string;
  readonly kindCode: string | null;
  readonly originCountyCode: string;
  readonly isPerishable: boolean;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly variants: readonly (Required<Omit<ListedVariant, 'sku'>> & {
    readonly variantId: string | null;
  })[];
  readonly photoIds: readonly string[];
}

/** All faults at once: what goods they are, how they are packed and what they cost, how they look. */
export function placeListing(
  content: ListingContent,
  finds: ListingFinds,
): PlacedListing | InvalidInputError {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    faults.push({ path: `content.${path}`, message: { zh, en } });
  const { kindCode, seasonFrom, seasonTo } = content;
  const categoryCode = (kindCode === null ? content.categoryCode : finds.kinds.get(kindCode)) ?? '';
  if (kindCode !== null && !finds.kinds.has(kindCode))
    refuse('kindCode', '没有这个品类', 'There is no such kind.');
  if (kindCode === null && !finds.categories.has(categoryCode))
    refuse('categoryCode', '请选择品类或分类', 'Say of which kind or category it is.');
  const description = content.description?.trim() ?? '';
  if (isBlank(description) || Array.from(description).length > DESCRIPTION_LENGTH_MAX)
    refuse(
      'description',
      `请填写商品说明（至多 ${DESCRIPTION_LENGTH_MAX} 字）`,
      `Describe it, in at most ${DESCRIPTION_LENGTH_MAX} characters.`,
    );
  const originCountyCode = content.originCountyCode ?? '';
  if (!finds.counties.has(originCountyCode))
    refuse('originCountyCode', '请选择产地县市区', 'Say in which county it grows or is made.');
  if (content.isPerishable === null)
    refuse('isPerishable', '请说明是否为鲜活易腐商品', 'Say whether it is fresh and perishes.');
  const name = isBlank(content.name ?? '') ? '' : (content.name?.trim() ?? '');
  const variants = content.variants.map((variant, index) => {
    const called = isBlank(variant.name ?? '') ? '' : (variant.name?.trim() ?? '');
    if (called === '' || Array.from(called).length > VARIANT_NAME_LENGTH_MAX)
      refuse(
        `variants.${index}.name`,
        `规格名称须为 1 到 ${VARIANT_NAME_LENGTH_MAX} 个字`,
        `A variant has a name of 1 to ${VARIANT_NAME_LENGTH_MAX} characters.`,
      );
    const isAgain = content.variants.slice(0, index).some(({ variantId }) => variantId === variant.variantId);
    if (variant.variantId !== null && (isAgain || !finds.variants.has(variant.variantId)))
      refuse(
        `variants.${index}.variantId`,
        '该规格不在售',
        'This variant is not on sale, or stands here twice.',
      );
    return {
      variantId: variant.variantId,
      name: called,
      grade: variant.grade ?? ('UNGRADED' as GoodsGrade),
      netWeightG: variant.netWeightG ?? 0,
      priceFen: fen(variant.priceFen ?? '0'),
    };
  });
  const facts = { name, seasonFrom, seasonTo, variants: variants.map((each) => ({ ...each, sku: '' })) };
  for (const { path, message } of refuseListing(facts)?.fields ?? [])
    faults.push({ path: `content.${path}`, message });
  if (content.photoIds.length === 0)
    refuse('photoIds', '请至少上传一张照片', 'Show at least one photo of it.');
  if (Array.from(content.note ?? '').length > NOTE_LENGTH_MAX)
    refuse('note', `至多 ${NOTE_LENGTH_MAX} 字`, `At most ${NOTE_LENGTH_MAX} characters.`);
  if (faults.length > 0) return new InvalidInputError(faults);
  return {
    name,
    description,
    categoryCode,
    kindCode,
    originCountyCode,
    isPerishable: content.isPerishable === true,
    seasonFrom,
    seasonTo,
    variants,
    photoIds: content.photoIds,
  };
}

/** A certificate says of goods where they come from, so goods that have one come from nowhere else; those of another origin are listed, and certified, by themselves. */
export function refuseOrigin(
  base: Pick<ListingContent, 'originCountyCode'> | null,
  placed: Pick<PlacedListing, 'originCountyCode'>,
  isCertified: boolean,
): InvalidInputError | null {
  if (!isCertified || base?.originCountyCode === placed.originCountyCode) return null;
  const message = {
    zh: '已认定的产品不能改产地；别处产的请作为新商品上架，另行认定',
    en: 'Its certificate says where it comes from; list goods of another origin by themselves.',
  };
  return new InvalidInputError([{ path: 'content.originCountyCode', message }]);
}

/** Why it is sent back, or may cost so much: said to the merchant, and kept. */
export function refuseReason(reason: string, path: 'reason' | 'priceReason'): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  if (!isBlank(reason) && length >= 2 && length <= REASON_LENGTH_MAX) return null;
  const message = {
    zh: `请写明理由（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path, message }]);
}

/** Field by field, what would be otherwise; null where there was nothing, or will be. */
export interface ListingDifference {
  /** As in a fault of the content, without `content.`; a variant that was there by its id, a new one by its place. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

const FIELDS = [
  'kindCode',
  'categoryCode',
  'name',
  'description',
  'originCountyCode',
  'isPerishable',
  'seasonFrom',
  'seasonTo',
] as const;
const VARIANT_FIELDS = ['name', 'grade', 'netWeightG', 'priceFen'] as const;

const textOf = (value: string | number | boolean | null | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);

/** A variant of which nothing is said is none. */
const fieldsOf = (variant: ListingVariant | undefined) =>
  VARIANT_FIELDS.map((field) => ({ field, text: textOf(variant?.[field]) }));

/** What whoever reviews it looks at. Of new goods everything differs. */
export function differencesOf(base: ListingContent | null, content: ListingContent): ListingDifference[] {
  const found: ListingDifference[] = [];
  const compare = (path: string, before: string | null, after: string | null) => {
    if (before !== after) found.push({ path, before, after });
  };
  for (const field of FIELDS) {
    // A kind says to which category it belongs.
    if (field === 'categoryCode' && content.kindCode !== null) continue;
    compare(field, textOf(base?.[field]), textOf(content[field]));
  }
  for (const [index, variant] of content.variants.entries()) {
    const known = base?.variants.find(
      ({ variantId }) => variantId !== null && variantId === variant.variantId,
    );
    const before = fieldsOf(known);
    for (const [place, { field, text }] of fieldsOf(variant).entries())
      compare(`variants.${variant.variantId ?? index}.${field}`, before[place]?.text ?? null, text);
  }
  for (const gone of base?.variants ?? []) {
    if (content.variants.some(({ variantId }) => variantId === gone.variantId)) continue;
    for (const { field, text } of fieldsOf(gone)) compare(`variants.${gone.variantId}.${field}`, text, null);
  }
  compare('photoIds', textOf(base?.photoIds.join(' ')), textOf(content.photoIds.join(' ')));
  return found;
}

/** What of a product on sale becomes otherwise: what differs from what it was when the change was handed in. What else has changed since, such as a price, stays. */
export function changeOf(
  base: ListingContent,
  content: ListingContent,
  placed: PlacedListing,
): ProductChange {
  const differs = new Set(differencesOf(base, content).map(({ path }) => path));
  const isKept = new Set(placed.variants.map(({ variantId }) => variantId));
  const { kindCode, categoryCode, name, description, originCountyCode, isPerishable, seasonFrom, seasonTo } =
    placed;
  const variants = placed.variants.flatMap(({ variantId, ...variant }): VariantChange[] => {
    if (variantId === null) return [];
    const of = <K extends keyof typeof variant>(field: K) =>
      differs.has(`variants.${variantId}.${field}`) ? { [field]: variant[field] } : {};
    const changes = { ...of('name'), ...of('grade'), ...of('netWeightG'), ...of('priceFen') };
    return Object.keys(changes).length > 0 ? [{ id: variantId as VariantId, ...changes }] : [];
  });
  return {
    ...(differs.has('kindCode') || differs.has('categoryCode') ? { kindCode, categoryCode } : {}),
    ...(differs.has('name') ? { name } : {}),
    ...(differs.has('description') ? { description } : {}),
    ...(differs.has('originCountyCode') ? { originCountyCode } : {}),
    ...(differs.has('isPerishable') ? { isPerishable } : {}),
    ...(differs.has('seasonFrom') || differs.has('seasonTo') ? { seasonFrom, seasonTo } : {}),
    ...(differs.has('photoIds') ? { photoIds: placed.photoIds } : {}),
    variants,
    added: placed.variants.flatMap(({ variantId, ...variant }) => (variantId === null ? [variant] : [])),
    removedIds: base.variants.flatMap(({ variantId }) =>
      variantId !== null && !isKept.has(variantId) ? [variantId as VariantId] : [],
    ),
  };
}

/** What the band is asked when it is handed in: of the same kind and grade as on sale, what it costs already may stay. */
export function pricesAsked(
  base: ListingContent | null,
  { kindCode, variants }: Pick<PlacedListing, 'kindCode' | 'variants'>,
): Omit<PriceAsked, 'name'>[] {
  return variants.map(({ variantId, grade, netWeightG, priceFen }) => {
    const before =
      variantId === null || base?.kindCode !== kindCode
        ? undefined
        : base.variants.find((each) => each.variantId === variantId && each.grade === grade);
    const live = before && {
      priceFen: fen(before.priceFen ?? '0'),
      netWeightG: before.netWeightG ?? netWeightG,
    };
    return { kindCode, grade, netWeightG, priceFen, live: live ?? null };
  });
}

/** For another offer like the last one: what has to be one's own (photos, ids of variants) is left out. */
export function copyOf(content: ListingContent): ListingContent {
  return {
    ...content,
    photoIds: [],
    note: null,
    variants: content.variants.map((variant) => ({ ...variant, variantId: null })),
  };
}

/** What a message has room for. */
const FAULT_LENGTH_MAX = 30;

/** The first thing that is to be mended, as short as a message has to be; all of it is said where they look. */
export function firstFault({
  reason,
  fields,
}: {
  readonly reason: string;
  readonly fields: readonly ReturnedField[];
}): string {
  const letters = Array.from((fields[0]?.message ?? reason).trim());
  return letters.length > FAULT_LENGTH_MAX
    ? `${letters.slice(0, FAULT_LENGTH_MAX - 1).join('')}…`
    : letters.join('');
}
