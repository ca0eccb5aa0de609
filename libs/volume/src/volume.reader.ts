import { Injectable } from '@nestjs/common';
import { prefixOf } from '#libs/division';
import { Clock, type FenText, type InvalidInputError, businessDay, fen } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { VolumeChannel } from './volume-fact.entity.js';
import {
  type VolumeAxis,
  type VolumeFilter,
  type VolumeMeasures,
  type VolumeRow,
  isProvisional,
  isWholeMonths,
  refuseQuestion,
  tooManyRows,
  totalsOf,
} from './volume-question.rules.js';

export interface VolumeReport {
  readonly rows: readonly VolumeRow[];
  readonly totals: VolumeMeasures;
  /** Later facts may still change it. */
  readonly isProvisional: boolean;
  /** Everything recorded before this moment is counted. */
  readonly dataAsOf: Date;
}

type RawRow = { readonly [M in keyof VolumeMeasures]: FenText } & {
  readonly day?: string;
  readonly month?: string;
  readonly originCountyCode?: string;
  readonly productId?: string;
  readonly channelKind?: VolumeChannel;
  readonly isCertified?: number;
};

/** A year of days by county is 3,294 rows; past this nobody reads. */
const ROWS_MAX = 10_000;

const MEASURES = `SUM(ordered_fen) AS orderedFen, SUM(paid_fen) AS paidFen, SUM(refunded_fen) AS refundedFen,
  SUM(delivered_fen) AS deliveredFen, SUM(recognised_fen) AS recognisedFen,
  SUM(CASE WHEN is_certified THEN recognised_fen ELSE 0 END) AS certifiedFen,
  SUM(quantity) AS quantity, SUM(weight_g) AS weightG`;

const ALIAS: Record<VolumeAxis, string> = {
  DAY: 'day',
  MONTH: 'month',
  COUNTY: 'originCountyCode',
  PRODUCT: 'productId',
  CHANNEL: 'channelKind',
  CERTIFIED: 'isCertified',
};

interface Source {
  readonly table: string;
  /** The column that says when. */
  readonly when: string;
  readonly month: string;
}

const BY_DAY: Source = {
  table: 'volume_day',
  when: 'day',
  month: 'DATE_SUB(day, INTERVAL DAYOFMONTH(day) - 1 DAY)',
};
const BY_MONTH: Source = { table: 'volume_month', when: 'month', month: 'month' };

function columnOf(axis: VolumeAxis, source: Source): string {
  const columns: Record<VolumeAxis, string> = {
    DAY: 'day',
    MONTH: source.month,
    COUNTY: 'origin_county_code',
    PRODUCT: 'product_id',
    CHANNEL: 'channel_kind',
    CERTIFIED: 'is_certified',
  };
  return columns[axis];
}

function rowOf(raw: RawRow): VolumeRow {
  return {
    day: raw.day ?? null,
    month: raw.month ?? null,
    originCountyCode: raw.originCountyCode ?? null,
    productId: raw.productId ?? null,
    channelKind: raw.channelKind ?? null,
    isCertified: raw.isCertified === undefined ? null : raw.isCertified === 1,
    orderedFen: fen(raw.orderedFen),
    paidFen: fen(raw.paidFen),
    refundedFen: fen(raw.refundedFen),
    deliveredFen: fen(raw.deliveredFen),
    recognisedFen: fen(raw.recognisedFen),
    certifiedFen: fen(raw.certifiedFen),
    quantity: Number(raw.quantity),
    weightG: Number(raw.weightG),
  };
}

@Injectable()
export class VolumeReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Sums by any axes, in their order. `scope` is what the asker may see: division codes, each with everything inside it,
   * or 'ALL'. Reads the rollup by month where whole months are asked for, else the one by day.
   */
  async report(
    filter: VolumeFilter,
    groupBy: readonly VolumeAxis[],
    scope: readonly string[] | 'ALL',
  ): Promise<VolumeReport | InvalidInputError> {
    const refusal = refuseQuestion(filter, groupBy);
    if (refusal) return refusal;
    // Asked first: what is counted meanwhile is in the rows, but is not promised.
    const waitingSince = await this.waitingSince();
    const now = this.clock.now();
    const rows = await this.sums(filter, groupBy, scope);
    if (rows.length > ROWS_MAX) return tooManyRows(ROWS_MAX);
    return {
      rows,
      totals: totalsOf(rows),
      isProvisional: isProvisional(filter, businessDay(now), waitingSince !== null),
      dataAsOf: waitingSince ?? now,
    };
  }

  private async sums(
    filter: VolumeFilter,
    groupBy: readonly VolumeAxis[],
    scope: readonly string[] | 'ALL',
  ): Promise<VolumeRow[]> {
    const source = isWholeMonths(filter) && !groupBy.includes('DAY') ? BY_MONTH : BY_DAY;
    const { conditions, values } = conditionsOf(filter, source, scope);
    const columns = groupBy.map((axis) => columnOf(axis, source));
    const named = groupBy.map((axis, index) => `${columns[index]} AS ${ALIAS[axis]}, `).join('');
    const grouped =
      columns.length > 0
        ? `GROUP BY ${columns.join(', ')} ORDER BY ${columns.join(', ')}`
        : 'HAVING COUNT(*) > 0';
    const raw = await this.database.query<RawRow>(
      `SELECT ${named}${MEASURES} FROM ${source.table} WHERE ${conditions.join(' AND ')} ${grouped} LIMIT ?`,
      [...values, ROWS_MAX + 1],
    );
    return raw.map(rowOf);
  }

  /** When the oldest fact was recorded that no rollup has counted; null if there is none. Ids sort by time. */
  private async waitingSince(): Promise<Date | null> {
    const [oldest] = await this.database.query<{ recordedAt: Date }>(
      `SELECT f.recorded_at AS recordedAt FROM volume_fact_waiting w JOIN volume_fact f ON f.id = w.fact_id
       ORDER BY w.fact_id LIMIT 1`,
    );
    return oldest?.recordedAt ?? null;
  }
}

/** The scope is part of the question, so it cannot be forgotten: nobody's scope finds nothing. */
function conditionsOf(
  filter: VolumeFilter,
  source: Source,
  scope: readonly string[] | 'ALL',
): { conditions: string[]; values: SqlValue[] } {
  const conditions = [`${source.when} BETWEEN ? AND ?`];
  const values: SqlValue[] = [filter.from, filter.to];
  const add = (condition: string, ...more: SqlValue[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (scope !== 'ALL') {
    const prefixes = scope.filter((code) => code !== '').map((code) => `${prefixOf(code)}%`);
    add(
      prefixes.length > 0 ? `(${prefixes.map(() => 'origin_county_code LIKE ?').join(' OR ')})` : 'FALSE',
      ...prefixes,
    );
  }
  const among = (column: string, wanted: readonly string[] | null | undefined) => {
    if (wanted) add(wanted.length > 0 ? `${column} IN (?)` : 'FALSE', ...(wanted.length > 0 ? [wanted] : []));
  };
  among('origin_county_code', filter.countyCodes);
  among('product_id', filter.productIds);
  among('channel_kind', filter.channels);
  if (filter.isCertified !== null && filter.isCertified !== undefined)
    add('is_certified = ?', filter.isCertified);
  return { conditions, values };
}
