import type { Stream } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { CellObject, Feature, Row } from 'write-excel-file/node';
import { commonDivisionOf } from '#libs/division';
import { AuditService } from '#libs/identity';
import { Clock, type InvalidInputError, type Locale, newId, present, refused } from '#libs/kernel';
import type { ErratumRow } from '#libs/volume';
import { Database } from '#platform/database';
import { MemberNameReader } from './member-name.reader.js';
import {
  type FileCell,
  type ReportFormat,
  type ReportTable,
  csvOf,
  erratumLines,
  guarded,
  hashOf,
  reportTable,
  watermarkLines,
} from './report-file.rules.js';
import { ReportViewReader, definitionView } from './report-view.reader.js';
import type { AskedReport } from './report.rules.js';

export interface ReportExport {
  readonly question: AskedReport;
  readonly format: ReportFormat;
  readonly locale: Locale;
  readonly actorId: string;
}

export interface ReportFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

const CONTENT_TYPE: Readonly<Record<ReportFormat, string>> = {
  CSV: 'text/csv; charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A spreadsheet keeps fifteen digits of a number; longer ones are handed over as text, exactly. */
const NUMBER_DIGITS_MAX = 15;

/** A margin holds 255 characters; what is longer is cut, and whole on top of the sheet. */
const MARGIN_MAX = 250;

/** Files of reports. Whoever takes one out is in the audit log before they have it. */
@Injectable()
export class ReportExportService {
  constructor(
    private readonly database: Database,
    private readonly views: ReportViewReader,
    private readonly names: MemberNameReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async export({ question, format, locale, actorId }: ReportExport): Promise<ReportFile | InvalidInputError> {
    const view = await this.views.view(question, locale);
    if (refused(view)) return view;
    const definition = definitionView(view.definition, view.terms, locale);
    const table = reportTable(view, definition, locale);
    const hash = hashOf(table);
    const exportId = newId('rex');
    const { scope, id, filter } = question;
    const { groupBy, comparison } = view;
    const watermark = { exportId, actorId, at: this.clock.now(), scope };
    const lines = [
      ...watermarkLines(view, definition, watermark, hash, locale),
      ...erratumLines(view, await this.divisionsOf(view.errata, locale), locale),
    ];
    const content = format === 'CSV' ? Buffer.from(csvOf(table, lines)) : await workbookOf(table, lines);
    const { isProvisional, dataAsOf } = view;
    const detail = {
      report: id,
      filter,
      groupBy,
      comparison,
      scope,
      format,
      hash,
      isProvisional,
      dataAsOf,
      rows: table.rows.length,
      errata: view.errata.map(({ id: erratumId }) => erratumId),
    };
    const divisionCode = commonDivisionOf(scope);
    await this.database.transaction((tx) =>
      this.audit.record(tx, { actorId, act: 'report.exported', subject: exportId, divisionCode, detail }),
    );
    const name = `${id}-${view.from}-${view.to}.${format.toLowerCase()}`;
    return { name, contentType: CONTENT_TYPE[format], content };
  }

  private divisionsOf(errata: readonly ErratumRow[], locale: Locale): Promise<ReadonlyMap<string, string>> {
    return this.names.namesOf(
      'ORIGIN_COUNTY',
      errata.map(({ divisionCode }) => divisionCode),
      locale,
    );
  }
}

function excelCell(cell: FileCell): CellObject {
  const isShort = cell.text.replaceAll(/\D/g, '').length <= NUMBER_DIGITS_MAX;
  if (cell.isNumber && isShort) return { value: Number(cell.text), type: Number };
  return { value: guarded(cell), type: String };
}

/** In the margins of every printed page, large and pale across its head. */
async function margins(lines: readonly [string, string][]): Promise<Feature<Stream | Buffer | Blob>> {
  const { getOrderOfSiblings, insertElementMarkupAccordingToOrderOfSiblings, sanitizeTextContent } =
    await import('write-excel-file/utility');
  const of = (indexes: readonly number[]) =>
    indexes
      .map((index) => lines[index]?.join(' ') ?? '')
      .join('  ')
      .replaceAll('&', '&&')
      .slice(0, MARGIN_MAX);
  const [mark, foot] = [of([7, 4]), of([0, 1, 5, 6])];
  const hash = of([8]);
  const markup = `<headerFooter><oddHeader>${sanitizeTextContent(`&C&26&KC8C8C8 ${mark}`)}</oddHeader><oddFooter>${sanitizeTextContent(`&L&8 ${foot.slice(0, 120)}&R&8 ${hash.slice(0, 110)}`)}</oddFooter></headerFooter>`;
  const siblings = present(
    getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet'),
    'the order of the parts of a sheet',
  );
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) =>
            insertElementMarkupAccordingToOrderOfSiblings(xml, markup, siblings, 'worksheet'),
        },
      },
    },
  };
}

async function workbookOf(table: ReportTable, lines: readonly [string, string][]): Promise<Buffer> {
  const top = lines.map(([name, value]): Row => [
    { value: name, type: String, textColor: '#808080' },
    { value: guarded({ text: value, isNumber: false }), type: String, textColor: '#808080' },
  ]);
  const head = table.head.map((cell): Row[number] => ({
    value: guarded(cell),
    type: String,
    fontWeight: 'bold',
  }));
  const total = table.total.map((cell): Row[number] => ({ ...excelCell(cell), fontWeight: 'bold' }));
  const rows: Row[] = [...top, [], head, ...table.rows.map((row) => row.map(excelCell)), total];
  // Loaded with the first file that is asked for: most processes never make one.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(rows, { sheet: 'Report' }, { features: [await margins(lines)] }).toBuffer();
}
