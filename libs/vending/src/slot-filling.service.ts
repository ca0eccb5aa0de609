import { Injectable } from '@nestjs/common';
import { BatchReader, type BatchRow, VariantReader } from '#libs/catalog';
import {
  type CabinetActor,
  type CabinetId,
  CabinetReader,
  CabinetRetiredError,
  type CabinetRow,
  SlotLockService,
} from '#libs/counter';
import { AuditService } from '#libs/identity';
import {
  NEVER_EXPIRES_ON,
  type SlotFullError,
  type SlotGoods,
  type SlotHeldError,
  SlotStockService,
  StockCauseReusedError,
} from '#libs/inventory';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  newId,
  refused,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { PlanogramRepository } from './planogram.repository.js';
import { refuseCounting, refuseFilling } from './planogram.rules.js';
import { SlotNotPlannedError } from './vending.errors.js';

export interface Filling {
  readonly cabinetId: string;
  readonly slotCode: string;
  readonly batchId: string;
  readonly quantity: number;
  readonly causeKey: string;
}

export interface Counting {
  readonly cabinetId: string;
  readonly slotCode: string;
  readonly batches: readonly { readonly batchId: string; readonly quantity: number }[];
  readonly causeKey: string;
}

/** Whoever stands before the open cabinet: puts goods in, counts what is there, and takes out what has passed its day. */
@Injectable()
export class SlotFillingService {
  constructor(
    private readonly database: Database,
    private readonly plans: PlanogramRepository,
    private readonly cabinets: CabinetReader,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly stock: SlotStockService,
    private readonly locks: SlotLockService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key again changes nothing. */
  async fill(
    { cabinetId, slotCode, batchId, quantity, causeKey }: Filling,
    { userId, scope }: CabinetActor,
  ): Promise<
    | CabinetId
    | InvalidInputError
    | CabinetRetiredError
    | SlotNotPlannedError
    | SlotFullError
    | StockCauseReusedError
  > {
    const { cabinet, capacity } = await this.slotOf(cabinetId, slotCode, scope);
    if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
    if (capacity === null) throw new NotFound('CabinetSlot', slotCode);
    return this.database.transaction(async (tx) => {
      const variantIds = await this.plannedFor(tx, cabinet.id, slotCode);
      if (variantIds.length === 0) return new SlotNotPlannedError();
      const [goods] = await this.goodsFor(tx, variantIds, [batchId]);
      if (!goods) throw new NotFound('Batch', batchId);
      const { batch } = goods;
      const invalid = refuseFilling(
        { quantity, causeKey },
        batch.bestBeforeOn,
        businessDay(this.clock.now()),
      );
      if (invalid) return invalid;
      const slot = { channelPointId: cabinet.channelPointId, slotCode };
      const filling = { quantity, causeKey: `fill:${causeKey}`, capacity };
      const refusal = await this.stock.fill(tx, slot, goodsOf(goods), filling);
      if (refusal) return refusal;
      await this.note(tx, userId, cabinet, 'cabinet.slot_filled', { slotCode, batchId, quantity });
      return cabinet.id;
    });
  }

  /**
   * What is there, all of it: what is not named is not there. Whoever has looked also frees what was locked for a fault, and for goods past their day once they are gone. Out of a slot that
   * the cabinet no longer has, or a cabinet that has been retired, everything can only have been taken.
   */
  async count(
    { cabinetId, slotCode, batches: found, causeKey }: Counting,
    { userId, scope }: CabinetActor,
  ): Promise<
    | CabinetId
    | InvalidInputError
    | CabinetRetiredError
    | SlotNotPlannedError
    | SlotHeldError
    | StockCauseReusedError
  > {
    const { cabinet, capacity } = await this.slotOf(cabinetId, slotCode, scope);
    const countedUnits = found.reduce((sum, { quantity }) => sum + quantity, 0);
    if (cabinet.state === 'RETIRED' && countedUnits > 0) return new CabinetRetiredError();
    if (capacity === null && countedUnits > 0) throw new NotFound('CabinetSlot', slotCode);
    const invalid = refuseCounting(found, causeKey, capacity ?? found.length);
    if (invalid) return invalid;
    return this.database.transaction(async (tx) => {
      // What lies there is its successor's, once there is one.
      if (cabinet.state === 'RETIRED' && !(await this.isLastThere(tx, cabinet)))
        return new CabinetRetiredError();
      const variantIds = await this.plannedFor(tx, cabinet.id, slotCode);
      if (variantIds.length === 0 && capacity === null) throw new NotFound('CabinetSlot', slotCode);
      if (variantIds.length === 0) return new SlotNotPlannedError();
      const before = await this.plans.countedBefore(tx, cabinet.id, slotCode, causeKey);
      if (before !== null) return before === countedUnits ? cabinet.id : new StockCauseReusedError(before);
      const known = await this.goodsFor(
        tx,
        variantIds,
        found.map(({ batchId }) => batchId),
      );
      const goods = known.map((each, index) => ({
        ...goodsOf(each),
        quantity: found[index]?.quantity ?? 0,
      }));
      const slot = { channelPointId: cabinet.channelPointId, slotCode };
      const expectedUnits = await this.stock.count(tx, slot, goods, `count:${causeKey}`);
      if (refused(expectedUnits)) return expectedUnits;
      await this.plans.insertCounts(tx, [
        {
          id: newId('slc'),
          cabinetId: cabinet.id,
          slotCode,
          causeKey,
          expectedUnits,
          countedUnits,
          countedBy: userId,
          countedAt: this.clock.now(),
        },
      ]);
      await this.free(tx, cabinet.id, slotCode, goods, userId);
      await this.note(tx, userId, cabinet, 'cabinet.slot_counted', { slotCode, expectedUnits, countedUnits });
      return cabinet.id;
    });
  }

  private async free(
    tx: Tx,
    cabinetId: CabinetId,
    slotCode: string,
    goods: readonly (SlotGoods & { readonly quantity: number })[],
    by: IdOf<'usr'>,
  ): Promise<void> {
    const today = businessDay(this.clock.now());
    await this.locks.release(tx, cabinetId, [slotCode], { reason: 'FAULT', by });
    if (!goods.some(({ quantity, bestBeforeOn }) => quantity > 0 && bestBeforeOn < today))
      await this.locks.release(tx, cabinetId, [slotCode], { reason: 'EXPIRED', by });
  }

  private async isLastThere(tx: Tx, { id, channelPointId }: CabinetRow): Promise<boolean> {
    return (await this.cabinets.lastAt(channelPointId, tx))?.id === id;
  }

  /** Capacity: null of a slot that it does not have, or no longer. */
  private async slotOf(cabinetId: string, slotCode: string, scope: CabinetActor['scope']) {
    const cabinet = await this.cabinets.byId(cabinetId, scope);
    if (!cabinet) throw new NotFound('Cabinet', cabinetId);
    const slots = await this.cabinets.slotsOf([cabinet.id]);
    const slot = slots.find(({ code }) => code === slotCode);
    return { cabinet, capacity: slot?.capacity ?? null };
  }

  private async plannedFor(tx: Tx, cabinetId: CabinetId, slotCode: string): Promise<string[]> {
    await this.plans.lock(tx, cabinetId, this.clock.now());
    const planned = await this.plans.slotsOf(tx, cabinetId);
    return planned.filter((slot) => slot.slotCode === slotCode).map(({ variantId }) => variantId);
  }

  /** In the order asked for: which of what the slot is for a batch is, its product says. Throws NotFound for batches of other products. */
  private async goodsFor(
    tx: Tx,
    variantIds: readonly string[],
    ids: readonly string[],
  ): Promise<{ readonly variantId: string; readonly batch: BatchRow }[]> {
    const variants = await this.variants.byIds([...variantIds], tx);
    const batches = await this.batches.byIds([...new Set(ids)], tx);
    return ids.map((id) => {
      const batch = batches.find((each) => each.id === id);
      const variant = variants.find(({ productId }) => productId === batch?.productId);
      if (!batch || !variant) throw new NotFound('Batch', id);
      return { variantId: variant.id, batch };
    });
  }

  private note(
    tx: Tx,
    actorId: IdOf<'usr'>,
    { id, countyCode }: CabinetRow,
    act: string,
    detail: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    return this.audit.record(tx, { actorId, act, subject: id, divisionCode: countyCode, detail });
  }
}

function goodsOf({ variantId, batch }: { readonly variantId: string; readonly batch: BatchRow }): SlotGoods {
  return { variantId, batchId: batch.id, bestBeforeOn: batch.bestBeforeOn ?? NEVER_EXPIRES_ON };
}
