import { Injectable } from '@nestjs/common';
import type { Locale } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import { csvFile, xlsxFile } from '#platform/sheets';
import { type BulkFormat, RESULT_WIDTHS, WIDTHS, resultRows, templateRows } from './bulk-file.rules.js';
import type { BulkOrderId } from './bulk-order.entity.js';
import { BulkOrderReader } from './bulk-order.reader.js';

/** A seller's code, as the template shows one. */
const GOODS_EXAMPLE = 'YL-PEACH-5KG';

/** Files for buyers: an empty list to fill in, and theirs with what became of it. */
@Injectable()
export class BulkFileReader {
  constructor(
    private readonly lists: BulkOrderReader,
    private readonly orders: OrderReader,
  ) {}

  template(format: BulkFormat, locale: Locale): Promise<Buffer> {
    return this.file(templateRows(locale, GOODS_EXAMPLE), format, WIDTHS);
  }

  /** The caller has asked whose it is. */
  async results(bulkOrderId: BulkOrderId, format: BulkFormat, locale: Locale): Promise<Buffer> {
    const whole = await this.lists.whole(bulkOrderId);
    const ids = whole.parcels.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
    const orders = await this.orders.byIds(ids);
    const cancelled = new Set<string>(
      orders.filter(({ state }) => state === 'CANCELLED').map(({ id }) => id),
    );
    return this.file(resultRows(whole, cancelled, locale), format, RESULT_WIDTHS);
  }

  private async file(rows: string[][], format: BulkFormat, widths: readonly number[]): Promise<Buffer> {
    return format === 'CSV' ? csvFile(rows) : xlsxFile(rows, widths);
  }
}
