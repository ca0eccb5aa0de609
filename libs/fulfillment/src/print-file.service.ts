import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { type IdOf, NotFound, csvRecord, guardedCell } from '#libs/kernel';
import { Database } from '#platform/database';
import { PrintBatchReader } from './print-batch.reader.js';
import { PRINT_KINDS, type PrintKind, PrintPdfService } from './print-pdf.service.js';
import { type PrintSheet, PrintSheetService } from './print-sheet.service.js';
import { CARRIER_NAMES } from './waybill.rules.js';

/** Packing lists, labels, and what the carrier is told beside them. */
export const PRINT_FILES = [...PRINT_KINDS, 'manifest'] as const;
export type PrintFile = (typeof PRINT_FILES)[number];

const MANIFEST_HEAD = ['快递', '运单号', '收件人', '电话', '省市区', '地址', '件数'];

/** Excel opens UTF-8 as such where it begins with this. */
const BOM = '\uFEFF';

/** Labels say no more than they may, so the carrier is given the rest with this. */
function manifestOf(sheets: readonly PrintSheet[]): string {
  const rows = sheets.map(({ waybill, recipient, lines }) => [
    CARRIER_NAMES[waybill.carrier],
    waybill.trackingNo ?? '',
    recipient.name,
    recipient.phone,
    recipient.place,
    recipient.address,
    String(lines.reduce((sum, { quantity }) => sum + quantity, 0)),
  ]);
  return `${BOM}${[MANIFEST_HEAD, ...rows].map((cells) => csvRecord(cells.map(guardedCell))).join('\r\n')}\r\n`;
}

/**
 * Made when it is asked for, of what is known then: numbers stay the same, names and addresses are kept in no file that outlives the order.
 * Each time is written down.
 */
@Injectable()
export class PrintFileService {
  constructor(
    private readonly database: Database,
    private readonly batches: PrintBatchReader,
    private readonly sheets: PrintSheetService,
    private readonly pdf: PrintPdfService,
    private readonly audit: AuditService,
  ) {}

  /** Throws NotFound for prints of others. */
  async make(
    merchantIds: readonly string[],
    id: string,
    file: PrintFile,
    actorId: IdOf<'usr'>,
  ): Promise<Buffer> {
    const batch = await this.batches.byId(id, merchantIds);
    if (!batch) throw new NotFound('PrintBatch', id);
    const sheets = await this.sheets.of(batch);
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actorId,
        act: 'print_batch.printed',
        subject: batch.id,
        detail: { file, orders: sheets.length },
      }),
    );
    return isKind(file) ? this.pdf.draw(sheets, file) : Buffer.from(manifestOf(sheets));
  }
}

function isKind(file: PrintFile): file is PrintKind {
  return PRINT_KINDS.some((kind) => kind === file);
}
