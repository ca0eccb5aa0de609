import type { SlotLockReason } from '#libs/counter';

/** A planned slot as it stands now. */
export interface SlotStanding {
  readonly slotCode: string;
  readonly variantId: string;
  readonly netWeightG: number;
  readonly parLevel: number;
  readonly locks: readonly SlotLockReason[];
  readonly batches: readonly {
    /** 9999-12-31 for what does not perish. */
    readonly bestBeforeOn: string;
    readonly onHand: number;
  }[];
}

/** What is to be done at a slot. */
export interface SlotNeed {
  readonly slotCode: string;
  readonly variantId: string;
  readonly netWeightG: number;
  /** Up to the par level, once what is to be removed is gone. */
  readonly fillUnits: number;
  /** What has passed its day, and what will have before anybody comes again. */
  readonly removeUnits: number;
  readonly locks: readonly SlotLockReason[];
  /** It sells nothing now: locked, empty, or past its day. */
  readonly isStopped: boolean;
}

/** Until somebody has decided about what lies there, or while it is kept shut, nothing is put on top. */
const NOT_FILLED: readonly SlotLockReason[] = ['TEMPERATURE', 'OPERATOR'];

/** Null where there is nothing to do. Days are of Shanghai; goods are sold on the day until which they are best. */
export function needOf(slot: SlotStanding, today: string, nextVisitOn: string): SlotNeed | null {
  const { slotCode, variantId, netWeightG, parLevel, locks, batches } = slot;
  const units = sum(batches.map(({ onHand }) => onHand));
  const removeUnits = sum(
    batches.filter(({ bestBeforeOn }) => bestBeforeOn < nextVisitOn).map((b) => b.onHand),
  );
  const isKeptShut = locks.some((lock) => NOT_FILLED.includes(lock));
  const fillUnits = isKeptShut ? 0 : Math.max(0, parLevel - (units - removeUnits));
  if (fillUnits === 0 && removeUnits === 0 && locks.length === 0) return null;
  const hasExpired = batches.some(({ bestBeforeOn, onHand }) => onHand > 0 && bestBeforeOn < today);
  const isStopped = locks.length > 0 || units === 0 || hasExpired;
  return { slotCode, variantId, netWeightG, fillUnits, removeUnits, locks, isStopped };
}

export interface CabinetNeed {
  readonly fillUnits: number;
  readonly removeUnits: number;
  readonly stoppedSlots: number;
  readonly loadG: number;
}

export function totalOf(needs: readonly SlotNeed[]): CabinetNeed {
  return {
    fillUnits: sum(needs.map(({ fillUnits }) => fillUnits)),
    removeUnits: sum(needs.map(({ removeUnits }) => removeUnits)),
    stoppedSlots: needs.filter(({ isStopped }) => isStopped).length,
    loadG: sum(needs.map(({ fillUnits, netWeightG }) => fillUnits * netWeightG)),
  };
}

/** Whether somebody should go there: something sells nothing or is to be taken out, or there is enough to fill. */
export function isDue({ fillUnits, removeUnits, stoppedSlots }: CabinetNeed, fillUnitsMin: number): boolean {
  return removeUnits > 0 || stoppedSlots > 0 || fillUnits >= fillUnitsMin;
}

/** What fits into the van, slot by slot in their order; what does not is brought another time. */
export function cutToLoad(needs: readonly SlotNeed[], loadMaxG: number): SlotNeed[] {
  let left = loadMaxG;
  return needs.map((need) => {
    const fillUnits = Math.min(need.fillUnits, Math.floor(left / need.netWeightG));
    left -= fillUnits * need.netWeightG;
    return { ...need, fillUnits };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
