import { Injectable } from '@nestjs/common';
import { BatchReader, type VariantForSale, VariantReader } from '#libs/catalog';
import { ChannelPointReader, type ChannelPointRow } from '#libs/channel';
import { type PlaceSale, PlaceStockService } from '#libs/inventory';
import { Clock, type IdOf, newId, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { SellThrough, SellThroughLine, SellThroughPart, SellThroughRow } from './sell-through.entity.js';
import { causeOf, partsOf, reversalsOf, salesOf } from './sell-through-register.rules.js';
import { SellThroughRepository } from './sell-through.repository.js';
import { isSame } from './sell-through.service.js';

/** Rows of one transaction: short enough that nobody who sells at the same places waits for long. */
const ROWS_AT_ONCE = 200;

interface Lookups {
  readonly variants: ReadonlyMap<string, VariantForSale>;
  readonly points: ReadonlyMap<string, ChannelPointRow>;
}

/** A line's columns, to be copied with changes. */
type LineFacts = Pick<SellThroughLine, keyof SellThroughLine>;

/** A row that was told anew, with what was told before, if anything. */
interface Change {
  readonly line: LineFacts;
  readonly before: SellThroughLine | null;
}

/** Takes confirmed files, some rows in a transaction: lines, stock and what the register is to be told change together, and whoever is killed in the middle is followed by another. */
@Injectable()
export class SellThroughRunService {
  constructor(
    private readonly database: Database,
    private readonly files: SellThroughRepository,
    private readonly points: ChannelPointReader,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly stock: PlaceStockService,
    private readonly clock: Clock,
  ) {}

  /** Some rows of the oldest file that was confirmed. 0 when there is none; any number of processes may call it at once. */
  async work(): Promise<number> {
    // What the rows name is looked up before anything is held.
    const seen = await this.database.transaction(async (tx) => {
      const file = await this.files.lockNextConfirmed(tx);
      return file && { file, rows: await this.files.rowsAfter(tx, file.id, file.takenThrough, ROWS_AT_ONCE) };
    });
    if (!seen) return 0;
    const lookups = await this.lookUp(seen.rows);
    await this.database.transaction(async (tx) => {
      const file = await this.files.lock(tx, seen.file.id, 'ALL');
      // Somebody else has been here meanwhile.
      if (file?.state !== 'CONFIRMED' || file.takenThrough !== seen.file.takenThrough) return;
      await this.take(tx, file, seen.rows, lookups);
    });
    return 1;
  }

  private async lookUp(rows: readonly SellThroughRow[]): Promise<Lookups> {
    const distinct = (ids: readonly string[]) => [...new Set(ids)].filter((id) => id !== '');
    const [variants, points] = await Promise.all([
      this.variants.byIds(distinct(rows.map(({ variantId }) => variantId))),
      this.points.byIds(distinct(rows.map(({ channelPointId }) => channelPointId))),
    ]);
    return {
      variants: new Map(variants.map((variant) => [variant.id, variant])),
      points: new Map(points.map((point) => [point.id, point])),
    };
  }

  private async take(
    tx: Tx,
    file: SellThrough,
    rows: readonly SellThroughRow[],
    lookups: Lookups,
  ): Promise<void> {
    const last = rows.at(-1);
    if (!last) {
      await this.files.update(tx, file.id, { state: 'DONE', openMonth: null, doneAt: this.clock.now() });
      return;
    }
    const keys = rows.map(({ rowKey }) => rowKey);
    const told = await this.files.lines(tx, file.operatorId, file.month, keys, true);
    const byKey = new Map(told.map((line) => [line.rowKey, line]));
    const changes = rows.flatMap((row): Change[] => {
      const before = byKey.get(row.rowKey) ?? null;
      const { rowKey, channelPointId, variantId, quantity, amountFen } = row;
      const said = { rowKey, channelPointId, variantId, quantity, amountFen, soldOn: row.soldOn ?? '' };
      if (before && isSame(before, said)) return [];
      // Taken back, and never told: nothing is to be said of it.
      if (!before && row.quantity === 0) return [];
      return [{ before, line: lineOf(file, row, before, lookups) }];
    });
    if (changes.length > 0) await this.change(tx, file, changes, lookups);
    await this.files.update(tx, file.id, { takenThrough: last.rowNo });
  }

  private async change(
    tx: Tx,
    file: SellThrough,
    changes: readonly Change[],
    lookups: Lookups,
  ): Promise<void> {
    const corrected = changes.flatMap(({ before }) => (before && before.quantity > 0 ? [before] : []));
    const goneBack = await this.files.parts(tx, corrected);
    const told = corrected.map((line) => ({ key: causeOf(line), channelPointId: line.channelPointId }));
    await this.stock.takeBack(tx, told);
    const sales = changes
      .filter(({ line }) => line.quantity > 0)
      .map(({ line }): PlaceSale => ({
        key: causeOf(line),
        channelPointId: line.channelPointId,
        variantId: line.variantId,
        quantity: line.quantity,
      }));
    const taken = await this.stock.sell(tx, sales);
    const lines = changes.map(({ line }) => {
      const short = (taken.get(causeOf(line)) ?? []).find(({ levelId }) => levelId === null);
      return { ...line, shortUnits: short?.quantity ?? 0 };
    });
    const parts = lines.flatMap((line) => partsOf(line, taken.get(causeOf(line)) ?? []));
    await this.files.putLines(tx, lines, parts);
    const rows = await this.rowsFor(tx, file, corrected, goneBack, lines, parts, lookups);
    const id = newId('stc');
    const content = JSON.stringify({ batchNo: id, kind: 'SALE', rows });
    await this.files.insertChunk(tx, { id, sellThroughId: file.id, operatorId: file.operatorId, content });
  }

  /** What the register is told: what goes back of what was told before, and what is so now. */
  private async rowsFor(
    tx: Tx,
    file: SellThrough,
    corrected: readonly SellThroughLine[],
    goneBack: readonly SellThroughPart[],
    lines: readonly LineFacts[],
    parts: readonly SellThroughPart[],
    { variants, points }: Lookups,
  ): Promise<object[]> {
    const batchIds = [...new Set(parts.map(({ batchId }) => batchId))].filter((id) => id !== '');
    const batches = await this.batches.byIds(batchIds, tx);
    const traceCodeOf = new Map(batches.map(({ id, traceCode }) => [id as string, traceCode]));
    const ofLine = (all: readonly SellThroughPart[], { id }: SellThroughLine) =>
      all.filter(({ lineId }) => lineId === id);
    return [
      ...corrected.flatMap((line) => reversalsOf(line, ofLine(goneBack, line))),
      ...lines.flatMap((line) => {
        const variant = present(variants.get(line.variantId), 'a variant that was sold');
        const place = present(points.get(line.channelPointId), 'a place that has sold');
        return salesOf(line, ofLine(parts, line), file.id, {
          productId: variant.productId,
          netWeightG: variant.netWeightG,
          place,
          traceCodeOf,
        });
      }),
    ];
  }
}

function lineOf(
  { operatorId, month }: SellThrough,
  { rowKey, channelPointId, variantId, soldOn, quantity, amountFen }: SellThroughRow,
  before: SellThroughLine | null,
  { variants }: Lookups,
): LineFacts {
  return {
    id: before?.id ?? newId('stl'),
    operatorId,
    month,
    rowKey,
    revision: (before?.revision ?? 0) + 1,
    channelPointId: channelPointId as IdOf<'chp'>,
    variantId: variantId as IdOf<'var'>,
    merchantId: present(variants.get(variantId), 'a variant that was sold').merchantId,
    soldOn: present(soldOn, 'the day of a sale'),
    quantity,
    amountFen,
    shortUnits: 0,
  };
}
