import { Injectable } from '@nestjs/common';
import { ReferencePriceReader, type VariantForSale, VariantReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import {
  type CabinetActor,
  CabinetChangedError,
  type CabinetId,
  CabinetReader,
  CabinetRetiredError,
  type CabinetRow,
} from '#libs/counter';
import { AuditService } from '#libs/identity';
import { SlotStockService } from '#libs/inventory';
import { Clock, type Fen, type InvalidInputError, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { PlanogramRepository, type PlannedSlot } from './planogram.repository.js';
import { type PlanInput, priceAlready, refusePlan } from './planogram.rules.js';
import { SlotNotEmptyError } from './vending.errors.js';

/** What the slots of a cabinet are for, at which price, and how much should lie in them. */
@Injectable()
export class PlanogramService {
  constructor(
    private readonly database: Database,
    private readonly plans: PlanogramRepository,
    private readonly cabinets: CabinetReader,
    private readonly variants: VariantReader,
    private readonly references: ReferencePriceReader,
    private readonly points: ChannelPointReader,
    private readonly stock: SlotStockService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** All of it at once, by whoever has seen it as it is (`revision`). A slot with goods in it stays what they are. */
  async set(
    cabinetId: string,
    revision: number,
    plan: readonly PlanInput[],
    { userId, scope }: CabinetActor,
  ): Promise<CabinetId | InvalidInputError | CabinetRetiredError | CabinetChangedError | SlotNotEmptyError> {
    const cabinet = await this.cabinets.byId(cabinetId, scope);
    if (!cabinet) throw new NotFound('Cabinet', cabinetId);
    if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
    const facts = await this.find(cabinet, plan);
    return this.database.transaction(async (tx) => {
      const setAt = this.clock.now();
      const current = await this.plans.lock(tx, cabinet.id, setAt);
      const before = await this.plans.slotsOf(tx, cabinet.id);
      const heldAbove = await this.heldAbove(tx, plan, facts.variants, before);
      const refusal = refusePlan(plan, { ...facts, heldAbove });
      if (refusal) return refusal;
      if (current !== revision) return new CabinetChangedError(current);
      const full = await this.otherGoods(tx, cabinet, before, plan);
      if (full) return full;
      await this.plans.replace(tx, cabinet.id, plan, { revision: revision + 1, setBy: userId, setAt });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.planogram_set',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { revision: revision + 1, slots: plan.length },
      });
      return cabinet.id;
    });
  }

  private async find(cabinet: CabinetRow, plan: readonly PlanInput[]) {
    const [slots, variants, listed] = await Promise.all([
      this.cabinets.slotsOf([cabinet.id]),
      this.variants.byIds([...new Set(plan.map(({ variantId }) => variantId))]),
      this.points.productIdsOf(cabinet.channelPointId),
    ]);
    return {
      operatorId: cabinet.operatorId,
      isWeighing: cabinet.model === 'OPEN_DOOR',
      slots,
      listed: new Set<string>(listed),
      variants: new Map(variants.map((variant) => [variant.id as string, variant])),
    };
  }

  /**
   * A cabinet is no road around what a reviewer has to agree to: by the rule that every price of goods comes by. What it asks already may stay, so
   * that a reference price that has fallen is no reason to refuse another slot.
   */
  private async heldAbove(
    tx: Tx,
    plan: readonly PlanInput[],
    variants: ReadonlyMap<string, VariantForSale>,
    before: readonly PlannedSlot[],
  ): Promise<ReadonlyMap<number, Fen>> {
    const asked = plan.flatMap(({ variantId, priceFen }, index) => {
      const variant = variants.get(variantId);
      if (!variant) return [];
      const { kindCode, grade, netWeightG } = variant;
      const live = { priceFen: priceAlready(variant, before), netWeightG };
      return [{ index, kindCode, grade, netWeightG, priceFen, live }];
    });
    const limits = await this.references.heldOf(asked, tx);
    const held = asked.flatMap(({ index }, place): (readonly [number, Fen])[] => {
      const unheldMaxFen = limits[place] ?? null;
      return unheldMaxFen === null ? [] : [[index, unheldMaxFen]];
    });
    return new Map(held);
  }

  /** The first slot that holds something else than it is to be for, or anything where it is to be for nothing. */
  private async otherGoods(
    tx: Tx,
    { channelPointId }: CabinetRow,
    before: readonly PlannedSlot[],
    plan: readonly PlanInput[],
  ): Promise<SlotNotEmptyError | null> {
    const isNext = (slotCode: string, variantId: string) =>
      plan.some((input) => input.slotCode === slotCode && input.variantId === variantId);
    const gone = before.filter(({ slotCode, variantId }) => !isNext(slotCode, variantId));
    for (const slotCode of new Set(gone.map((slot) => slot.slotCode))) {
      const levels = await this.stock.lock(tx, { channelPointId, slotCode });
      if (levels.some(({ variantId }) => !isNext(slotCode, variantId)))
        return new SlotNotEmptyError(slotCode);
    }
    return null;
  }
}
