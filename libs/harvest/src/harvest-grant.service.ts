import { Injectable } from '@nestjs/common';
import { BatchService } from '#libs/catalog';
import { BatchStockReader, type PresaleGrounds, PresaleService } from '#libs/inventory';
import type { Tx } from '#platform/database';
import type { HarvestBatch } from './harvest-batch.entity.js';
import { HarvestBatchRepository } from './harvest-batch.repository.js';
import { type HarvestPlace, HarvestCapacityRepository } from './harvest-capacity.repository.js';
import { type Grant, grantOf, promisableOf } from './harvest-capacity.rules.js';

type HarvestRow = Pick<HarvestBatch, keyof HarvestBatch>;

/** A batch behind its lock; `presale`: what a presale promises of it, null where none does. */
export interface LockedHarvest {
  readonly batch: HarvestRow;
  readonly presale: PresaleGrounds | null;
  readonly receivedG: number;
  /** No more comes in than somebody has said; of what a presale announced where nothing is registered, nobody has. */
  readonly isLimited: boolean;
}

/** What batches are granted of what their village can grow, whether they come into a warehouse or are promised by a presale. All of it joins. */
@Injectable()
export class HarvestGrantService {
  constructor(
    private readonly harvests: HarvestBatchRepository,
    private readonly capacities: HarvestCapacityRepository,
    private readonly batches: BatchService,
    private readonly presales: PresaleService,
    private readonly stock: BatchStockReader,
  ) {}

  /** The capacity's row is held until the end, so that two of a village at once, batches or presales, are granted one after the other. */
  async ask(
    tx: Tx,
    place: HarvestPlace & { readonly batchId: string },
    weightG: bigint,
    floorG: bigint,
  ): Promise<Grant & { readonly isCapped: boolean }> {
    const season = await this.capacities.lockOf(tx, place);
    const othersG = season ? await this.capacities.grantedG(tx, place, season, place.batchId) : 0n;
    const grant = grantOf({ weightG, capacityG: season?.capacityG ?? null, othersG, floorG });
    return { ...grant, isCapped: season !== null };
  }

  /** Its presale first, as whoever changes that does. Null of one that came without a registration. */
  async lock(tx: Tx, batchId: string): Promise<LockedHarvest | null> {
    const presaleId = await this.harvests.presaleOf(tx, batchId);
    return this.lockBehind(tx, batchId, presaleId && (await this.presales.lockGrounds(tx, presaleId)));
  }

  /** Behind its presale: the batch, which receipts wait for as well, with what that promises now. */
  async lockBehind(tx: Tx, batchId: string, presale: PresaleGrounds | null): Promise<LockedHarvest | null> {
    const isLimited = (await this.batches.lockReceivable(tx, batchId)) !== null;
    const batch: HarvestRow | null = await this.harvests.byId(tx, batchId);
    if (!batch) return null;
    const [stock] = await this.stock.of([batchId], tx);
    const presoldG = BigInt(presale?.announcedG ?? 0);
    const weightG = batch.weightG - batch.presoldG + presoldG;
    const grantedG = batch.grantedG < weightG ? batch.grantedG : weightG;
    const receivedG = stock?.receivedG ?? 0;
    return { batch: { ...batch, weightG, grantedG, presoldG }, presale, receivedG, isLimited };
  }

  /** Behind those locks; answers what its presale may promise by now. That goes first, and what is left may come in. */
  async save(
    tx: Tx,
    { batch, presale, receivedG, isLimited }: LockedHarvest,
    changed: Partial<HarvestBatch>,
  ): Promise<number> {
    const { batchId, weightG, grantedG, presoldG } = { ...batch, ...changed };
    await this.harvests.save(tx, { ...changed, batchId, weightG, grantedG, presoldG });
    const promisableG = presale ? promisableOf({ ...presale, grantedG, receivedG }) : 0;
    const receivableG = Math.max(receivedG, Number(grantedG) - promisableG);
    if (batch.closedAt === null && (isLimited || changed.weightG !== undefined))
      await this.batches.setReceivable(tx, batchId, BigInt(receivableG));
    return promisableG;
  }

  /** The same, and its presale is told. */
  async keep(tx: Tx, held: LockedHarvest, changed: Partial<HarvestBatch>): Promise<void> {
    const promisableG = await this.save(tx, held, changed);
    const { presaleId } = held.batch;
    if (presaleId !== null) await this.presales.grant(tx, presaleId, promisableG);
  }
}
