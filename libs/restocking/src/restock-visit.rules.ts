import { createHash } from 'node:crypto';
import { DAY_MS, type InvalidField, InvalidInputError, MINUTE_MS, plus } from '#libs/kernel';

import type { VisitDeed } from './restock-visit.entity.js';

/** Taken along on the van, or thrown away where it lay. */
export const REMOVAL_FATES = ['TAKEN', 'DISPOSED'] as const;
export type RemovalFate = (typeof REMOVAL_FATES)[number];

export interface CountedBatch {
  readonly batchId: string;
  readonly quantity: number;
}

export interface RemovedBatch extends CountedBatch {
  readonly fate: RemovalFate;
}

export interface VisitedSlotInput {
  readonly slotCode: string;
  readonly countedAt: Date;
  /** All that lay there: what is not named did not. */
  readonly counted: readonly CountedBatch[];
  readonly removed: readonly RemovedBatch[];
  readonly filled: readonly CountedBatch[];
}

export interface VisitInput {
  readonly visitKey: string;
  /** Null where somebody comes without one: there is no van to fill from, or to take along on. */
  readonly routeId: string | null;
  readonly cabinetId: string;
  readonly scanCode: string | null;
  readonly arrivedAt: Date;
  readonly leftAt: Date;
  readonly isComplete: boolean;
  readonly slots: readonly VisitedSlotInput[];
  readonly deeds: readonly VisitDeed[];
  readonly measuredDeciCelsius: number | null;
  readonly photoIds: readonly string[];
  readonly signatureId: string | null;
  readonly note: string;
}

/** A phone may be so long without a network, and its clock be fast by so much. */
const LATE_MS_MAX = 30 * DAY_MS;
const EARLY_MS_MAX = 5 * MINUTE_MS;
const SLOTS_MAX = 100;
const BATCHES_MAX = 50;
export const VISIT_PHOTOS_MAX = 10;
const NOTE_MAX = 500;
/** What a thermometer at a cabinet may show, in tenths of a degree. */
const MEASURED = { from: -500, to: 800 } as const;
const KEY = /^[\w:.-]{8,80}$/;

type Refuse = (path: string, zh: string, en: string) => void;
const unitsIn = (units: readonly CountedBatch[]) => units.reduce((sum, { quantity }) => sum + quantity, 0);

