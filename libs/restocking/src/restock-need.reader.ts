import { Injectable } from '@nestjs/common';
import { SlotLockReader, type SlotLockReason } from '#libs/counter';
import { Clock, businessDay } from '#libs/kernel';
import { VendingShelfReader } from '#libs/vending';
import { type SlotNeed, needOf } from './restock-need.rules.js';

export interface SlotNeedRow extends SlotNeed {
  readonly cabinetId: string;
  readonly productName: string;
  readonly variantName: string;
}

/** What cabinets need now. Of cabinets that were found within a scope. */
@Injectable()
export class RestockNeedReader {
  constructor(
    private readonly shelf: VendingShelfReader,
    private readonly locks: SlotLockReader,
    private readonly clock: Clock,
  ) {}

  /** In the order of their slots. Seven statements, however many. */
  async ofCabinets(cabinetIds: readonly string[], nextVisitOn: string): Promise<SlotNeedRow[]> {
    const [slots, open] = await Promise.all([
      this.shelf.ofCabinets(cabinetIds),
      this.locks.openOf(cabinetIds),
    ]);
    const keyOf = (cabinetId: string, slotCode: string) => `${cabinetId}/${slotCode}`;
    const reasonsOf = new Map<string, SlotLockReason[]>();
    for (const { cabinetId, slotCode, reason } of open) {
      const key = keyOf(cabinetId, slotCode);
      reasonsOf.set(key, [...(reasonsOf.get(key) ?? []), reason]);
    }
    const today = businessDay(this.clock.now());
    return slots.flatMap((slot) => {
      const locks = reasonsOf.get(keyOf(slot.cabinetId, slot.slotCode)) ?? [];
      const need = needOf({ ...slot, locks }, today, nextVisitOn);
      const { cabinetId, productName, variantName } = slot;
      return need ? [{ ...need, cabinetId, productName, variantName }] : [];
    });
  }
}
