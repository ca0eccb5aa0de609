import { Injectable } from '@nestjs/common';
import { type InvalidInputError, refused } from '#libs/kernel';
import { MonthCloseReader, VolumeReader } from '#libs/volume';
import type { AmountRow } from './amount-row.rules.js';
import { GoalAmountReader } from './goal-amount.reader.js';
import { OtherAmountReader } from './other-amount.reader.js';
import type { Amounts, Figure } from './report-measure.rules.js';
import { reportOf } from './report-catalogue.rules.js';
import { type ReportRow, tableOf, totalsOf } from './report-table.rules.js';
import {
  type AskedReport,
  type ReportComparison,
  type ReportDefinition,
  type ReportDimension,
  type ReportQuestion,
  periodBefore,
  refuseCityTotals,
  refuseReport,
} from './report.rules.js';
import { ToldAmountReader } from './told-amount.reader.js';
import { VolumeAmountReader } from './volume-amount.reader.js';

export interface Report {
  readonly definition: ReportDefinition;
  readonly from: string;
  readonly to: string;
  readonly groupBy: readonly ReportDimension[];
  readonly rows: readonly ReportRow[];
  /** Of all rows, one per measure. */
  readonly totals: readonly Figure[];
  readonly comparison: ReportComparison | null;
  readonly before: { readonly from: string; readonly to: string; readonly totals: readonly Figure[] } | null;
  /** Later facts may still change it. */
  readonly isProvisional: boolean;
  /** Everything recorded before this moment is counted. */
  readonly dataAsOf: Date;
}

export type CityQuestion = Pick<ReportQuestion, 'id' | 'filter' | 'scope'>;

/** The city of a county, township or village: four digits. What is wider stays what it is. */
function cityOf(code: string): string {
  return code.length >= 6 ? `${code.slice(0, 4)}00` : code;
}

/** Reports of the registry, within what the asker may see. */
@Injectable()
export class ReportReader {
  constructor(
    private readonly volumes: VolumeReader,
    private readonly sums: VolumeAmountReader,
    private readonly others: OtherAmountReader,
    private readonly goals: GoalAmountReader,
    private readonly told: ToldAmountReader,
    private readonly closes: MonthCloseReader,
  ) {}

  async report(asked: AskedReport): Promise<Report | InvalidInputError> {
    const definition = reportOf(asked.id);
    // What is ordered by its change is compared with something.
    const comparison = asked.comparison ?? (definition.order === 'CHANGE' ? 'PREVIOUS_PERIOD' : null);
    const question = { ...asked, groupBy: asked.groupBy ?? definition.groupBy, comparison };
    const refusal = refuseReport(definition, question);
    if (refusal) return refusal;
    // Asked first: what is counted meanwhile is in the rows, but is not promised.
    const { dataAsOf, hasWaiting } = await this.volumes.freshness();
    const { filter, groupBy } = question;
    const isProvisional = await this.closes.isProvisional(filter.from, filter.to, hasWaiting);
    const rows = await this.rows(definition, question);
    if (refused(rows)) return rows;
    const period = comparison === null ? null : periodBefore(filter, comparison);
    const questionBefore = period && { ...question, filter: { ...filter, ...period } };
    const before = questionBefore && (await this.rows(definition, questionBefore));
    if (refused(before)) return before;
    return {
      definition,
      from: filter.from,
      to: filter.to,
      groupBy,
      rows: tableOf(definition, groupBy, rows, before),
      totals: totalsOf(definition, rows, await this.whole(definition, question)),
      comparison,
      before: questionBefore &&
        period &&
        before && {
          ...period,
          totals: totalsOf(definition, before, await this.whole(definition, questionBefore)),
        },
      isProvisional,
      dataAsOf,
    };
  }

  /** The totals of the whole city, or cities, around the divisions of the scope. */
  async cityTotals({ id, filter, scope }: CityQuestion): Promise<Figure[] | InvalidInputError> {
    const definition = reportOf(id);
    const wide = scope === 'ALL' ? scope : [...new Set(scope.map(cityOf))];
    const question: ReportQuestion = { id, filter, groupBy: [], comparison: null, scope: wide };
    const refusal = refuseReport(definition, question) ?? (scope === 'ALL' ? null : refuseCityTotals(filter));
    if (refusal) return refusal;
    const rows = await this.rows(definition, question);
    return refused(rows) ? rows : totalsOf(definition, rows, await this.whole(definition, question));
  }

  /** Of all rows together, what their sum does not tell. */
  private async whole(definition: ReportDefinition, question: ReportQuestion): Promise<Amounts> {
    return definition.source === 'DISPATCH' ? this.others.signedWhole(question) : {};
  }

  private rows(
    definition: ReportDefinition,
    question: ReportQuestion,
  ): Promise<AmountRow[] | InvalidInputError> {
    switch (definition.source) {
      case 'TARGET':
        return this.goals.targets(question);
      case 'SHARE':
        return this.goals.shares(question);
      case 'CLAIM':
        return this.told.claims(definition, question);
      case 'COUNTER':
        return this.told.counters(definition, question);
      case 'CHANNEL':
        return this.others.channels(definition, question);
      case 'DISPATCH':
        return this.others.dispatch(definition, question);
      case 'PRICE':
        return this.others.prices(definition, question);
      case 'REPURCHASE':
        return this.others.repurchase(definition, question);
      default:
        return this.sums.rows(definition, question);
    }
  }
}
