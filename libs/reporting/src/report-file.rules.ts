import { createHash } from 'node:crypto';
import { type Locale, csvRecord, guardedCell } from '#libs/kernel';
import { decimal, exactOf, sayOf } from './report-figure.rules.js';
import { MEASURES } from './report-measure.rules.js';
import type { CellView, DefinitionView, ReportView } from './report-view.reader.js';

export const REPORT_FORMATS = ['CSV', 'XLSX'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** One cell of a file: text that nobody computes, or a number exactly. */
export interface FileCell {
  readonly text: string;
  readonly isNumber: boolean;
}

export interface ReportTable {
  readonly head: readonly FileCell[];
  readonly rows: readonly (readonly FileCell[])[];
  readonly total: readonly FileCell[];
}

export interface Watermark {
  readonly exportId: string;
  readonly actorId: string;
  readonly at: Date;
  /** Division codes, or everything. */
  readonly scope: readonly string[] | 'ALL';
}

const WORDS = {
  'zh-CN': {
    rank: '排名',
    total: '合计',
    noData: '无数据',
    before: '（对比期）',
    report: '报表',
    period: '期间',
    formula: '口径',
    notes: '说明',
    exported: '导出',
    scope: '数据范围',
    all: '全部',
    asOf: '数据截至',
    state: '状态',
    provisional: '暂定数',
    settled: '已过结算期',
    hash: '内容摘要 SHA-256',
    erratum: '更正',
    whole: '全部登记',
    published: '已公布',
    correct: '应为',
  },
  en: {
    rank: 'rank',
    total: 'total',
    noData: 'no data',
    before: ' (before)',
    report: 'Report',
    period: 'Period',
    formula: 'Formula',
    notes: 'Notes',
    exported: 'Exported',
    scope: 'Scope',
    all: 'all',
    asOf: 'Data as of',
    state: 'State',
    provisional: 'provisional',
    settled: 'past its settling days',
    hash: 'SHA-256 of the content',
    erratum: 'Correction',
    whole: 'the whole register',
    published: 'published',
    correct: 'should be',
  },
} as const satisfies Record<Locale, object>;

function text(value: string): FileCell {
  return { text: value, isNumber: false };
}

/** Money in yuan, rates as parts of one: what a spreadsheet adds up and formats. */
function fileCell({ unit, value }: CellView, noData: string): FileCell {
  return value === null ? text(noData) : { text: exactOf(unit, BigInt(value)), isNumber: true };
}

/** What is in the file besides its watermark; the hash is of this. */
export function reportTable(view: ReportView, definition: DefinitionView, locale: Locale): ReportTable {
  const words = WORDS[locale];
  const { groupBy, comparison, rows, totals, before } = view;
  const isRanked = definition.isRanked && groupBy.length > 0;
  const names = definition.measures.map(({ name }) => name);
  const cells = (views: readonly CellView[] | null | undefined) =>
    definition.measures.map((_, index) => {
      const view = views?.[index];
      return view ? fileCell(view, words.noData) : text(words.noData);
    });
  const compared = (views: readonly CellView[] | null | undefined) =>
    comparison === null ? [] : cells(views);
  return {
    head: [
      ...(isRanked ? [text(words.rank)] : []),
      ...groupBy.flatMap((dimension) => [text(dimension), text(`${dimension}_CODE`)]),
      ...names.map(text),
      ...(comparison === null ? [] : names.map((name) => text(`${name}${words.before}`))),
    ],
    rows: rows.map((row) => [
      ...(isRanked ? [row.rank === null ? text('') : { text: String(row.rank), isNumber: true }] : []),
      ...row.members.flatMap(({ name, code }) => [text(name), text(code)]),
      ...cells(row.cells),
      ...compared(row.before),
    ]),
    total: [
      ...(isRanked ? [text(words.total)] : []),
      ...groupBy.flatMap((_, index) => [text(index === 0 && !isRanked ? words.total : ''), text('')]),
      ...cells(totals),
      ...compared(before?.totals),
    ],
  };
}

/** A cell that begins like a formula would be one; a quotation mark makes it text. Numbers are numbers. */
export function guarded({ text: value, isNumber }: FileCell): string {
  return isNumber ? value : guardedCell(value);
}

function csvLine(cells: readonly FileCell[]): string {
  return csvRecord(cells.map(guarded));
}

function lines({ head, rows, total }: ReportTable): string[] {
  return [head, ...rows, total].map(csvLine);
}

/** The same in every format, so that a printed sheet can be compared with a file. */
export function hashOf(table: ReportTable): string {
  return createHash('sha256').update(lines(table).join('\r\n')).digest('hex');
}

/** Who took what, when, of which scope and state: on top of the file and in its margins. */
export function watermarkLines(
  view: ReportView,
  definition: DefinitionView,
  { exportId, actorId, at, scope }: Watermark,
  hash: string,
  locale: Locale,
): [string, string][] {
  const words = WORDS[locale];
  return [
    [words.report, `${definition.id} ${definition.title}`],
    [words.period, `${view.from} – ${view.to}`],
    [words.formula, definition.formula],
    [words.notes, definition.notes],
    [words.scope, scope === 'ALL' ? words.all : scope.join(' ')],
    [words.state, view.isProvisional ? words.provisional : words.settled],
    [words.asOf, view.dataAsOf.toISOString()],
    [words.exported, `${exportId} ${actorId} ${at.toISOString()}`],
    [words.hash, hash],
  ];
}

/** Notices of what was wrong in a published month, beneath the watermark: a file that is handed on takes them along. */
export function erratumLines(
  { errata, terms }: Pick<ReportView, 'errata' | 'terms'>,
  nameOf: ReadonlyMap<string, string>,
  locale: Locale,
): [string, string][] {
  const words = WORDS[locale];
  return errata.map(({ number, month, measure, divisionCode, publishedFen, correctFen, reason }) => [
    `${words.erratum} ${number ?? ''}`,
    [
      month.slice(0, 7),
      sayOf(MEASURES[measure].name, terms, locale),
      divisionCode === '' ? words.whole : (nameOf.get(divisionCode) ?? divisionCode),
      `${words.published} ${decimal(publishedFen, 2)}`,
      `${words.correct} ${decimal(correctFen, 2)}`,
      reason,
    ].join(' · '),
  ]);
}

/** With a byte order mark, or spreadsheets would not read Chinese. The content stands between the empty line and the end. */
export function csvOf(table: ReportTable, watermark: readonly [string, string][]): string {
  const top = watermark.map(([name, value]) => csvLine([text(name), text(value)]));
  return `\uFEFF${[...top, '', ...lines(table)].join('\r\n')}\r\n`;
}