/** All that the document says against itself. What the book says against it is for whoever compares. */
export function refuseVisit(
  visit: VisitInput,
  now: Date,
  capacityOf: ReadonlyMap<string, number>,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => faults.push({ path, message: { zh, en } });
  const { visitKey, arrivedAt, leftAt, slots, photoIds, note } = visit;
  if (!KEY.test(visitKey))
    refuse(
      'visitKey',
      '单号须为 8 到 80 个字母、数字或 -_.:',
      'The key has 8 to 80 letters, digits or any of -_.:',
    );
  if (arrivedAt < plus(now, -LATE_MS_MAX) || leftAt > plus(now, EARLY_MS_MAX))
    refuse(
      'arrivedAt',
      '须为 30 天内的一次上门，且不晚于现在',
      'A visit lies in the last 30 days and not ahead.',
    );
  if (leftAt < arrivedAt || leftAt > plus(arrivedAt, DAY_MS))
    refuse('leftAt', '离开须晚于到达，且不超过一天', 'One leaves after one has come, within a day.');
  if (slots.length > SLOTS_MAX) refuse('slots', `至多 ${SLOTS_MAX} 个货道`, `At most ${SLOTS_MAX} slots.`);
  if (new Set(slots.map(({ slotCode }) => slotCode)).size < slots.length)
    refuse('slots', '货道重复', 'A slot stands here once.');
  for (const [index, slot] of slots.slice(0, SLOTS_MAX).entries())
    refuseSlot(slot, visit, capacityOf.get(slot.slotCode) ?? 0, (path, zh, en) =>
      refuse(`slots.${index}.${path}`, zh, en),
    );
  if (new Set(visit.deeds).size < visit.deeds.length) refuse('deeds', '事项重复', 'A deed stands here once.');
  const { measuredDeciCelsius } = visit;
  if (
    measuredDeciCelsius !== null &&
    (measuredDeciCelsius < MEASURED.from || measuredDeciCelsius > MEASURED.to)
  )
    refuse(
      'measuredDeciCelsius',
      '温度须在 -50 到 80 摄氏度之间，单位为十分之一度',
      'A temperature is -50 to 80 degrees Celsius, in tenths.',
    );
  if (photoIds.length > VISIT_PHOTOS_MAX)
    refuse('photoIds', `至多 ${VISIT_PHOTOS_MAX} 张照片`, `At most ${VISIT_PHOTOS_MAX} photos.`);
  if (new Set(photoIds).size < photoIds.length) refuse('photoIds', '照片重复', 'A photo stands here once.');
  if (note.length > NOTE_MAX) refuse('note', `至多 ${NOTE_MAX} 字`, `At most ${NOTE_MAX} characters.`);
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

function refuseSlot(
  { countedAt, counted, removed, filled }: VisitedSlotInput,
  { arrivedAt, leftAt, routeId }: VisitInput,
  capacity: number,
  refuse: Refuse,
): void {
  if (countedAt < arrivedAt || countedAt > leftAt)
    refuse('countedAt', '盘点须在到达与离开之间', 'It is counted between coming and leaving.');
  refuseUnits('counted', counted, 0, refuse);
  refuseUnits('removed', removed, 1, refuse);
  refuseUnits('filled', filled, 1, refuse);
  if (routeId === null && filled.length > 0)
    refuse('filled', '未随路线上门，不能补货', 'Without a route there is no van to fill from.');
  if (routeId === null && removed.some(({ fate }) => fate === 'TAKEN'))
    refuse(
      'removed',
      '未随路线上门，下架商品只能报废',
      'Without a route nothing is taken along; it is thrown away.',
    );
  const found = new Map(counted.map(({ batchId, quantity }) => [batchId, quantity]));
  if (removed.some(({ batchId, quantity }) => quantity > (found.get(batchId) ?? 0)))
    refuse('removed', '下架数量不能多于盘点数量', 'No more is removed than was counted.');
  const left = unitsIn(counted) - unitsIn(removed) + unitsIn(filled);
  if (unitsIn(counted) > capacity || left > capacity)
    refuse('filled', `该货道至多 ${capacity} 件`, `The slot holds at most ${capacity} units.`);
}

function refuseUnits(path: string, units: readonly CountedBatch[], least: number, refuse: Refuse): void {
  if (units.length > BATCHES_MAX || new Set(units.map(({ batchId }) => batchId)).size < units.length)
    refuse(path, '批次重复或过多', 'A batch stands here once, and not too many.');
  if (units.some(({ quantity }) => !Number.isSafeInteger(quantity) || quantity < least))
    refuse(path, `数量须为不小于 ${least} 的整数`, `A quantity is whole, and at least ${least}.`);
}

/** What a slot was said to be, in whatever order its batches were named. */
export function slotHash({ slotCode, countedAt, counted, removed, filled }: VisitedSlotInput): string {
  const told = (units: readonly CountedBatch[], more: (index: number) => string = () => '') =>
    units
      .map(({ batchId, quantity }, index) => `${batchId}:${quantity}${more(index)}`)
      .toSorted()
      .join(',');
  const parts = [
    slotCode,
    countedAt.toISOString(),
    told(counted),
    told(removed, (at) => removed[at]?.fate ?? ''),
    told(filled),
  ];
  return createHash('sha256').update(parts.join('|')).digest('hex');
}

export interface FoundUnits {
  readonly variantId: string;
  readonly countedUnits: number;
  readonly varianceUnits: number;
  readonly isSuperseded: boolean;
}

/** So many may be missing without anybody being asked; and a twentieth. */
const MISSING_UNITS_MAX = 2;
const MISSING_SHARE = 20;

/** Units that are missing, where it is more than may happen; else nothing. What is missing in one slot and lies too much in another of the same goods is not lost. */
export function lossOf(found: readonly FoundUnits[]): number {
  const judged = found.filter(({ isSuperseded }) => !isSuperseded);
  const variances = new Map<string, number>();
  for (const { variantId, varianceUnits } of judged)
    variances.set(variantId, (variances.get(variantId) ?? 0) + varianceUnits);
  const missing = [...variances.values()].reduce((sum, variance) => sum + Math.max(0, -variance), 0);
  const expected = judged.reduce(
    (sum, { countedUnits, varianceUnits }) => sum + countedUnits - varianceUnits,
    0,
  );
  return missing > MISSING_UNITS_MAX && missing * MISSING_SHARE > expected ? missing : 0;
}
