import { Injectable } from '@nestjs/common';
import { isWithin, prefixOf, withinScope } from '#libs/division';
import { Clock, DAY_MS, type Fen, type FenText, businessDay, fen, sumFen } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import { MonthCloseReader } from './month-close.reader.js';
import { monthOf } from './month-close.rules.js';
import type { VolumeTarget } from './volume-target.entity.js';
import { type Completion, type TargetKey, completionOf, ranksOf, spanOf } from './volume-target.rules.js';

/** One setting of a target, as a plain row. */
export type TargetVersionRow = Pick<VolumeTarget, keyof VolumeTarget>;

export interface TargetRow extends TargetVersionRow, Completion {
  /** Figures may still move. */
  readonly isProvisional: boolean;
}

/** A county in the weekly circular. Without a target it has neither completion nor a rank by it: no data is not nothing. */
export interface CircularRow {
  readonly divisionCode: string;
  readonly targetFen: Fen | null;
  readonly volumeFen: Fen;
  readonly timeAdjustedBps: number | null;
  readonly rankByCompletion: number | null;
  readonly weekFen: Fen;
  readonly previousWeekFen: Fen;
  readonly changeFen: Fen;
  readonly rankByChange: number | null;
}

export interface Circular {
  readonly rows: readonly CircularRow[];
  readonly daysElapsed: number;
  readonly daysInYear: number;
  readonly isProvisional: boolean;
}

/** A county has a target for each of seven channels; a city has some thousands of units, of which few have one. */
export const TARGETS_MAX = 1_000;
const VERSIONS_MAX = 100;
const WEEK_DAYS = 7;

type Raw = Omit<TargetVersionRow, 'amountFen'> & { readonly amountFen: FenText };
interface Sold {
  readonly county: string;
  readonly channel: string;
  readonly volumeFen: Fen;
}

const SELECT = `SELECT t.year, t.division_code AS divisionCode, t.channel_kind AS channelKind, t.unit_id AS unitId, t.version,
  t.amount_fen AS amountFen, t.set_by AS setBy, t.set_at AS setAt FROM volume_target t`;
const LATEST = `t.version = (SELECT MAX(l.version) FROM volume_target l WHERE l.year = t.year AND l.division_code = t.division_code
  AND l.channel_kind = t.channel_kind AND l.unit_id = t.unit_id)`;

type Scope = readonly string[] | 'ALL';

/** For all that is sold: neither of a channel nor of a unit, of which there may be more than one answer holds. */
const WHOLE = "t.channel_kind = '' AND t.unit_id = ''";

@Injectable()
export class VolumeTargetReader {
  constructor(
    private readonly database: Database,
    private readonly closes: MonthCloseReader,
    private readonly clock: Clock,
  ) {}

  /** Every target of a year within the scope and how far it was reached with the end of that day; units by whole months. */
  async completion(year: number, on: string, scope: Scope): Promise<TargetRow[]> {
    return this.reached(year, on, await this.latest(year, scope));
  }

  /** The same of what divisions are to sell through all channels and to whomever. */
  async completionOfWhole(year: number, on: string, scope: Scope): Promise<TargetRow[]> {
    return this.reached(year, on, await this.latest(year, scope, WHOLE));
  }

  private async reached(
    year: number,
    on: string,
    targets: readonly TargetVersionRow[],
  ): Promise<TargetRow[]> {
    const unitIds = targets.map(({ unitId }) => unitId).filter((unitId) => unitId !== '');
    const to = on < `${year}-12-31` ? on : `${year}-12-31`;
    const [sold, bought, isProvisional] = await Promise.all([
      this.sold(`${year}-01-01`, to),
      this.bought(`${year}-01-01`, to, unitIds),
      this.closes.isProvisional(`${year}-01-01`, to, false),
    ]);
    const span = spanOf(year, this.untilToday(on));
    return targets.map((target) => {
      const volumeFen = target.unitId === '' ? volumeWithin(sold, target) : (bought.get(target.unitId) ?? 0n);
      return { ...target, ...completionOf(volumeFen, target.amountFen, span), isProvisional };
    });
  }

  /** What has ever been set for one target, the latest first. */
  history({ year, divisionCode, channelKind, unitId }: TargetKey, scope: Scope): Promise<TargetVersionRow[]> {
    if (!isWithin(divisionCode, scope)) return Promise.resolve([]);
    return this.read(
      `${SELECT} WHERE t.year = ? AND t.division_code = ? AND t.channel_kind = ? AND t.unit_id = ? ORDER BY t.version DESC LIMIT ?`,
      [year, divisionCode, channelKind, unitId, VERSIONS_MAX],
    );
  }

