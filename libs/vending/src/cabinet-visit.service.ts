import { Injectable } from '@nestjs/common';
import { BatchReader, VariantReader } from '#libs/catalog';
import { CabinetReader, type CabinetRow, SlotLockService } from '#libs/counter';
import {
  NEVER_EXPIRES_ON,
  type SlotHeldError,
  type SlotGoodsUnits,
  SlotVisitService,
  type VanShortError,
} from '#libs/inventory';
import { Clock, type IdOf, NotFound, businessDay, newId, present, refused } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { PlanogramRepository, type PlannedSlot } from './planogram.repository.js';
import { SlotNotPlannedError } from './vending.errors.js';

export interface BatchUnits {
  readonly batchId: string;
  readonly quantity: number;
}

/** What somebody found and did at one slot. */
export interface SlotWork {
  readonly slotCode: string;
  readonly countedAt: Date;
  readonly counted: readonly BatchUnits[];
  readonly taken: readonly BatchUnits[];
  readonly disposed: readonly BatchUnits[];
  readonly filled: readonly BatchUnits[];
}

export interface CabinetWork {
  readonly visitId: string;
  /** Null where somebody came without a van: nothing is filled then, nor taken along. */
  readonly routeId: string | null;
  readonly leftAt: Date;
  readonly slots: readonly SlotWork[];
  readonly by: IdOf<'usr'>;
}

export interface WorkedGoods {
  readonly variantId: string;
  readonly countedUnits: number;
  /** Signed: found beyond the book. */
  readonly varianceUnits: number;
}

export interface WorkedSlot extends Omit<WorkedGoods, 'variantId'> {
  readonly slotCode: string;
  /** What it is of: on a tray that weighs stand several. */
  readonly goods: readonly WorkedGoods[];
  readonly isSuperseded: boolean;
}

/** Whoever restocks a cabinet counts it, takes out and fills: the shelf and its locks follow, however late we hear of it. */
@Injectable()
export class CabinetVisitService {
  constructor(
    private readonly plans: PlanogramRepository,
    private readonly cabinets: CabinetReader,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly visits: SlotVisitService,
    private readonly locks: SlotLockService,
    private readonly clock: Clock,
  ) {}

  /** Whoever calls says each slot of a visit once. Takes the lock of the planogram. */
  async apply(
    tx: Tx,
    cabinet: CabinetRow,
    { visitId, routeId, leftAt, slots, by }: CabinetWork,
  ): Promise<WorkedSlot[] | SlotNotPlannedError | SlotHeldError | VanShortError> {
    await this.plans.lock(tx, cabinet.id, this.clock.now());
    const planned = await this.plans.slotsOf(tx, cabinet.id);
    const unplanned = slots.find(({ slotCode }) => !planned.some((plan) => plan.slotCode === slotCode));
    if (unplanned) return this.refuseUnplanned(tx, cabinet, unplanned.slotCode);
    const goodsOf = await this.goods(tx, planned, slots);
    const later = await this.plans.countsAfter(tx, cabinet.id, slots);
    const visited = slots.map((slot, index) => ({
      channelPointId: cabinet.channelPointId,
      slotCode: slot.slotCode,
      countedAt: slot.countedAt,
      counted: goodsOf(slot, slot.counted),
      taken: goodsOf(slot, slot.taken),
      disposed: goodsOf(slot, slot.disposed),
      filled: goodsOf(slot, slot.filled),
      recountedAt: later[index] ?? null,
    }));
    const cause = { routeId, cause: `visit:${visitId}`, leftAt };
    const variances = await this.visits.apply(tx, visited, cause);
    if (refused(variances)) return variances;
    const worked = slots.map((slot, index): WorkedSlot => {
      const counted = visited[index]?.counted ?? [];
      const goods = (variances[index] ?? []).map((found) => ({
        ...found,
        countedUnits: unitsIn(counted.filter(({ variantId }) => variantId === found.variantId)),
      }));
      return {
        slotCode: slot.slotCode,
        countedUnits: unitsIn(counted),
        varianceUnits: goods.reduce((sum, { varianceUnits }) => sum + varianceUnits, 0),
        goods,
        isSuperseded: (later[index] ?? null) !== null,
      };
    });
    await this.noteCounts(tx, cabinet, { visitId, slots, by }, worked);
    await this.free(tx, cabinet, visited, by);
    return worked;
  }

