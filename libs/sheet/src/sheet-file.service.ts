import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type Locale, type Message, NotFound, inLocale, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database } from '#platform/database';
import { type SheetFormat, sheetStream } from '#platform/sheets';
import { SheetBytesService } from './sheet-bytes.service.js';
import { SheetDesks } from './sheet-desks.service.js';
import type { SheetImportRecord, SheetRowView } from './sheet-import-record.rules.js';
import { SheetImportReader } from './sheet-import.reader.js';
import type { SheetAsker, SheetColumn, SheetKind } from './sheet-kind.rules.js';
import { headLine, lineOf, templateLines, widthsOf } from './sheet-table.rules.js';

const REASON: Message = { zh: '哪里不对（改好后可删去此列）', en: 'What is wrong (this column may stay)' };
const REASON_WIDTH = 60;

/** Files for merchants: an empty table to fill in, what there is, and rows to mend. */
@Injectable()
export class SheetFileService {
  constructor(
    private readonly database: Database,
    private readonly desks: SheetDesks,
    private readonly imports: SheetImportReader,
    private readonly bytes: SheetBytesService,
    private readonly merchants: MerchantReader,
    private readonly audit: AuditService,
  ) {}

  template(kind: SheetKind, format: SheetFormat, locale: Locale): Readable {
    const desk = this.desks.of(kind);
    const own = desk.columns.filter(({ isTold }) => !isTold);
    return sheetStream(all(templateLines(desk, locale)), format, widthsOf(own));
  }

  /** All that a merchant has of a kind, with the columns of an import: brought in again it changes nothing. Who takes it out is in the audit log before they have it. */
  async export(asker: SheetAsker, kind: SheetKind, format: SheetFormat, locale: Locale): Promise<Readable> {
    const { merchantId, userId } = asker;
    const merchant = present(await this.merchants.byId(merchantId), `merchant ${merchantId}`);
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actorId: userId,
        act: 'sheet.exported',
        subject: merchantId,
        divisionCode: merchant.countyCode,
        detail: { kind, format, isPersonal: this.desks.of(kind).isPersonal },
      }),
    );
    const { columns } = this.desks.of(kind);
    const told = this.desks.of(kind).told(asker);
    const lines = async function* () {
      yield headLine(columns, locale);
      for await (const cells of told) yield lineOf(columns, cells);
    };
    return sheetStream(lines(), format, widthsOf(columns));
  }

  /** The rows that were left out or refused as they were written, with what is wrong: to be mended and brought again. */
  failed({ id, kind }: SheetImportRecord, format: SheetFormat, locale: Locale): Readable {
    const columns = this.desks.of(kind).columns.filter(({ isTold }) => !isTold);
    const rows = this.imports.failed(id);
    const lines = async function* () {
      yield [...headLine(columns, locale), inLocale(REASON, locale)];
      for await (const row of rows) yield [...lineOf(columns, row.cells), reasonOf(row, columns, locale)];
    };
    return sheetStream(lines(), format, [...widthsOf(columns), REASON_WIDTH]);
  }

  /** As it was brought. */
  async original({ id, fileSha256 }: SheetImportRecord): Promise<Readable> {
    const bytes = fileSha256 === null ? null : await this.bytes.open(fileSha256);
    if (!bytes) throw new NotFound('File', id);
    return bytes;
  }
}

async function* all<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function reasonOf({ faults }: SheetRowView, columns: readonly SheetColumn[], locale: Locale): string {
  const said = faults.map(({ column, message }) => {
    const name = columns.find(({ key }) => key === column)?.name;
    if (!name) return inLocale(message, locale);
    return locale === 'en' ? `${name.en} ${message.en}` : `${name.zh}：${message.zh}`;
  });
  return said.join(locale === 'en' ? ' ' : '；');
}
