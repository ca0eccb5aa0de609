import { type InvalidField, InvalidInputError } from '#libs/kernel';
import type { TaxSubject, TaxTreatment, TaxTreatmentWord } from './tax-treatment.entity.js';

/** What is set, as plain values. */
export type TaxTreatmentRow = { readonly [Key in keyof TaxTreatment]: TaxTreatment[Key] };

export interface TaxWish {
  readonly merchantId: string;
  readonly subject: TaxSubject;
  /** '' unless it is about a category. */
  readonly categoryCode: string;
  readonly effectiveOn: string;
  /** Of what stands for that very day; 0 where nothing does. */
  readonly revision: number;
  readonly treatment: TaxTreatmentWord;
  readonly rateBps: number | null;
  readonly reason: string;
}

/** UNSET: nobody has said, and nothing is made up. */
export const ITEM_TREATMENTS = ['UNSET', 'SELF_PRODUCED_EXEMPT', 'STANDARD', 'SMALL_SCALE'] as const;
export type ItemTreatment = (typeof ITEM_TREATMENTS)[number];

/** As it is frozen on an item of an invoice. */
export interface ItemTax {
  readonly taxTreatment: ItemTreatment;
  readonly taxRateBps: number | null;
}

export const UNSET: ItemTax = { taxTreatment: 'UNSET', taxRateBps: null };

/** The seller of SERVICE, and of nothing else. */
export const PLATFORM_SELLER = 'platform';

const REASON_LENGTH_MAX = 400;
/** The whole: a rate above it is a slip. */
const RATE_BPS_MAX = 10_000;

/** All faults at once. Whether a category exists is not asked here. */
export function refuseTaxWish(wish: TaxWish): InvalidInputError | null {
  const { merchantId, subject, categoryCode, treatment, rateBps, reason } = wish;
  const fields: InvalidField[] = [];
  if ((subject === 'SERVICE') !== (merchantId === PLATFORM_SELLER)) {
    const message = {
      zh: `平台服务由 ${PLATFORM_SELLER} 提供，且仅此一项`,
      en: `Service is sold by ${PLATFORM_SELLER}, and nothing else is.`,
    };
    fields.push({ path: 'merchantId', message });
  }
  if ((subject === 'CATEGORY') !== (categoryCode !== '')) {
    const message = {
      zh: '按品类设置时须写明品类，其他情况不得填写',
      en: 'A category is named where it is about one, and only there.',
    };
    fields.push({ path: 'categoryCode', message });
  }
  if ((subject === 'FREIGHT' || subject === 'SERVICE') && treatment === 'SELF_PRODUCED_EXEMPT') {
    const message = {
      zh: '运费和平台服务不是自产农产品',
      en: 'Nobody grows freight or service: they are not exempt as own produce.',
    };
    fields.push({ path: 'treatment', message });
  }
  const isRateGood =
    treatment === 'SELF_PRODUCED_EXEMPT'
      ? rateBps === null
      : rateBps !== null && Number.isInteger(rateBps) && rateBps >= 0 && rateBps <= RATE_BPS_MAX;
  if (!isRateGood) {
    const message = {
      zh: '免税不填税率；其他须填 0 到 10000 之间的税率（万分之一）',
      en: 'What is exempt has no rate; anything else has one of 0 to 10000 hundredths of a per cent.',
    };
    fields.push({ path: 'rateBps', message });
  }
  const { length } = reason.trim();
  if (length === 0 || length > REASON_LENGTH_MAX) {
    const message = {
      zh: `须写明依据，不超过 ${REASON_LENGTH_MAX} 字`,
      en: `A reason is needed, of at most ${REASON_LENGTH_MAX} characters.`,
    };
    fields.push({ path: 'reason', message });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** Said before, and not to be said twice. */
export function isSaid(
  row: Pick<TaxTreatmentRow, 'revision' | 'treatment' | 'rateBps' | 'reason'>,
  wish: TaxWish,
): boolean {
  return (
    row.revision === wish.revision + 1 &&
    row.treatment === wish.treatment &&
    row.rateBps === wish.rateBps &&
    row.reason === wish.reason.trim()
  );
}

/** What is sold: goods of a category, or freight where there is none. */
export interface Taxed {
  readonly merchantId: string;
  readonly categoryCode: string | null;
  /** The business day of payment. */
  readonly paidOn: string;
}

type Entry = Pick<
  TaxTreatmentRow,
  'merchantId' | 'subject' | 'categoryCode' | 'effectiveOn' | 'revision' | 'treatment' | 'rateBps'
>;

/** Its category's where there is one, all goods' otherwise; the latest that holds on the day. Freight has only its own. */
export function taxOf(entries: readonly Entry[], { merchantId, categoryCode, paidOn }: Taxed): ItemTax {
  const subjects: readonly TaxSubject[] = categoryCode === null ? ['FREIGHT'] : ['CATEGORY', 'GOODS'];
  for (const subject of subjects) {
    const latest = latestOf(
      entries.filter(
        (entry) =>
          entry.merchantId === merchantId &&
          entry.subject === subject &&
          (subject !== 'CATEGORY' || entry.categoryCode === categoryCode),
      ),
      paidOn,
    );
    if (latest) return latest;
  }
  return UNSET;
}

/** The platform's service of a month, by the month's last day. */
export function serviceTaxOf(entries: readonly Entry[], lastOn: string): ItemTax {
  return (
    latestOf(
      entries.filter(({ subject }) => subject === 'SERVICE'),
      lastOn,
    ) ?? UNSET
  );
}

function latestOf(entries: readonly Entry[], day: string): ItemTax | null {
  const [latest] = entries
    .filter(({ effectiveOn }) => effectiveOn <= day)
    .toSorted((one, two) => two.effectiveOn.localeCompare(one.effectiveOn) || two.revision - one.revision);
  return latest ? { taxTreatment: latest.treatment, taxRateBps: latest.rateBps } : null;
}