  /**
   * Counties by time-adjusted completion and by the change of a week on the week before, ranked among all of `counties`; rows of those
   * within the scope only. Recognised figures, nothing that is only claimed; the mark says whether their months are locked.
   */
  async circular(weekEndsOn: string, counties: readonly string[], scope: Scope): Promise<Circular> {
    const year = Number(weekEndsOn.slice(0, 4));
    const before = (days: number) =>
      new Date(Date.parse(weekEndsOn) - days * DAY_MS).toISOString().slice(0, 10);
    const [targets, year_, week, previous, isProvisional] = await Promise.all([
      this.latest(year, counties, WHOLE),
      this.sold(`${year}-01-01`, weekEndsOn),
      this.sold(before(WEEK_DAYS - 1), weekEndsOn),
      this.sold(before(2 * WEEK_DAYS - 1), before(WEEK_DAYS)),
      this.closes.isProvisional(`${year}-01-01`, weekEndsOn, false),
    ]);
    const span = spanOf(year, this.untilToday(weekEndsOn));
    const figures = counties.map((divisionCode) => {
      const whole = { divisionCode, channelKind: '' } as const;
      const target = targets.find((of) => of.divisionCode === divisionCode);
      const volumeFen = volumeWithin(year_, whole);
      const [weekFen, previousWeekFen] = [volumeWithin(week, whole), volumeWithin(previous, whole)];
      const timeAdjustedBps = target ? completionOf(volumeFen, target.amountFen, span).timeAdjustedBps : null;
      const targetFen = target?.amountFen ?? null;
      const changeFen = weekFen - previousWeekFen;
      return { divisionCode, targetFen, volumeFen, timeAdjustedBps, weekFen, previousWeekFen, changeFen };
    });
    const byCompletion = ranksOf(figures.map(({ timeAdjustedBps }) => timeAdjustedBps));
    const byChange = ranksOf(figures.map(({ changeFen }) => changeFen));
    const rows = figures
      .map((figure, index) => ({
        ...figure,
        rankByCompletion: byCompletion[index] ?? null,
        rankByChange: byChange[index] ?? null,
      }))
      .filter(({ divisionCode }) => isWithin(divisionCode, scope))
      .toSorted((a, b) => (a.rankByCompletion ?? Infinity) - (b.rankByCompletion ?? Infinity));
    return { rows, ...span, isProvisional };
  }

  /** Of days that have not come yet none has passed. */
  private untilToday(day: string): string {
    const today = businessDay(this.clock.now());
    return day < today ? day : today;
  }

  private latest(year: number, scope: Scope, narrowed = 'TRUE'): Promise<TargetVersionRow[]> {
    const { sql, values } = withinScope('t.division_code', scope);
    return this.read(
      `${SELECT} WHERE t.year = ? AND ${sql} AND ${narrowed} AND ${LATEST}
       ORDER BY t.division_code, t.channel_kind, t.unit_id LIMIT ?`,
      [year, ...values, TARGETS_MAX],
    );
  }

  /** Recognised from one day to another, by county and channel: whole months from the rollup by month, the rest by day. */
  private async sold(from: string, to: string): Promise<Sold[]> {
    const lastMonth = monthOf(to);
    const isByDay = from > lastMonth || !from.endsWith('-01');
    const months = isByDay ? [from, '0001-01-01'] : [from, lastMonth];
    const rows = await this.database.query<{ county: string; channel: string; volumeFen: FenText }>(
      `SELECT county, channel, SUM(fen) AS volumeFen FROM (
         SELECT origin_county_code AS county, channel_kind AS channel, SUM(recognised_fen) AS fen FROM volume_county_month
         WHERE month >= ? AND month < ? GROUP BY origin_county_code, channel_kind
         UNION ALL
         SELECT origin_county_code, channel_kind, SUM(recognised_fen) FROM volume_county_day
         WHERE day BETWEEN ? AND ? GROUP BY origin_county_code, channel_kind
       ) parts GROUP BY county, channel`,
      [...months, isByDay ? from : lastMonth, to],
    );
    return rows.map((row) => ({ ...row, volumeFen: fen(row.volumeFen) }));
  }

  private async bought(from: string, to: string, unitIds: readonly string[]): Promise<Map<string, Fen>> {
    if (unitIds.length === 0) return new Map();
    const rows = await this.database.query<{ unitId: string; volumeFen: FenText }>(
      `SELECT unit_id AS unitId, SUM(recognised_fen) AS volumeFen FROM volume_unit_month
       WHERE month BETWEEN ? AND ? AND unit_id IN (?) GROUP BY unit_id`,
      [from, to, unitIds],
    );
    return new Map(rows.map(({ unitId, volumeFen }) => [unitId, fen(volumeFen)]));
  }

  private async read(sql: string, values: readonly SqlValue[]): Promise<TargetVersionRow[]> {
    const rows = await this.database.query<Raw>(sql, values);
    return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
  }
}

function volumeWithin(
  sold: readonly Sold[],
  { divisionCode, channelKind }: Pick<TargetKey, 'divisionCode' | 'channelKind'>,
): Fen {
  return sumFen(
    sold
      .filter(
        ({ county, channel }) =>
          county.startsWith(prefixOf(divisionCode)) && (channelKind === '' || channel === channelKind),
      )
      .map(({ volumeFen }) => volumeFen),
  );
}
