import { DAY_MS, type Fen, InvalidInputError, type InvalidField, sumFen } from '#libs/kernel';
import type { VolumeChannel } from './volume-fact.entity.js';

export const VOLUME_AXES = ['DAY', 'MONTH', 'COUNTY', 'PRODUCT', 'CHANNEL', 'CERTIFIED'] as const;
export type VolumeAxis = (typeof VOLUME_AXES)[number];

export interface VolumeFilter {
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
  readonly countyCodes?: readonly string[] | null;
  readonly productIds?: readonly string[] | null;
  readonly channels?: readonly VolumeChannel[] | null;
  readonly isCertified?: boolean | null;
}

export interface VolumeMeasures {
  readonly orderedFen: Fen;
  readonly paidFen: Fen;
  readonly refundedFen: Fen;
  readonly deliveredFen: Fen;
  /** The official figure: delivered less refunded. */
  readonly recognisedFen: Fen;
  /** The part of it that was certified when paid. */
  readonly certifiedFen: Fen;
  /** Units recognised. */
  readonly quantity: number;
  /** Grams recognised; whole, and far below 2^53. */
  readonly weightG: number;
}

/** An axis that was not asked for is null. */
export interface VolumeRow extends VolumeMeasures {
  readonly day: string | null;
  /** Its first day. */
  readonly month: string | null;
  readonly originCountyCode: string | null;
  readonly productId: string | null;
  readonly channelKind: VolumeChannel | null;
  readonly isCertified: boolean | null;
}

/** Values of one filter; more is a list somebody should not type. */
export const FILTER_VALUES_MAX = 100;

/** Ten years in one question. */
const DAYS_MAX = 3_660;

/** Every fault of a question at once, or null. */
export function refuseQuestion(
  filter: VolumeFilter,
  groupBy: readonly VolumeAxis[],
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const days = (Date.parse(filter.to) - Date.parse(filter.from)) / DAY_MS;
  if (days < 0) {
    faults.push({
      path: 'filter.to',
      message: { zh: '截止日不得早于起始日', en: 'to must not lie before from.' },
    });
  }
  if (days > DAYS_MAX) {
    faults.push({
      path: 'filter.to',
      message: { zh: '一次最多查询十年', en: 'A question spans at most ten years.' },
    });
  }
  for (const path of ['countyCodes', 'productIds', 'channels'] as const) {
    if ((filter[path]?.length ?? 0) <= FILTER_VALUES_MAX) continue;
    const en = `At most ${FILTER_VALUES_MAX} values.`;
    faults.push({ path: `filter.${path}`, message: { zh: `最多 ${FILTER_VALUES_MAX} 项`, en } });
  }
  if (new Set(groupBy).size < groupBy.length) {
    faults.push({ path: 'groupBy', message: { zh: '分组维度不得重复', en: 'An axis may be named once.' } });
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** More groups than anyone reads. */
export function tooManyRows(rowsMax: number): InvalidInputError {
  const message = {
    zh: `结果超过 ${rowsMax} 行，请缩小范围或减少分组维度`,
    en: `More than ${rowsMax} rows: narrow the filter or name fewer axes.`,
  };
  return new InvalidInputError([{ path: 'groupBy', message }]);
}

export function totalsOf(rows: readonly VolumeMeasures[]): VolumeMeasures {
  const sum = (of: (row: VolumeMeasures) => Fen) => sumFen(rows.map(of));
  const count = (of: (row: VolumeMeasures) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    orderedFen: sum((row) => row.orderedFen),
    paidFen: sum((row) => row.paidFen),
    refundedFen: sum((row) => row.refundedFen),
    deliveredFen: sum((row) => row.deliveredFen),
    recognisedFen: sum((row) => row.recognisedFen),
    certifiedFen: sum((row) => row.certifiedFen),
    quantity: count((row) => row.quantity),
    weightG: count((row) => row.weightG),
  };
}
