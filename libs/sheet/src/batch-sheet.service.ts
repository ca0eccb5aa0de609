import { Injectable } from '@nestjs/common';
import { OwnProductReader } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import {
  HarvestBatchReader,
  type HarvestBatchRow,
  HarvestBatchService,
  amountFaults,
  refuseHarvest,
} from '#libs/harvest';
import { LinkageAgreementReader } from '#libs/household';
import { Clock, type DomainError, businessDay, isId, present, refused } from '#libs/kernel';
import {
  BATCH_COLUMNS,
  BATCH_EXAMPLES,
  type SaidBatch,
  amountSaid,
  batchCells,
  batchColumn,
  batchKey,
  changedOnce,
  readBatch,
} from './batch-sheet.rules.js';
import { CellReading } from './sheet-cell.rules.js';
import type {
  LookedEntry,
  SheetAsker,
  SheetCells,
  SheetDesk,
  SheetDone,
  SheetEntry,
  SheetRow,
} from './sheet-kind.rules.js';
import { doneOnceKey } from './sheet-table.rules.js';

/** Batches of one reading of a file that is written. */
const AT_ONCE = 500;

interface ReadBatch {
  readonly entry: SheetEntry;
  readonly reading: CellReading;
  readonly row: SheetRow;
  readonly traceCode: string | null;
  readonly said: SaidBatch;
  readonly key: string;
}

/** Harvests by a table: new ones are registered; of those there are, until when and how much may be said anew. */
@Injectable()
export class BatchSheetService implements SheetDesk {
  readonly columns = BATCH_COLUMNS;
  readonly examples = BATCH_EXAMPLES;
  readonly keyOf = batchKey;
  readonly isPersonal = false;

  constructor(
    private readonly products: OwnProductReader,
    private readonly divisions: DivisionReader,
    private readonly agreements: LinkageAgreementReader,
    private readonly batches: HarvestBatchReader,
    private readonly harvests: HarvestBatchService,
    private readonly clock: Clock,
  ) {}

