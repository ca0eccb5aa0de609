import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, refused } from '#libs/kernel';
import { Database } from '#platform/database';
import { asNow, withPredecessors } from './county-merger.rules.js';
import { MonthCloseReader } from './month-close.reader.js';
import { type VolumeGroup, VolumeCubeReader } from './volume-cube.reader.js';
import type { VolumeDimension, VolumeQuestion } from './volume-cube.rules.js';
import type { VolumeChannel } from './volume-fact.entity.js';
import {
  type VolumeAxis,
  type VolumeFilter,
  type VolumeMeasures,
  type VolumeRow,
  refuseQuestion,
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

const DIMENSION_OF: Readonly<Record<VolumeAxis, VolumeDimension>> = {
  DAY: 'DAY',
  MONTH: 'MONTH',
  COUNTY: 'ORIGIN_COUNTY',
  PRODUCT: 'PRODUCT',
  CHANNEL: 'CHANNEL',
  CERTIFIED: 'CERTIFIED',
};

function questionOf(
  filter: VolumeFilter,
  codes: readonly string[] | 'ALL',
  groupBy: readonly VolumeAxis[],
): VolumeQuestion {
  const { from, to, countyCodes, productIds, channels, isCertified } = filter;
  return {
    from,
    to,
    dimensions: groupBy.map((axis) => DIMENSION_OF[axis]),
    filters: {
      ...(countyCodes ? { ORIGIN_COUNTY: countyCodes } : {}),
      ...(productIds ? { PRODUCT: productIds } : {}),
      ...(channels ? { CHANNEL: channels } : {}),
      ...(typeof isCertified === 'boolean' ? { CERTIFIED: [isCertified ? 'YES' : 'NO'] } : {}),
    },
    scope: { by: 'ORIGIN_COUNTY', codes },
  };
}

function rowOf(groupBy: readonly VolumeAxis[], { members, sums }: VolumeGroup): VolumeRow {
  const of = (axis: VolumeAxis) => members[groupBy.indexOf(axis)] ?? null;
  const isCertified = of('CERTIFIED');
  return {
    day: of('DAY'),
    month: of('MONTH'),
    originCountyCode: of('COUNTY'),
    productId: of('PRODUCT'),
    channelKind: of('CHANNEL') as VolumeChannel | null,
    isCertified: isCertified === null ? null : isCertified === 'YES',
    orderedFen: sums.ORDERED,
    paidFen: sums.PAID,
    refundedFen: sums.REFUNDED,
    deliveredFen: sums.DELIVERED,
    recognisedFen: sums.RECOGNISED,
    certifiedFen: sums.CERTIFIED,
    quantity: Number(sums.QUANTITY),
    weightG: Number(sums.WEIGHT),
  };
}

@Injectable()
export class VolumeReader {
  constructor(
    private readonly database: Database,
    private readonly cube: VolumeCubeReader,
    private readonly clock: Clock,
    private readonly closes: MonthCloseReader,
  ) {}

  /**
   * Sums by any axes, in their order. `scope` is what the asker may see: division codes, each with everything inside it,
   * or 'ALL'. Counties are those of the day of the sale; with `successors`, sums go to the county that stands in their place now.
   */
  async report(
    filter: VolumeFilter,
    groupBy: readonly VolumeAxis[],
    scope: readonly string[] | 'ALL',
    successors: ReadonlyMap<string, string> = new Map(),
  ): Promise<VolumeReport | InvalidInputError> {
    const refusal = refuseQuestion(filter, groupBy);
    if (refusal) return refusal;
    // Asked first: what is counted meanwhile is in the rows, but is not promised.
    const { dataAsOf, hasWaiting } = await this.freshness();
    const isProvisional = await this.closes.isProvisional(filter.from, filter.to, hasWaiting);
    const groups = await this.cube.groups(
      questionOf(...withPredecessors(filter, scope, successors), groupBy),
    );
    if (refused(groups)) return groups;
    const rows = asNow(
      groups.map((group) => rowOf(groupBy, group)),
      successors,
    );
    return {
      rows,
      totals: totalsOf(rows),
      isProvisional,
      dataAsOf,
    };
  }

  /** Everything recorded before `dataAsOf` is counted. */
  async freshness(): Promise<{ readonly dataAsOf: Date; readonly hasWaiting: boolean }> {
    const waitingSince = await this.waitingSince();
    return { dataAsOf: waitingSince ?? this.clock.now(), hasWaiting: waitingSince !== null };
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
