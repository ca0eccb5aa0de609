import { Injectable } from '@nestjs/common';
import { type InvalidInputError, type Locale, refused } from '#libs/kernel';
import { TermReader } from '#libs/terminology';
import { ErratumReader, type ErratumRow } from '#libs/volume';
import { MemberNameReader } from './member-name.reader.js';
import { REPORT_TERMS, type ReportTerms, displayOf, say, sayOf } from './report-figure.rules.js';
import { type Figure, MEASURES, type MeasureUnit, type ReportMeasure } from './report-measure.rules.js';
import { reportOf } from './report-catalogue.rules.js';
import { type CityQuestion, type Report, ReportReader } from './report.reader.js';
import { type AskedReport, type ReportDefinition, type ReportDimension, isOfFacts } from './report.rules.js';

export interface MemberView {
  readonly dimension: ReportDimension;
  /** '' for the unknown. */
  readonly code: string;
  readonly name: string;
}

/** Numbers are decimal digits: JSON would lose some of them. */
export interface CellView extends Pick<Figure, 'noData'> {
  readonly measure: ReportMeasure;
  readonly unit: MeasureUnit;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  /** As people read it; rounded down. Null where there is no data. */
  readonly display: string | null;
}

export interface RowView {
  readonly rank: number | null;
  readonly members: readonly MemberView[];
  readonly cells: readonly CellView[];
  /** Empty where nothing is compared with, or there was no such row. */
  readonly before: readonly CellView[];
}

/** A report in one language, with everything named. */
export interface ReportView extends Pick<
  Report,
  'definition' | 'from' | 'to' | 'groupBy' | 'comparison' | 'isProvisional' | 'dataAsOf'
> {
  readonly rows: readonly RowView[];
  readonly totals: readonly CellView[];
  readonly before: {
    readonly from: string;
    readonly to: string;
    readonly totals: readonly CellView[];
  } | null;
  /** Notices of what was wrong in a published month that the period touches, of what the asker may see or lies around it. */
  readonly errata: readonly ErratumRow[];
  /** What things were called on the last day of the period. */
  readonly terms: ReportTerms;
}

export interface MeasureView {
  readonly id: ReportMeasure;
  readonly name: string;
  readonly unit: MeasureUnit;
  /** Why it is empty everywhere; null where it is recorded. */
  readonly missing: string | null;
}

export interface DefinitionView extends Omit<ReportDefinition, 'title' | 'notes' | 'measures'> {
  readonly title: string;
  readonly notes: string;
  readonly measures: readonly MeasureView[];
  readonly isOfFacts: boolean;
}

/** In the words of the day that the terms are of. */
export function definitionView(
  definition: ReportDefinition,
  terms: ReportTerms,
  locale: Locale,
): DefinitionView {
  return {
    ...definition,
    isOfFacts: isOfFacts(definition),
    title: sayOf(definition.title, terms, locale),
    notes: sayOf(definition.notes, terms, locale),
    measures: definition.measures.map((id) => {
      const measure = MEASURES[id];
      const missing = 'missing' in measure ? say(measure.missing, locale) : null;
      return { id, name: sayOf(measure.name, terms, locale), unit: measure.unit, missing };
    }),
  };
}

@Injectable()
export class ReportViewReader {
  constructor(
    private readonly reports: ReportReader,
    private readonly names: MemberNameReader,
    private readonly errata: ErratumReader,
    private readonly terms: TermReader,
  ) {}

  async view(question: AskedReport, locale: Locale): Promise<ReportView | InvalidInputError> {
    const report = await this.reports.report(question);
    if (refused(report)) return report;
    const { definition, groupBy, rows, totals, before, ...rest } = report;
    const names = await Promise.all(
      groupBy.map((dimension, index) =>
        this.names.namesOf(
          dimension,
          rows.map(({ members }) => members[index] ?? ''),
          locale,
        ),
      ),
    );
    const cells = (figures: readonly Figure[]) => cellsOf(definition, figures, locale);
    return {
      ...rest,
      definition,
      groupBy,
      rows: rows.map((row) => ({
        rank: row.rank,
        members: row.members.map((code, index) => ({
          dimension: groupBy[index] ?? 'DAY',
          code,
          name: names[index]?.get(code) ?? code,
        })),
        cells: cells(row.figures),
        before: cells(row.before ?? []),
      })),
      totals: cells(totals),
      terms: await this.termsOn(rest.to),
      errata: await this.errata.publishedWithin(rest.from, rest.to, question.scope),
      before: before && { from: before.from, to: before.to, totals: cells(before.totals) },
    };
  }

  /** Without a day, today's words. */
  async termsOn(day?: string): Promise<ReportTerms> {
    const terms = await this.terms.termsOn(day, REPORT_TERMS);
    return new Map(terms.map(({ key, zh, en }) => [key, { zh, en }]));
  }

  async cityTotals(question: CityQuestion, locale: Locale): Promise<CellView[] | InvalidInputError> {
    const figures = await this.reports.cityTotals(question);
    return refused(figures) ? figures : cellsOf(reportOf(question.id), figures, locale);
  }
}

function cellsOf({ measures }: ReportDefinition, figures: readonly Figure[], locale: Locale): CellView[] {
  return measures.flatMap((measure, index) => {
    const figure = figures[index];
    if (!figure) return [];
    const { unit } = MEASURES[measure];
    const { value, numerator, denominator, noData } = figure;
    const digits = (number: bigint | null) => number?.toString() ?? null;
    const display = value === null ? null : displayOf(unit, value, locale);
    const numbers = { value: digits(value), numerator: digits(numerator), denominator: digits(denominator) };
    return [{ measure, unit, ...numbers, display, noData }];
  });
}
