import { Injectable } from '@nestjs/common';
import { type InvalidInputError, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import {
  COLUMN_OF,
  type ClosedSets,
  type PlanPart,
  VOLUME_MEASURES,
  type VolumeDimension,
  type VolumeMeasure,
  type VolumeQuestion,
  expressionOf,
  factExpressionOf,
  memberOf,
  narrowing,
  planOf,
  refuseCube,
} from './volume-cube.rules.js';
import {
  VOLUME_CHANNELS,
  VOLUME_SOURCES,
  type VolumeChannel,
  type VolumeFactId,
  type VolumeSource,
} from './volume-fact.entity.js';
import { tooManyRows } from './volume-question.rules.js';
import { ROLLUPS, ROLLUP_MEASURES, monthsAround } from './volume-rollup.rules.js';

export type VolumeSums = Readonly<Record<VolumeMeasure, bigint>>;

/** One group: a member of each dimension asked for, in their order; '' is the unknown one. */
export interface VolumeGroup {
  readonly members: readonly string[];
  readonly sums: VolumeSums;
}

/** Lines of one county of origin: how many were delivered, of how many of them something went back afterwards, and what did. */
export interface ReturnedLines {
  readonly originCountyCode: string;
  readonly delivered: bigint;
  readonly returned: bigint;
  readonly paidOutFen: bigint;
}

/** What places of sale did: days on which they sold, and what is recognised at them. */
export interface PlaceDays {
  readonly days: bigint;
  readonly recognisedFen: bigint;
}

/** Some days of one place of sale, both included. */
export interface PlaceSpan {
  readonly pointId: string;
  readonly from: string;
  readonly to: string;
}

/** A fact that a sum is made of, without anything personal. */
export interface VolumeFactRow {
  readonly id: VolumeFactId;
  readonly factKey: string;
  readonly source: VolumeSource;
  readonly eventAt: Date;
  /** The day it counts on. */
  readonly eventDay: string;
  readonly originDay: string;
  readonly originCountyCode: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly channelKind: VolumeChannel;
  readonly channelPointId: string;
  readonly isCertified: boolean;
  /** Which system tells of the sale, and its numbers there. */
  readonly sourceSystem: string;
  readonly sourceOrderNo: string;
  readonly sourceLineNo: string;
  readonly sums: VolumeSums;
}

/** Columns in the sort key of facts, for `pageRequest`. */
export const VOLUME_FACT_KEY_PARTS = 4;

/** A year of days by county is 3,294 rows; past this nobody reads. */
export const GROUPS_MAX = 10_000;

type Raw = Readonly<Record<string, string | number>>;
type RawFact = Omit<VolumeFactRow, 'isCertified' | 'sums'> & { readonly isCertified: number } & Raw;

/** The members of a group as one text. */
export function groupKey(members: readonly string[]): string {
  return JSON.stringify(members);
}

const CLOSED: ClosedSets = { CHANNEL: VOLUME_CHANNELS, SOURCE: VOLUME_SOURCES };

const NO_SUMS = VOLUME_MEASURES.map(() => '0');

function sumsOf(texts: readonly (string | number | undefined)[]): VolumeSums {
  return Object.fromEntries(
    VOLUME_MEASURES.map((measure, index) => [measure, BigInt(present(texts[index], measure))]),
  ) as VolumeSums;
}

function groupOf(dimensions: readonly VolumeDimension[], raw: Raw): VolumeGroup {
  return {
    members: dimensions.map((dimension, index) => memberOf(dimension, present(raw[`d${index}`], dimension))),
    sums: sumsOf(VOLUME_MEASURES.map((_, index) => raw[`m${index}`])),
  };
}

const POINT_DAYS = present(
  ROLLUPS.find(({ table }) => table === 'volume_point_day'),
  'places of sale by day',
);

type Expression = (dimension: VolumeDimension) => string;

function groupsOf({ dimensions }: Pick<VolumeQuestion, 'dimensions'>, of: Expression): string[] {
  return dimensions.map((dimension, index) => `${of(dimension)} AS d${index}`);
}

/** Nothing where there are no groups: then it is one sum. */
function groupedBy({ dimensions }: Pick<VolumeQuestion, 'dimensions'>): string {
  return dimensions.length > 0 ? `GROUP BY ${dimensions.map((_, index) => `d${index}`).join(', ')}` : '';
}

function keyOfRow({ dimensions }: Pick<VolumeQuestion, 'dimensions'>, row: Raw): string {
  return groupKey(
    dimensions.map((dimension, index) => memberOf(dimension, present(row[`d${index}`], dimension))),
  );
}

/** One rollup's answer for its part of the period. */
function selectPart(question: VolumeQuestion, { rollup, from, to }: PlanPart): [string, SqlValue[]] {
  const of: Expression = (dimension) => expressionOf(dimension, rollup);
  const groups = groupsOf(question, of);
  const sums = VOLUME_MEASURES.map((measure, index) => `SUM(${COLUMN_OF[measure]}) AS m${index}`);
  const { conditions, values } = narrowing(question, of);
  const where = [`${rollup.keys[0]} BETWEEN ? AND ?`, ...conditions].join(' AND ');
  // Without groups a sum of nothing would still be a row.
  const grouped = groupedBy(question) || 'HAVING COUNT(*) > 0';
  const sql = `SELECT ${[...groups, ...sums].join(', ')} FROM ${rollup.table} WHERE ${where} ${grouped}`;
  return [sql, [from, to, ...values]];
}

/** Sums of facts by any dimensions that some rollup holds together, and the facts behind a sum. */
@Injectable()
export class VolumeCubeReader {
  constructor(private readonly database: Database) {}

  /** In the order of the members. Whole months are read from rollups by month, the days around them from rollups by day. */
  async groups(question: VolumeQuestion): Promise<VolumeGroup[] | InvalidInputError> {
    const refusal = refuseCube(question, CLOSED);
    if (refusal) return refusal;
    const [sql, values] = this.statementOf(
      question,
      present(planOf(question), 'a plan of what was not refused'),
    );
    const raw = await this.database.query<Raw>(`${sql} LIMIT ?`, [...values, GROUPS_MAX + 1]);
    if (raw.length > GROUPS_MAX) return tooManyRows(GROUPS_MAX);
    return raw.map((row) => groupOf(question.dimensions, row));
  }

  /** The sums over all groups. */
  async total(question: VolumeQuestion): Promise<VolumeSums | InvalidInputError> {
    const groups = await this.groups({ ...question, dimensions: [] });
    return Array.isArray(groups) ? (groups[0]?.sums ?? sumsOf(NO_SUMS)) : groups;
  }

  /**
   * The facts of a sum, by day, county and product. What waits for the rollup is in neither. Within one page the order costs an index;
   * pages go on behind their last row.
   */
  async facts(question: VolumeQuestion, { first, after }: PageRequest): Promise<Page<VolumeFactRow>> {
    const { conditions, values } = narrowing(question, factExpressionOf);
    conditions.unshift('w.fact_id IS NULL', 'f.event_day BETWEEN ? AND ?');
    values.unshift(question.from, question.to);
    if (after) {
      // The first comparison lets the index begin where the page does.
      conditions.push(
        'f.event_day >= ?',
        '(f.event_day, f.origin_county_code, f.product_id, f.id) > (?, ?, ?, ?)',
      );
      values.push(present(after[0], 'a day'), ...after);
    }
    const sums = VOLUME_MEASURES.map(
      (measure, index) => `${ROLLUP_MEASURES[COLUMN_OF[measure]]} AS m${index}`,
    );
    const rows = await this.database.query<RawFact>(
      `SELECT f.id, f.fact_key AS factKey, f.source, f.event_at AS eventAt, f.event_day AS eventDay, f.origin_day AS originDay,
         f.origin_county_code AS originCountyCode, f.product_id AS productId, f.merchant_id AS merchantId,
         f.channel_kind AS channelKind, f.channel_point_id AS channelPointId, f.is_certified AS isCertified,
         f.source_system AS sourceSystem, f.source_order_no AS sourceOrderNo, f.source_line_no AS sourceLineNo, ${sums.join(', ')}
       FROM volume_fact f LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id
       WHERE ${conditions.join(' AND ')}
       ORDER BY f.event_day, f.origin_county_code, f.product_id, f.id LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, (row) => [
      row.eventDay,
      row.originCountyCode,
      row.productId,
      row.id,
    ]);
    return { nodes: nodes.map(factOf), pageInfo };
  }

  /** Days on which places of sale sold, added up over places, and what is recognised at them, by what places are kept by. */
  async placeDays(question: VolumeQuestion): Promise<Map<string, PlaceDays>> {
    const of: Expression = (dimension) => expressionOf(dimension, POINT_DAYS);
    const { conditions, values } = narrowing(question, of);
    const where = ['day BETWEEN ? AND ?', "channel_point_id <> ''", ...conditions];
    const rows = await this.database.query<Raw>(
      `SELECT ${[...groupsOf(question, of), 'SUM(paid_fen + delivered_fen > 0) AS days', 'SUM(recognised_fen) AS recognised'].join(', ')}
       FROM ${POINT_DAYS.table} WHERE ${where.join(' AND ')} ${groupedBy(question)} LIMIT ?`,
      [question.from, question.to, ...values, GROUPS_MAX],
    );
    return new Map(
      rows.map((row) => [
        keyOfRow(question, row),
        { days: BigInt(row['days'] ?? 0), recognisedFen: BigInt(row['recognised'] ?? 0) },
      ]),
    );
  }

  /** What is recognised at places of sale within spans of days of each, by what places are kept by. */
  async recognisedWithin(
    question: VolumeQuestion,
    spans: readonly PlaceSpan[],
  ): Promise<Map<string, bigint>> {
    if (spans.length === 0) return new Map();
    const of: Expression = (dimension) => expressionOf(dimension, POINT_DAYS);
    const { conditions, values } = narrowing(question, of);
    const where = ['day BETWEEN ? AND ?', 'day BETWEEN span_from AND span_to', ...conditions];
    const list = spans.map((_, index) =>
      index === 0
        ? 'SELECT CAST(? AS CHAR) AS span_point, CAST(? AS DATE) AS span_from, CAST(? AS DATE) AS span_to'
        : 'SELECT ?, ?, ?',
    );
    const rows = await this.database.query<Raw>(
      `SELECT ${[...groupsOf(question, of), 'SUM(recognised_fen) AS recognised'].join(', ')}
       FROM ${POINT_DAYS.table} JOIN (${list.join(' UNION ALL ')}) spans ON span_point = channel_point_id
       WHERE ${where.join(' AND ')} ${groupedBy(question)} LIMIT ?`,
      [
        ...spans.flatMap(({ pointId, from, to }) => [pointId, from, to]),
        question.from,
        question.to,
        ...values,
        GROUPS_MAX,
      ],
    );
    return new Map(rows.map((row) => [keyOfRow(question, row), BigInt(row['recognised'] ?? 0)]));
  }

  /**
   * What is recognised in a later month than it belongs to, because that had been closed: what came late, which counts on the first day of
   * a month, and what reviewers took off or gave back of a closed month. Both are few, and found without reading the facts of the period.
   */
  async countedLater(question: VolumeQuestion): Promise<Map<string, bigint>> {
    const { conditions, values } = narrowing(question, factExpressionOf);
    const groups = groupsOf(question, factExpressionOf);
    const select = (from: string, where: readonly string[]) =>
      `SELECT ${[...groups, 'f.recognised_fen AS recognised'].join(', ')} FROM volume_fact f ${from}
       LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id
       WHERE ${[...where, 'w.fact_id IS NULL', ...conditions].join(' AND ')}`;
    // Midnight in Shanghai is eight hours earlier in UTC.
    const late = select('', ['f.event_day IN (?)', 'f.event_at < DATE_SUB(f.event_day, INTERVAL 8 HOUR)']);
    const reviewed = select("JOIN volume_fact o ON o.id = SUBSTRING_INDEX(f.fact_key, ':', -1)", [
      "(f.fact_key LIKE 'corrected:%' OR f.fact_key LIKE 'restored:%')",
      'f.event_day BETWEEN ? AND ?',
      'o.event_day < DATE_SUB(f.event_day, INTERVAL DAYOFMONTH(f.event_day) - 1 DAY)',
    ]);
    const { from, to } = question;
    const firsts = monthsAround(from, to).flatMap(([first]) => (first >= from ? [first] : []));
    const rows = await this.database.query<Raw>(
      `SELECT ${[...question.dimensions.map((_, index) => `d${index}`), 'SUM(recognised) AS recognised'].join(', ')}
       FROM (${late} UNION ALL ${reviewed}) later ${groupedBy(question)} LIMIT ?`,
      [firsts.length > 0 ? firsts : ['0001-01-01'], ...values, from, to, ...values, GROUPS_MAX],
    );
    return new Map(rows.map((row) => [keyOfRow(question, row), BigInt(row['recognised'] ?? 0)]));
  }

  /**
   * Consumers who paid within the period, and how many of them paid for another order within so many days of their first. Counts facts, so
   * it costs what the period holds. Consumers are told apart by their digests; whoever has none is not counted, nor whoever buys for a unit.
   */
  async repurchase(
    question: VolumeQuestion,
    withinDays: number,
  ): Promise<{ readonly buyers: bigint; readonly again: bigint }> {
    const { conditions, values } = narrowing(question, factExpressionOf);
    const where = [
      'f.event_day BETWEEN ? AND ?',
      "f.buyer_key <> ''",
      "f.buyer_kind = 'CONSUMER'",
      'f.paid_fen > 0',
      ...conditions,
    ];
    const [row] = await this.database.query<{ buyers: string; again: string | null }>(
      // A day has ten characters: what stands behind the smallest day is the number of its order.
      `SELECT COUNT(*) AS buyers, SUM(EXISTS (
         SELECT 1 FROM volume_fact g WHERE g.buyer_key = b.buyer_key AND g.origin_day BETWEEN b.first_day AND DATE_ADD(b.first_day, INTERVAL ? DAY)
           AND g.paid_fen > 0 AND g.buyer_kind = 'CONSUMER' AND g.source_order_no <> SUBSTRING(b.first_order, 11))) AS again
       FROM (SELECT f.buyer_key, MIN(f.origin_day) AS first_day, MIN(CONCAT(f.origin_day, f.source_order_no)) AS first_order
         FROM volume_fact f WHERE ${where.join(' AND ')} GROUP BY f.buyer_key) b`,
      [withinDays, question.from, question.to, ...values],
    );
    return { buyers: BigInt(row?.buyers ?? 0), again: BigInt(row?.again ?? 0) };
  }

  /**
   * By county of origin: lines delivered within the period, how many of them something has gone back of since they were delivered, and what
   * went back within the period of lines delivered before it did. Counts facts, so it costs what the period holds. Facts without an order
   * number belong to no line.
   */
  async returnedLines(
    question: Pick<VolumeQuestion, 'from' | 'to' | 'filters' | 'scope'>,
  ): Promise<ReturnedLines[]> {
    const { conditions, values } = narrowing(question, factExpressionOf);
    const within = ['f.event_day BETWEEN ? AND ?', "f.source_order_no <> ''", ...conditions].join(' AND ');
    const sameLine =
      'o.source_order_no = f.source_order_no AND o.source_line_no = f.source_line_no AND o.source_system = f.source_system';
    const rows = await this.database.query<Record<keyof ReturnedLines, string>>(
      // What went back before the parcel was signed for is reversed in the moment of its delivery: nobody had complained of what came.
      `SELECT originCountyCode, SUM(delivered) AS delivered, SUM(returned) AS returned, SUM(paidOut) AS paidOutFen FROM (
         SELECT f.origin_county_code AS originCountyCode, 1 AS delivered, EXISTS (
           SELECT 1 FROM volume_fact o WHERE ${sameLine} AND o.fact_key LIKE 'reversed:%' AND o.event_at > f.event_at) AS returned, 0 AS paidOut
         FROM volume_fact f WHERE f.fact_key LIKE 'delivered:%' AND ${within}
         UNION ALL
         SELECT f.origin_county_code, 0, 0, 0 - f.recognised_fen
         FROM volume_fact f WHERE f.fact_key LIKE 'reversed:%' AND ${within} AND EXISTS (
           SELECT 1 FROM volume_fact o WHERE ${sameLine} AND o.fact_key LIKE 'delivered:%' AND o.event_at < f.event_at)
       ) lines_of GROUP BY originCountyCode ORDER BY originCountyCode`,
      [question.from, question.to, ...values, question.from, question.to, ...values],
    );
    return rows.map(({ originCountyCode, delivered, returned, paidOutFen }) => ({
      originCountyCode,
      delivered: BigInt(delivered),
      returned: BigInt(returned),
      paidOutFen: BigInt(paidOutFen),
    }));
  }

  private statementOf(
    { dimensions, ...rest }: VolumeQuestion,
    plan: readonly PlanPart[],
  ): [string, SqlValue[]] {
    const parts = plan.map((part) => selectPart({ dimensions, ...rest }, part));
    const names = dimensions.map((_, index) => `d${index}`);
    const ordered = names.length > 0 ? ` ORDER BY ${names.join(', ')}` : '';
    const [only] = parts;
    if (parts.length === 1 && only) return [`${only[0]}${ordered}`, only[1]];
    const sums = VOLUME_MEASURES.map((_, index) => `SUM(m${index}) AS m${index}`);
    const grouped = names.length > 0 ? ` GROUP BY ${names.join(', ')}` : ' HAVING COUNT(*) > 0';
    const all = parts.map(([sql]) => `(${sql})`).join(' UNION ALL ');
    return [
      `SELECT ${[...names, ...sums].join(', ')} FROM (${all}) p${grouped}${ordered}`,
      parts.flatMap(([, values]) => values),
    ];
  }
}

function factOf(raw: RawFact): VolumeFactRow {
  const { id, factKey, source, eventAt, eventDay, originDay } = raw;
  const { originCountyCode, productId, merchantId, channelKind, channelPointId } = raw;
  return {
    id,
    factKey,
    source,
    eventAt,
    eventDay,
    originDay,
    originCountyCode,
    productId,
    merchantId,
    channelKind,
    channelPointId,
    isCertified: raw.isCertified === 1,
    sourceSystem: raw.sourceSystem,
    sourceOrderNo: raw.sourceOrderNo,
    sourceLineNo: raw.sourceLineNo,
    sums: sumsOf(VOLUME_MEASURES.map((_, index) => raw[`m${index}`])),
  };
}
