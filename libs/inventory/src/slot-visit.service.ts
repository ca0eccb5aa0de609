import { Injectable } from '@nestjs/common';
import { assert, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { SlotHeldError } from './slot-stock.errors.js';
import type { SlotGoods } from './slot-stock.service.js';
import { type LevelChange, type SettledVisit, type VisitedUnits, settleVisit } from './slot-visit.rules.js';
import type { SlotPlace } from './stock.rules.js';
import {
  type LevelMove,
  type PlacedGoods,
  type PlacedLevel,
  StockTransferRepository,
} from './stock-transfer.repository.js';
import { VanShortError } from './van-stock.errors.js';

export interface SlotGoodsUnits extends SlotGoods {
  readonly quantity: number;
}

export interface VisitedSlot extends SlotPlace {
  readonly countedAt: Date;
  readonly counted: readonly SlotGoodsUnits[];
  /** Onto the van. */
  readonly taken: readonly SlotGoodsUnits[];
  readonly disposed: readonly SlotGoodsUnits[];
  readonly filled: readonly SlotGoodsUnits[];
  /** When somebody has counted it later, and said so already. */
  readonly recountedAt: Date | null;
}

export interface SlotVisitCause {
  /** Null where there is no van: nothing is filled then, nor taken along. */
  readonly routeId: string | null;
  /** Prefix of the keys of what it moves; one per visit. */
  readonly cause: string;
  readonly leftAt: Date;
}

/** What was found of one of the goods in a slot: of several on one tray none makes up for another. */
export interface VisitedGoods {
  readonly variantId: string;
  /** Signed: found beyond the book. */
  readonly varianceUnits: number;
}

/** One of the goods in a slot. */
interface Visited {
  /** In which of the slots. */
  readonly index: number;
  readonly variantId: string;
  readonly slot: VisitedSlot;
  readonly levels: readonly PlacedLevel[];
}

/** What somebody has found, taken out and put into slots, late or not, out of and onto one van. */
@Injectable()
export class SlotVisitService {
  constructor(private readonly transfers: StockTransferRepository) {}

  /** Answers what was found, slot by slot and there goods by goods. Eight statements, however many slots. */
  async apply(
    tx: Tx,
    slots: readonly VisitedSlot[],
    cause: SlotVisitCause,
  ): Promise<VisitedGoods[][] | SlotHeldError | VanShortError> {
    const van = cause.routeId === null ? null : await this.transfers.vanOf(tx, cause.routeId);
    const places = await this.transfers.slotsOf(tx, slots);
    const goods = slots.flatMap(({ counted, taken, disposed, filled }, index): PlacedGoods[] => [
      ...[...counted, ...taken, ...disposed, ...filled].map((each) => ({
        ...each,
        locationId: places[index] ?? '',
      })),
      ...(van === null ? [] : [...taken, ...filled].map((each) => ({ ...each, locationId: van }))),
    ]);
    await this.transfers.ensure(tx, goods);
    const levels = await this.transfers.lock(tx, [], van === null ? places : [van, ...places]);
    const visited = slots.flatMap((slot, index) =>
      byGoods(
        slot,
        index,
        levels.filter(({ locationId }) => locationId === places[index]),
      ),
    );
    const settled = await this.settle(tx, visited);
    if (settled instanceof SlotHeldError) return settled;
    const vanLevels = levels.filter(({ locationId }) => locationId === van);
    const short = vanShort(vanLevels, slots);
    if (short) return short;
    await this.transfers.apply(
      tx,
      settled.flatMap(({ changes }, index) => {
        const one = present(visited[index], 'a visited slot');
        return [...inSlot(one, changes, cause), ...onVan(vanLevels, one.slot, cause)];
      }),
    );
    return slots.map((_, at) =>
      visited.flatMap(({ index, variantId }, each) =>
        index === at ? [{ variantId, varianceUnits: settled[each]?.varianceUnits ?? 0 }] : [],
      ),
    );
  }

  private async settle(tx: Tx, visited: readonly Visited[]): Promise<SettledVisit[] | SlotHeldError> {
    const first = new Date(Math.min(...visited.map(({ slot }) => slot.countedAt.getTime())));
    const moved = await this.transfers.since(
      tx,
      visited.flatMap(({ levels }) => levels.map(({ id }) => id)),
      first,
    );
    const settled: SettledVisit[] = [];
    for (const { slot, levels } of visited) {
      const result = settleVisit(
        levels.map((level) => ({
          ...level,
          since: moved
            .filter(({ levelId, movedAt }) => levelId === level.id && movedAt > slot.countedAt)
            .reduce((sum, { quantity }) => sum + quantity, 0),
        })),
        unitsOf(levels, slot),
      );
      if (typeof result === 'number') return new SlotHeldError(result);
      settled.push(result);
    }
    return settled;
  }
}

function byGoods(slot: VisitedSlot, index: number, levels: readonly PlacedLevel[]): Visited[] {
  return [...new Set(levels.map(({ variantId }) => variantId))].map((variantId) => {
    const isIt = (each: SlotGoods) => each.variantId === variantId;
    const [counted, taken] = [slot.counted.filter(isIt), slot.taken.filter(isIt)];
    const [disposed, filled] = [slot.disposed.filter(isIt), slot.filled.filter(isIt)];
    return {
      index,
      variantId,
      slot: { ...slot, counted, taken, disposed, filled },
      levels: levels.filter(isIt),
    };
  });
}

function levelOf(levels: readonly PlacedLevel[], { variantId, batchId }: SlotGoods): PlacedLevel {
  const level = levels.find((each) => each.variantId === variantId && each.batchId === batchId);
  assert(level !== undefined, 'the level that was just made');
  return level;
}

function perLevel(levels: readonly PlacedLevel[], units: readonly SlotGoodsUnits[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const each of units) {
    const { id } = levelOf(levels, each);
    sums.set(id, (sums.get(id) ?? 0) + each.quantity);
  }
  return sums;
}

function unitsOf(levels: readonly PlacedLevel[], slot: VisitedSlot): VisitedUnits {
  return {
    counted: perLevel(levels, slot.counted),
    removed: perLevel(levels, [...slot.taken, ...slot.disposed]),
    filled: perLevel(levels, slot.filled),
    isSuperseded: slot.recountedAt !== null,
  };
}

/** What was removed from one slot may have been put into another of the same visit. */
function vanShort(van: readonly PlacedLevel[], slots: readonly VisitedSlot[]): VanShortError | null {
  const [taken, filled] = [
    perLevel(
      van,
      slots.flatMap((slot) => slot.taken),
    ),
    perLevel(
      van,
      slots.flatMap((slot) => slot.filled),
    ),
  ];
  for (const { id, variantId, batchId, onHand } of van) {
    const there = onHand + (taken.get(id) ?? 0);
    const missing = (filled.get(id) ?? 0) - there;
    if (missing > 0) return new VanShortError(variantId, batchId, there, missing);
  }
  return null;
}

/** What is removed goes onto the van, but for what is thrown away. */
function inSlot(
  { slot, levels }: Visited,
  changes: readonly LevelChange[],
  { cause, leftAt }: SlotVisitCause,
): LevelMove[] {
  const key = (step: string) => `${cause}:${slot.slotCode}:${step}`;
  let disposed = slot.disposed.reduce((sum, { quantity }) => sum + quantity, 0);
  return levels.flatMap(({ id: levelId }): LevelMove[] => {
    const change = changes.find(({ id }) => id === levelId);
    if (!change) return [];
    const thrown = Math.min(disposed, change.removed);
    disposed -= thrown;
    const at = leftAt;
    return [
      { levelId, kind: 'COUNTED', quantity: change.adjusted, causeKey: key('count'), at: slot.countedAt },
      { levelId, kind: 'DISPOSED', quantity: -thrown, causeKey: key('away'), at },
      { levelId, kind: 'MOVED', quantity: thrown - change.removed, causeKey: key('out'), at },
      { levelId, kind: 'MOVED', quantity: change.filled, causeKey: key('in'), at },
      {
        levelId,
        kind: 'COUNTED',
        quantity: change.recounted,
        causeKey: key('recount'),
        at: slot.recountedAt ?? at,
      },
    ];
  });
}

function onVan(
  van: readonly PlacedLevel[],
  slot: VisitedSlot,
  { cause, leftAt }: SlotVisitCause,
): LevelMove[] {
  const move = (step: string, sign: 1 | -1, units: readonly SlotGoodsUnits[]) =>
    [...perLevel(van, units)].map(([id, quantity]): LevelMove => {
      const levelId = present(
        van.find((level) => level.id === id),
        'a level of the van',
      ).id;
      return {
        levelId,
        kind: 'MOVED',
        quantity: sign * quantity,
        causeKey: `${cause}:${slot.slotCode}:${step}`,
        at: leftAt,
      };
    });
  return [...move('out', 1, slot.taken), ...move('in', -1, slot.filled)];
}