  async look(asker: SheetAsker, entries: readonly SheetEntry[]): Promise<LookedEntry[]> {
    const { merchantId } = asker;
    const read = entries.map((entry): ReadBatch => {
      const reading = new CellReading();
      const [row, ...more] = entry.rows;
      const first = present(row, 'an entry has rows');
      for (const each of more)
        reading.refuse(
          each,
          'BATCH',
          'REPEATED',
          `第 ${first.rowNo} 行已有这个批次`,
          `stands in row ${first.rowNo} already.`,
        );
      const said = readBatch(reading, first);
      const key = doneOnceKey('BATCH', merchantId, JSON.stringify(said));
      return { entry, reading, row: first, traceCode: reading.code(first, 'BATCH'), said, key };
    });
    const of = (pick: (said: SaidBatch) => string | null) => [
      ...new Set(read.flatMap(({ said }) => pick(said) ?? [])),
    ];
    const [products, villages, agreementIds, known] = await Promise.all([
      this.products.byIds(
        of(({ productId }) => productId).filter((id) => isId('prd', id)),
        merchantId,
      ),
      this.divisions.inForce(of(({ villageCode }) => villageCode).filter((code) => /^\d{12}$/.test(code))),
      this.agreements.ownOf(
        of((said) => said.linkageAgreementId).filter((id) => isId('lnk', id)),
        merchantId,
      ),
      this.batches.ofMerchant(merchantId, {
        traceCodes: read.flatMap(({ traceCode }) =>
          traceCode !== null && /^[\x21-\x7e]{1,40}$/.test(traceCode) ? [traceCode] : [],
        ),
        keys: read.flatMap(({ traceCode, key }) => (traceCode === null ? [key] : [])),
      }),
    ]);
    const productOf = new Map(products.map((product) => [product.id as string, product]));
    const villageOf = new Map(villages.map((village) => [village.code, village]));
    const byCode = new Map(known.map((batch) => [batch.traceCode, batch]));
    const byKey = new Map(known.map((batch) => [batch.idempotencyKey, batch]));
    const today = businessDay(this.clock.now());
    return read.map((one): LookedEntry => {
      const { entry, reading, row, traceCode, said, key } = one;
      if (traceCode !== null) return this.lookAtKnown(asker, one, byCode.get(traceCode) ?? null);
      const { entryNo } = entry;
      const before = byKey.get(key);
      if (before)
        return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId: before.id, act: null };
      reading.require(row, 'PRODUCT_ID', 'VILLAGE_CODE', 'HARVEST_FROM', 'HARVEST_UNTIL');
      const product = productOf.get(said.productId ?? '');
      if (said.productId !== null && !product)
        reading.refuse(
          row,
          'PRODUCT_ID',
          'NOT_FOUND',
          '本商家没有这个商品，请照商品表导出的编号填写',
          'is none of this merchant’s goods; write its number as it was exported.',
        );
      const { productId, villageCode, harvestedFrom, harvestedUntil } = said;
      const isWhole =
        productId !== null && villageCode !== null && harvestedFrom !== null && harvestedUntil !== null;
      const wish = isWhole ? { ...said, productId, villageCode, harvestedFrom, harvestedUntil } : null;
      if (product && wish) {
        const { originCountyCode, isPerishable } = product;
        const village = villageOf.get(wish.villageCode) ?? null;
        const ground = { today, originCountyCode, isPerishable, village, agreementIds };
        for (const { path, message } of refuseHarvest(wish, ground)?.fields ?? [])
          reading.refuse(row, batchColumn(path), 'INVALID', message.zh, message.en);
      }
      const act = async (): Promise<SheetDone | DomainError> => {
        const registered = await this.harvests.register(
          { ...present(wish, 'a wish without fault'), idempotencyKey: key },
          { userId: asker.userId, merchantIds: [merchantId] },
        );
        return refused(registered) ? registered : { effect: 'CREATE', subjectId: registered };
      };
      return { entryNo, faults: reading.faults, effect: 'CREATE', subjectId: null, act };
    });
  }

  async *told({ merchantId }: SheetAsker): AsyncGenerator<SheetCells> {
    const ids = await this.batches.idsOfMerchant(merchantId);
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const some = ids.slice(at, at + AT_ONCE);
      const found = new Map((await this.batches.byIds(some)).map((batch) => [batch.id as string, batch]));
      for (const id of some) {
        const batch = found.get(id);
        if (batch) yield batchCells(batch);
      }
    }
  }

  private lookAtKnown(
    { userId, merchantId }: SheetAsker,
    { entry, reading, row, said }: ReadBatch,
    live: HarvestBatchRow | null,
  ): LookedEntry {
    const { entryNo } = entry;
    if (!live) {
      reading.refuse(
        row,
        'BATCH',
        'NOT_FOUND',
        '本商家没有这个批次，请照导出的追溯码填写',
        'is none of this merchant’s batches; write its code as it was exported.',
      );
      return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId: null, act: null };
    }
    for (const column of changedOnce(said, live))
      reading.refuse(
        row,
        column,
        'WRITTEN_ONCE',
        '登记后不能改；不对的请关闭这一批，另登记一批',
        'is written once; close this batch and register another one.',
      );
    const amount = amountSaid(said, live);
    const was = amountSaid({ ...said, harvestedUntil: null, dailyG: null, weightG: null }, live);
    if (JSON.stringify(amount) === JSON.stringify(was))
      return { entryNo, faults: reading.faults, effect: 'NOTHING', subjectId: live.id, act: null };
    if (live.closedAt !== null || live.harvestedUntil === null)
      reading.refuse(
        row,
        '',
        'HARVEST_CLOSED',
        '这一批已关闭或没有登记采收，不能再改',
        'is closed, or was never registered as a harvest.',
      );
    for (const { path, message } of amountFaults({ ...amount, harvestedFrom: live.harvestedFrom }))
      reading.refuse(row, batchColumn(path), 'INVALID', message.zh, message.en);
    const act = async (): Promise<SheetDone | DomainError> => {
      const changed = await this.harvests.change(live.id, amount, { userId, merchantIds: [merchantId] });
      return refused(changed) ? changed : { effect: 'CHANGE', subjectId: changed };
    };
    return { entryNo, faults: reading.faults, effect: 'CHANGE', subjectId: live.id, act };
  }
}
