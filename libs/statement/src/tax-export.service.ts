import { Injectable } from '@nestjs/common';
import type { CellObject } from 'write-excel-file/node';
import { AuditService } from '#libs/identity';
import { type IdOf, PAGE_SIZE_MAX, guardedCell, refused } from '#libs/kernel';
import { Database } from '#platform/database';
import { exactYuan } from './statement.rules.js';
import { TaxDifferenceError, TaxQuarterOpenError } from './tax-projection.errors.js';
import { TaxProjectionReader } from './tax-projection.reader.js';
import {
  type Quarter,
  TAX_HEAD,
  type TaxCell,
  type TaxRow,
  daysOfQuarter,
  hashOfFile,
  taxCells,
  taxCsv,
} from './tax-projection.rules.js';

export const TAX_FORMATS = ['CSV', 'XLSX'] as const;
export type TaxFormat = (typeof TAX_FORMATS)[number];

export interface TaxFile {
  readonly name: string;
  readonly content: Buffer;
}

/** A spreadsheet keeps fifteen digits of a number; longer ones are handed over as text, exactly. */
const DIGITS_MAX = 15;

/** Files for the tax authority, with credit codes in full. Whoever takes one out is in the audit log before they have it. */
@Injectable()
export class TaxExportService {
  constructor(
    private readonly database: Database,
    private readonly reader: TaxProjectionReader,
    private readonly audit: AuditService,
  ) {}

  async export(
    userId: IdOf<'usr'>,
    quarter: Quarter,
    format: TaxFormat,
  ): Promise<TaxFile | TaxQuarterOpenError | TaxDifferenceError> {
    if (!(await this.reader.isComplete(quarter))) return new TaxQuarterOpenError();
    const rows = await this.rowsOf(quarter);
    if (refused(rows)) return rows;
    const content = format === 'CSV' ? Buffer.from(taxCsv(quarter, rows)) : await workbookOf(quarter, rows);
    const name = `tax-${quarter.year}Q${quarter.quarter}.${format.toLowerCase()}`;
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actorId: userId,
        act: 'tax_projection.exported',
        subject: name,
        detail: { sellers: rows.length, sha256: hashOfFile(content) },
      }),
    );
    return { name, content };
  }

  /** Sellers are some thousands, a handful of figures each. */
  private async rowsOf(quarter: Quarter): Promise<TaxRow[] | TaxDifferenceError> {
    const all: TaxRow[] = [];
    for (let after: readonly string[] | null = null; ;) {
      const { nodes, pageInfo } = await this.reader.page(quarter, { first: PAGE_SIZE_MAX, after });
      for (const { payeeId, difference } of nodes)
        if (difference) return new TaxDifferenceError(payeeId, difference.account, difference.fen);
      all.push(...nodes);
      const last = nodes.at(-1);
      if (!last || !pageInfo.hasNextPage) return all;
      after = [last.payeeId];
    }
  }
}

function excelCell(cell: TaxCell): CellObject {
  if (typeof cell === 'string') return { value: guardedCell(cell), type: String };
  const text = typeof cell === 'bigint' ? exactYuan(cell) : String(cell);
  const isShort = text.replaceAll(/\D/g, '').length <= DIGITS_MAX;
  return isShort ? { value: Number(text), type: Number } : { value: text, type: String };
}

async function workbookOf(quarter: Quarter, rows: readonly TaxRow[]): Promise<Buffer> {
  const { fromOn, toOn } = daysOfQuarter(quarter);
  const sheet = [
    [`${quarter.year}Q${quarter.quarter}`, fromOn, toOn, 'CNY'].map(excelCell),
    TAX_HEAD.map((title): CellObject => ({ value: title, type: String, fontWeight: 'bold' })),
    ...rows.map((row) => taxCells(row).map(excelCell)),
  ];
  // Loaded with the first file that is asked for: most processes never make one.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(sheet, { sheet: 'Tax' }).toBuffer();
}
