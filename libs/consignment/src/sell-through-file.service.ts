import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type Locale, type Message, inLocale } from '#libs/kernel';
import { type SheetFormat, sheetStream } from '#platform/sheets';
import { SellThroughReader } from './sell-through.reader.js';
import { COLUMN_NAMES, SELL_THROUGH_COLUMNS, faultMessage } from './sell-through.rules.js';

const WIDTHS = [12, 28, 24, 14, 10, 14];
const EXAMPLE = ['1', '神农城消费扶贫专区', 'YL-PEACH-5KG', '2026-11-05', '2', '176.00'];
const ROW_NO: Message = { zh: '文件第几行', en: 'Row of the file' };
const REASON: Message = { zh: '哪里不对', en: 'What is wrong' };
const [ROW_NO_WIDTH, REASON_WIDTH] = [12, 60];
/** Rows of one reading of a file that is written. */
const ROWS_AT_ONCE = 500;

/** Files for operators: an empty one to fill in, and what is wrong with a filled one. */
@Injectable()
export class SellThroughFileService {
  constructor(private readonly reader: SellThroughReader) {}

  template(format: SheetFormat, locale: Locale): Readable {
    const head = SELL_THROUGH_COLUMNS.map((column) => inLocale(COLUMN_NAMES[column], locale));
    const lines = async function* () {
      yield head;
      yield EXAMPLE;
    };
    return sheetStream(lines(), format, WIDTHS);
  }

  /** Whose it is the caller has asked. */
  faulty(id: string, format: SheetFormat, locale: Locale): Readable {
    const lines = this.faultyLines(id, locale);
    return sheetStream(lines, format, [ROW_NO_WIDTH, ...WIDTHS, REASON_WIDTH]);
  }

  private async *faultyLines(id: string, locale: Locale): AsyncGenerator<string[]> {
    const names = SELL_THROUGH_COLUMNS.map((column) => COLUMN_NAMES[column]);
    yield [ROW_NO, ...names, REASON].map((name) => inLocale(name, locale));
    for (let after: readonly string[] | null = null; ;) {
      const { nodes, pageInfo } = await this.reader.rows(id, true, { first: ROWS_AT_ONCE, after });
      for (const { rowNo, cells, faults } of nodes) {
        const reasons = faults.map((fault) => inLocale(faultMessage(fault), locale));
        yield [
          String(rowNo),
          ...SELL_THROUGH_COLUMNS.map((column) => cells[column]),
          reasons.join(locale === 'en' ? ' ' : '；'),
        ];
      }
      const last = nodes.at(-1);
      if (!pageInfo.hasNextPage || !last) return;
      after = [String(last.rowNo)];
    }
  }
}
