import { Injectable } from '@nestjs/common';
import { BatchReader, VariantReader } from '#libs/catalog';
import { StockPlaceReader, StockReader } from '#libs/inventory';
import { Clock, type DomainError, isId, present, refused } from '#libs/kernel';
import { StockCountReader, StockCountService } from '#libs/stockkeeping';
import { CellReading } from './sheet-cell.rules.js';
import type {
  LookedEntry,
  SheetAsker,
  SheetCells,
  SheetDesk,
  SheetDone,
  SheetEntry,
} from './sheet-kind.rules.js';
import { once } from './shared-act.rules.js';
import { STOCK_COLUMNS, STOCK_EXAMPLES, stockKey } from './stock-sheet.rules.js';

/** Levels of one reading of a file that is written. */
const AT_ONCE = 100;
const UNITS_MAX = 1_000_000;

interface Counted {
  readonly variantId: string;
  readonly batchId: string;
  readonly units: number;
}

/** What was counted in the warehouse, into the count that goes on there: it is handed in by hand, with a reason, and where much differs before a second person. */
@Injectable()
export class StockSheetService implements SheetDesk {
  readonly columns = STOCK_COLUMNS;
  readonly examples = STOCK_EXAMPLES;
  readonly keyOf = stockKey;
  readonly isPersonal = false;

  constructor(
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly levels: StockReader,
    private readonly places: StockPlaceReader,
    private readonly counted: StockCountReader,
    private readonly counts: StockCountService,
    private readonly clock: Clock,
  ) {}

  async look(asker: SheetAsker, entries: readonly SheetEntry[]): Promise<LookedEntry[]> {
    const { merchantId } = asker;
    const read = entries.map((entry) => {
      const reading = new CellReading();
      const [row, ...more] = entry.rows;
      const first = present(row, 'an entry has rows');
      for (const each of more)
        reading.refuse(
          each,
          'BATCH',
          'REPEATED',
          `第 ${first.rowNo} 行已有这一批，请加在一起`,
          `stands in row ${first.rowNo} already; add them up.`,
        );
      reading.require(first, 'VARIANT_ID', 'BATCH');
      const units = reading.whole(first, 'COUNTED', 0, UNITS_MAX);
      return {
        entry,
        reading,
        row: first,
        units,
        variantId: reading.code(first, 'VARIANT_ID'),
        traceCode: reading.code(first, 'BATCH'),
      };
    });
    const ids = read.flatMap(({ variantId }) =>
      variantId !== null && isId('var', variantId) ? [variantId] : [],
    );
    const codes = read.flatMap(({ traceCode }) =>
      traceCode !== null && /^[\x21-\x7e]{1,40}$/.test(traceCode) ? [traceCode] : [],
    );
    const [variants, batches, goingOn] = await Promise.all([
      this.variants.byIds([...new Set(ids)]),
      this.batches.byTraceCodes([...new Set(codes)]),
      this.counted.goingOn(merchantId, [...new Set(ids)]),
    ]);
    const own = variants.filter((variant) => variant.merchantId === merchantId);
    const variantOf = new Map(own.map((variant) => [variant.id as string, variant]));
    const batchOf = new Map(batches.map((batch) => [batch.traceCode, batch]));
    const found = read.map((one) => {
      const variant = variantOf.get(one.variantId ?? '');
      const named = batchOf.get(one.traceCode ?? '');
      return { ...one, variant, batch: named?.productId === variant?.productId ? named : undefined };
    });
    const seenAt = this.clock.now();
    const spots = found.flatMap(({ variant, batch }) =>
      variant && batch
        ? [{ variantId: variant.id, batchId: batch.id, merchantId, channelPointId: null, seenAt }]
        : [],
    );
    const standing = await this.places.standing(spots);
    const onHand = new Map(
      spots.map(({ variantId, batchId }, index) => [`${variantId}/${batchId}`, standing[index]?.onHand ?? 0]),
    );
    const differing: Counted[] = [];
    const enterAll = once(() => this.enterAll(asker, differing));
    return found.map(({ entry, reading, row, units, variant, batch }): LookedEntry => {
      const { entryNo } = entry;
      if (!variant && reading.text(row, 'VARIANT_ID') !== null)
        reading.refuse(
          row,
          'VARIANT_ID',
          'NOT_FOUND',
          '本商家没有这个规格，请照导出的编号填写',
          'is none of this merchant’s goods; write its number as it was exported.',
        );
      if (variant && !batch && reading.text(row, 'BATCH') !== null)
        reading.refuse(
          row,
          'BATCH',
          'NOT_FOUND',
          '这个商品没有这一批，请照导出的追溯码填写',
          'is no batch of these goods; write its code as it was exported.',
        );
      const nothing = {
        entryNo,
        faults: reading.faults,
        effect: 'NOTHING',
        subjectId: null,
        act: null,
      } as const;
      if (!variant || !batch || units === null) return nothing;
      const key = `${variant.id}/${batch.id}`;
      if ((goingOn.units.get(key) ?? onHand.get(key)) === units) return nothing;
      const counted = { variantId: variant.id, batchId: batch.id, units };
      if (reading.faults.length === 0) differing.push(counted);
      const act = async () => (await enterAll()) ?? this.enter(asker, [counted]);
      return { entryNo, faults: reading.faults, effect: 'REVIEW', subjectId: goingOn.countId, act };
    });
  }