  private async refuseUnplanned(tx: Tx, { id }: CabinetRow, slotCode: string): Promise<SlotNotPlannedError> {
    const slots = await this.cabinets.slotsOf([id], tx);
    if (!slots.some(({ code }) => code === slotCode)) throw new NotFound('CabinetSlot', slotCode);
    return new SlotNotPlannedError();
  }

  /** Which of what a slot is for a batch is, its product says. Throws NotFound for batches of other products. */
  private async goods(tx: Tx, planned: readonly PlannedSlot[], slots: readonly SlotWork[]) {
    const variantIdsOf = new Map<string, string[]>();
    for (const { slotCode, variantId } of planned)
      variantIdsOf.set(slotCode, [...(variantIdsOf.get(slotCode) ?? []), variantId]);
    const named = slots.flatMap(({ counted, taken, disposed, filled }) => [
      ...counted,
      ...taken,
      ...disposed,
      ...filled,
    ]);
    const batches = await this.batches.byIds([...new Set(named.map(({ batchId }) => batchId))], tx);
    const variants = await this.variants.byIds(
      [...new Set(slots.flatMap(({ slotCode }) => variantIdsOf.get(slotCode) ?? []))],
      tx,
    );
    return ({ slotCode }: SlotWork, units: readonly BatchUnits[]): SlotGoodsUnits[] =>
      units.map(({ batchId, quantity }) => {
        const batch = batches.find(({ id }) => id === batchId);
        const variant = variants.find(
          ({ id, productId }) =>
            variantIdsOf.get(slotCode)?.includes(id) === true && productId === batch?.productId,
        );
        if (!batch || !variant) throw new NotFound('Batch', batchId);
        return {
          variantId: variant.id,
          batchId,
          quantity,
          bestBeforeOn: batch.bestBeforeOn ?? NEVER_EXPIRES_ON,
        };
      });
  }

  /** Added up, counts say what was lost: one that comes after a later one takes back what that one could not know. */
  private async noteCounts(
    tx: Tx,
    { id: cabinetId }: CabinetRow,
    { visitId, slots, by }: Pick<CabinetWork, 'visitId' | 'slots' | 'by'>,
    worked: readonly WorkedSlot[],
  ): Promise<void> {
    const counts = worked.map(({ slotCode, countedUnits, varianceUnits, isSuperseded }, index) => {
      const slot = present(slots[index], 'a slot');
      const left = countedUnits - unitsIn(slot.taken) - unitsIn(slot.disposed) + unitsIn(slot.filled);
      return {
        id: newId('slc'),
        cabinetId,
        slotCode,
        causeKey: `visit:${visitId}`,
        expectedUnits: isSuperseded ? left : countedUnits - varianceUnits,
        countedUnits,
        countedBy: by,
        countedAt: slot.countedAt,
      };
    });
    await this.plans.insertCounts(tx, counts);
  }

  /** Whoever has looked frees what was locked until then for a fault, and for goods past their day once none are left. */
  private async free(
    tx: Tx,
    { id }: CabinetRow,
    visited: readonly {
      readonly slotCode: string;
      readonly countedAt: Date;
      readonly counted: readonly SlotGoodsUnits[];
      readonly taken: readonly SlotGoodsUnits[];
      readonly disposed: readonly SlotGoodsUnits[];
    }[],
    by: IdOf<'usr'>,
  ): Promise<void> {
    const today = businessDay(this.clock.now());
    const seen = visited.map(({ slotCode, countedAt }) => ({ slotCode, until: countedAt }));
    await this.locks.releaseSeen(tx, id, seen, { reason: 'FAULT', by });
    const isFresh = ({ counted, taken, disposed }: (typeof visited)[number]) => {
      const [there, gone] = [counted, [...taken, ...disposed]].map((units) =>
        unitsIn(units.filter(({ bestBeforeOn }) => bestBeforeOn < today)),
      );
      return there === gone;
    };
    const fresh = visited.filter(isFresh).map(({ slotCode }) => slotCode);
    await this.locks.release(tx, id, fresh, { reason: 'EXPIRED', by });
  }
}

function unitsIn(units: readonly { readonly quantity: number }[]): number {
  return units.reduce((sum, { quantity }) => sum + quantity, 0);
}
