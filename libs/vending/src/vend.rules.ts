import { type InvalidField, InvalidInputError, MINUTE_MS, isBlank } from '#libs/kernel';
import type { VendBreakKind, VendItemState, VendState } from './vend.entity.js';

/** Money that comes later finds nobody before the cabinet: nothing is handed out, and it goes back. */
const BEGUN_WITHIN_MS = MINUTE_MS;
/** How long after it was told a machine may need for a few units, and the line for saying so. */
const ANSWER_WITHIN_MS = 1.5 * MINUTE_MS;
/** It hands out one after the other: whoever has bought a basket waits for longer, and is not paid back for what is still to come out. */
const FEW_UNITS = 3;
const UNIT_MS = MINUTE_MS / 6;

export function isTooLate(paidAt: Date, now: Date): boolean {
  return now.getTime() - paidAt.getTime() > BEGUN_WITHIN_MS;
}

export function answerWithinMs(units: number): number {
  return ANSWER_WITHIN_MS + Math.max(0, units - FEW_UNITS) * UNIT_MS;
}

export interface ItemStanding {
  readonly slotCode: string;
  readonly quantity: number;
  readonly state: VendItemState;
  /** Null while it waits; whatever is said later, what was decided by it stays. */
  readonly deliveredUnits: number | null;
  /** The most that was ever said to have come out; null until something was. */
  readonly toldUnits: number | null;
  readonly isContradicted: boolean;
}

export interface SaidOfVend {
  readonly items: readonly {
    readonly slot: string;
    readonly delivery: 'FINISHED' | 'FAILED' | 'CANNOT_START';
    readonly units: number;
  }[];
  readonly isTest: boolean;
  readonly isInMaintenance: boolean;
}

export interface FoundBreak {
  readonly slotCode: string;
  readonly kind: VendBreakKind;
  readonly units: number;
}

export interface Judged<I extends ItemStanding = ItemStanding> {
  readonly item: I;
  readonly breaks: readonly FoundBreak[];
}

function outOf({ items }: SaidOfVend, isMeant: (slot: string) => boolean): FoundBreak[] {
  const bySlot = new Map<string, number>();
  for (const { slot, delivery, units } of items)
    if (delivery === 'FINISHED' && units > 0 && isMeant(slot))
      bySlot.set(slot, (bySlot.get(slot) ?? 0) + units);
  return [...bySlot].map(([slotCode, units]) => ({ slotCode, kind: 'UNASKED', units }));
}

function unitsOut(said: SaidOfVend, slotCode: string): number {
  return outOf(said, (slot) => slot === slotCode)[0]?.units ?? 0;
}

/** What came out and nobody had asked for. A test is no sale, nor is what goes out while somebody works at the open door. */
export function unaskedIn(said: SaidOfVend): FoundBreak[] {
  return said.isTest || said.isInMaintenance ? [] : outOf(said, () => true);
}

/**
 * The cabinet says what came of a command. The first word settles it: what came out is delivered, the rest goes back. Whatever is said later changes no money: it is
 * the same again, or a break. Everything that was ever said to have come out is delivered, or in a break, once.
 */
export function afterVend<I extends ItemStanding>(item: I, said: SaidOfVend): Judged<I> {
  const { slotCode, quantity } = item;
  const out = unitsOut(said, slotCode);
  if (said.isTest || said.isInMaintenance) {
    if (item.state !== 'WAITING') return { item, breaks: [] };
    return {
      item: { ...item, state: 'FAILED', deliveredUnits: 0 },
      breaks: [{ slotCode, kind: 'TEST', units: Math.max(1, out) }],
    };
  }
  const isFirst = item.toldUnits === null;
  const elsewhere = isFirst ? outOf(said, (slot) => slot !== slotCode) : [];
  if (item.state === 'WAITING') {
    const surplus = out - quantity;
    return {
      item: {
        ...item,
        state: stateAfter(said, slotCode, out >= quantity),
        deliveredUnits: Math.min(out, quantity),
        toldUnits: out,
      },
      breaks: [
        ...(surplus > 0 ? [{ slotCode, kind: 'TOO_MANY' as const, units: surplus }] : []),
        ...elsewhere,
      ],
    };
  }
  const delivered = item.deliveredUnits ?? 0;
  const accounted = Math.max(delivered, item.toldUnits ?? 0);
  if (out > accounted)
    return {
      item: { ...item, toldUnits: out },
      breaks: [{ slotCode, kind: 'LATE_DROP', units: out - accounted }, ...elsewhere],
    };
  const told = { ...item, toldUnits: Math.max(out, item.toldUnits ?? 0) };
  if (out < delivered && !item.isContradicted)
    return {
      item: { ...told, isContradicted: true },
      breaks: [{ slotCode, kind: 'CONTRADICTED', units: delivered - out }, ...elsewhere],
    };
  return { item: told, breaks: elsewhere };
}

function stateAfter(said: SaidOfVend, slotCode: string, isAll: boolean): VendItemState {
  if (isAll) return 'FINISHED';
  const here = said.items.filter(({ slot }) => slot === slotCode);
  return here.length > 0 && here.every(({ delivery }) => delivery === 'CANNOT_START')
    ? 'CANNOT_START'
    : 'FAILED';
}

/** Nothing will come out any more: the machine has refused, or nobody has said anything in time. What is settled stays. */
export function afterNothing<I extends ItemStanding>(
  item: I,
  state: 'CANNOT_START' | 'EXPIRED' | 'NO_ANSWER' | 'TOO_LATE' | 'WITHHELD',
): I {
  return item.state === 'WAITING' ? { ...item, state, deliveredUnits: 0 } : item;
}

/** DELIVERING as long as anything of it waits. */
export function stateOf(items: readonly ItemStanding[]): VendState {
  if (items.some(({ state }) => state === 'WAITING')) return 'DELIVERING';
  const delivered = items.reduce((sum, { deliveredUnits }) => sum + (deliveredUnits ?? 0), 0);
  if (delivered === 0) return 'NOT_DONE';
  return items.every(({ state }) => state === 'FINISHED') ? 'DONE' : 'PARTLY_DONE';
}

/** When it came out: the last of it, by the cabinet's telling, not before it was paid and not in the future. */
export function deliveredAt(
  items: readonly { readonly occurredAt: Date | null }[],
  { paidAt, now }: { readonly paidAt: Date; readonly now: Date },
): Date {
  const told = items.flatMap(({ occurredAt }) => occurredAt?.getTime() ?? []);
  const lastMs = told.length > 0 ? Math.max(...told) : now.getTime();
  return new Date(Math.min(now.getTime(), Math.max(paidAt.getTime(), lastMs)));
}

const noteMissing: InvalidField = {
  path: 'note',
  message: { zh: '处理说明须为 1 到 200 个字', en: 'What became of it, in 1 to 200 characters.' },
};

export function refuseResolution(note: string): InvalidInputError | null {
  return isBlank(note) || note.length > 200 ? new InvalidInputError([noteMissing]) : null;
}
