import { type Fen, type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { GoodsGrade } from './goods-kind.entity.js';

/** What one box can cost: a hundred million yuan is a mistake. */
export const PRICE_FEN_MAX = 10_000_000_000n;
/** A tonne. */
export const WEIGHT_G_MAX = 1_000_000;
/** Sizes and grades on one page. */
export const VARIANTS_MAX = 20;

export interface ListedVariant {
  readonly sku: string;
  readonly name: string;
  /** UNGRADED unless said. */
  readonly grade?: GoodsGrade;
  readonly netWeightG: number;
  readonly priceFen: Fen;
}

export interface ListingFacts {
  readonly name: string;
  /** 1 to 12, both or neither. */
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly variants: readonly ListedVariant[];
}

const isMonth = (month: number) => Number.isInteger(month) && month >= 1 && month <= 12;

export function isPrice(priceFen: Fen): boolean {
  return priceFen > 0n && priceFen <= PRICE_FEN_MAX;
}

export function isWeight(netWeightG: number): boolean {
  return Number.isInteger(netWeightG) && netWeightG >= 1 && netWeightG <= WEIGHT_G_MAX;
}

export const weightRefusal: InvalidField = {
  path: 'netWeightG',
  message: {
    zh: `净重须为 1 到 ${WEIGHT_G_MAX} 的整数克`,
    en: `The net weight is 1 to ${WEIGHT_G_MAX.toLocaleString('en')} whole grams.`,
  },
};

export const priceRefusal: InvalidField = {
  path: 'priceFen',
  message: {
    zh: '价格须大于零，且不超过一亿元',
    en: 'A price is above zero, and at most a hundred million yuan.',
  },
};

/** What no box costs or weighs. */
export function refusePricing({
  priceFen,
  netWeightG,
}: Pick<ListedVariant, 'priceFen' | 'netWeightG'>): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (!isPrice(priceFen)) fields.push(priceRefusal);
  if (!isWeight(netWeightG)) fields.push(weightRefusal);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

export function refuseName(name: string): InvalidField | null {
  const length = Array.from(name.trim()).length;
  if (length >= 1 && length <= 120) return null;
  return { path: 'name', message: { zh: '名称须为 1 到 120 个字', en: 'The name has 1 to 120 characters.' } };
}

const OFF_REASON_LENGTH_MAX = 200;

/** Why goods are taken off the shelf; it stays in the audit log. */
export function refuseOffReason(reason: string): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  if (!isBlank(reason) && length >= 2 && length <= OFF_REASON_LENGTH_MAX) return null;
  const message = {
    zh: `请写明为什么下架（2 到 ${OFF_REASON_LENGTH_MAX} 字）`,
    en: `Say in 2 to ${OFF_REASON_LENGTH_MAX} characters why it is taken off.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

/** All faults at once. */
export function refuseListing(listing: ListingFacts): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const nameFault = refuseName(listing.name);
  if (nameFault) fields.push(nameFault);
  const { seasonFrom, seasonTo, variants } = listing;
  const isSeason =
    (seasonFrom === null && seasonTo === null) ||
    (seasonFrom !== null && seasonTo !== null && isMonth(seasonFrom) && isMonth(seasonTo));
  if (!isSeason)
    fields.push({
      path: 'seasonFrom',
      message: { zh: '时令须为起止月份，或都不填', en: 'A season has its first and last month, or neither.' },
    });
  if (variants.length < 1 || variants.length > VARIANTS_MAX)
    fields.push({
      path: 'variants',
      message: { zh: `规格须为 1 到 ${VARIANTS_MAX} 种`, en: `There are 1 to ${VARIANTS_MAX} variants.` },
    });
  for (const [index, { priceFen, netWeightG }] of variants.entries()) {
    if (!isPrice(priceFen)) fields.push({ ...priceRefusal, path: `variants.${index}.priceFen` });
    if (!isWeight(netWeightG)) fields.push({ ...weightRefusal, path: `variants.${index}.netWeightG` });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