  /** What lies in the warehouse; the counted number is the book's until somebody writes another. What is held lies there no more. */
  async *told({ merchantId }: SheetAsker): AsyncGenerator<SheetCells> {
    const seenAt = this.clock.now();
    const said = new Set<string>();
    for (let after: readonly string[] | null = null; ;) {
      const page = await this.levels.pageForMerchants([merchantId], { first: AT_ONCE, after });
      const spots = page.nodes
        .filter(({ variantId, batchId }) => !said.has(`${variantId}/${batchId}`))
        .map(({ variantId, batchId }) => ({ variantId, batchId, merchantId, channelPointId: null, seenAt }));
      const [variants, batches, standing] = await Promise.all([
        this.variants.byIds([...new Set(spots.map(({ variantId }) => variantId))]),
        this.batches.byIds([...new Set(spots.map(({ batchId }) => batchId))]),
        this.places.standing(spots),
      ]);
      for (const [index, { variantId, batchId }] of spots.entries()) {
        if (said.has(`${variantId}/${batchId}`)) continue;
        said.add(`${variantId}/${batchId}`);
        const variant = variants.find(({ id }) => id === variantId);
        yield {
          VARIANT_ID: variantId,
          BATCH: batches.find(({ id }) => id === batchId)?.traceCode ?? '',
          COUNTED: String(standing[index]?.onHand ?? 0),
          PRODUCT: `${variant?.productName ?? ''} ${variant?.name ?? ''}`,
        };
      }
      const last = page.nodes.at(-1);
      if (!page.pageInfo.hasNextPage || !last) return;
      after = [last.id];
    }
  }

  /** What one look has found is entered with its first act, in one transaction. Null where not all of it goes: then each is entered alone, and whoever is to blame is told. */
  private async enterAll(asker: SheetAsker, entries: readonly Counted[]): Promise<SheetDone | null> {
    try {
      const entered = await this.enter(asker, entries);
      return refused(entered) ? null : entered;
    } catch {
      // Nothing was written; it is thrown again by the one that it is about.
      return null;
    }
  }

  private async enter(
    { merchantId, userId }: SheetAsker,
    entries: readonly Counted[],
  ): Promise<SheetDone | DomainError> {
    const keeper = { userId, merchantIds: [merchantId] };
    const countId = await this.counts.open(merchantId, null, keeper);
    const told = entries.map((entry) => ({ ...entry, secondsAgo: 0 }));
    const entered = await this.counts.enter(countId, told, keeper);
    return refused(entered) ? entered : { effect: 'REVIEW', subjectId: entered };
  }
}
