import type { ChannelPointState } from '#libs/channel';
import type { LinkState, SaleStop } from '#libs/counter';
import { InvalidInputError } from '#libs/kernel';

/** What is first to be seen of a counter on a map: the worst that holds. */
export const COUNTER_HEALTHS = [
  'NO_CABINET',
  'NEVER_HEARD',
  'OFFLINE',
  'STOPPED',
  'ALL_LOCKED',
  'ALARM',
  'SOLD_OUT',
  'OK',
] as const;
export type CounterHealth = (typeof COUNTER_HEALTHS)[number];

/** Why a counter that stands does not operate, as far as can be seen today: what a person would have to see to first. */
export const IDLE_REASONS = [
  'NOT_OPEN',
  'NO_CABINET',
  'NEVER_HEARD',
  'OFFLINE',
  'STOPPED',
  'ALL_LOCKED',
  'NO_STOCK',
  'ALARM',
  'NO_BUYERS',
] as const;
export type IdleReason = (typeof IDLE_REASONS)[number];

export interface CounterStanding {
  readonly pointState: ChannelPointState;
  /** Null where no cabinet stands. */
  readonly link: LinkState | null;
  readonly stop: SaleStop | null;
  readonly slotCount: number;
  readonly lockedSlotCount: number;
  /** Open ones that want somebody: critical, or a warning. */
  readonly alarmCount: number;
  readonly hasStock: boolean;
}

const isAllLocked = ({ slotCount, lockedSlotCount }: CounterStanding) =>
  slotCount > 0 && lockedSlotCount >= slotCount;
const isUnheard = ({ link }: CounterStanding) => link === 'OFFLINE' || link === 'SILENT';

export function healthOf(standing: CounterStanding): CounterHealth {
  const { link, stop, alarmCount, hasStock } = standing;
  if (link === null) return 'NO_CABINET';
  if (link === 'NEVER_SEEN') return 'NEVER_HEARD';
  if (isUnheard(standing)) return 'OFFLINE';
  if (stop !== null) return 'STOPPED';
  if (isAllLocked(standing)) return 'ALL_LOCKED';
  if (alarmCount > 0) return 'ALARM';
  return hasStock ? 'OK' : 'SOLD_OUT';
}

export function idleReasonOf(standing: CounterStanding): IdleReason {
  const { pointState, link, stop, alarmCount, hasStock } = standing;
  if (pointState !== 'OPEN') return 'NOT_OPEN';
  if (link === null) return 'NO_CABINET';
  if (link === 'NEVER_SEEN') return 'NEVER_HEARD';
  if (isUnheard(standing)) return 'OFFLINE';
  if (stop !== null) return 'STOPPED';
  if (isAllLocked(standing)) return 'ALL_LOCKED';
  if (!hasStock) return 'NO_STOCK';
  return alarmCount > 0 ? 'ALARM' : 'NO_BUYERS';
}

/** What was written down of a day of a cabinet, as far as it tells why nothing came of it. */
export interface DayStanding {
  readonly isHeard: boolean;
  readonly dueMinutes: number;
  readonly sellableMinutes: number;
  readonly slotMinutes: number;
  readonly emptySlotMinutes: number;
}

/** The same of a day that is over; null where no cabinet of ours stood. Which stop, lock or alarm it was nobody wrote down: in all of its hours it could not sell. */
export function idleReasonOn(isOpen: boolean, row: DayStanding | null): IdleReason {
  if (!isOpen) return 'NOT_OPEN';
  if (row === null) return 'NO_CABINET';
  if (!row.isHeard) return 'OFFLINE';
  if (row.dueMinutes > 0 && row.sellableMinutes === 0) return 'STOPPED';
  return row.slotMinutes > 0 && row.emptySlotMinutes >= row.slotMinutes ? 'NO_STOCK' : 'NO_BUYERS';
}

/** Degrees; west of east and south of north. */
export interface MapBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function refuseBox(box: MapBox | null): InvalidInputError | null {
  if (box === null) return null;
  const { west, south, east, north } = box;
  if (west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90) return null;
  const message = {
    zh: '地图范围有误：西小于东（-180 到 180），南小于北（-90 到 90）',
    en: 'West lies below east (-180 to 180), and south below north (-90 to 90).',
  };
  return new InvalidInputError([{ path: 'box', message }]);
}

/** Before the first counter stood, and before databases count days, nothing is to be found. */
const FIRST_DAY = '2010-01-01';

export function refuseBoardDay(on: string | null): InvalidInputError | null {
  if (on === null || on >= FIRST_DAY) return null;
  const message = { zh: `日期不早于 ${FIRST_DAY}`, en: `The day is not before ${FIRST_DAY}.` };
  return new InvalidInputError([{ path: 'on', message }]);
}

export interface Placed {
  readonly longitude: number;
  readonly latitude: number;
  readonly health: CounterHealth;
  readonly isOperating: boolean;
}

/** Whether somebody has surveyed where it stands. */
export function isPlaced<T extends { readonly longitude: number | null; readonly latitude: number | null }>(
  counter: T,
): counter is T & { readonly longitude: number; readonly latitude: number } {
  return counter.longitude !== null && counter.latitude !== null;
}

export interface Cluster {
  /** The middle of those in it. */
  readonly longitude: number;
  readonly latitude: number;
  readonly count: number;
  readonly operatingCount: number;
  /** Of whom a person has something to see to. */
  readonly troubledCount: number;
}

/** More than these side by side nobody tells apart. */
export const COUNTERS_ON_MAP_MAX = 500;
/** Cells of the grid along each side. */
const CELLS = 20;

/** Counters that are near each other on this map, as one: by cells of a grid over all of them, in the order of the grid. */
export function clustersOf(counters: readonly Placed[]): Cluster[] {
  const [west, east] = bounds(counters.map(({ longitude }) => longitude));
  const [south, north] = bounds(counters.map(({ latitude }) => latitude));
  const cells = new Map<number, Placed[]>();
  for (const counter of counters) {
    const cell = cellOf(counter.latitude, south, north) * CELLS + cellOf(counter.longitude, west, east);
    cells.set(cell, [...(cells.get(cell) ?? []), counter]);
  }
  return [...cells]
    .toSorted(([a], [b]) => a - b)
    .map(([, within]) => ({
      longitude: mean(within.map(({ longitude }) => longitude)),
      latitude: mean(within.map(({ latitude }) => latitude)),
      count: within.length,
      operatingCount: within.filter(({ isOperating }) => isOperating).length,
      troubledCount: within.filter(({ health }) => health !== 'OK').length,
    }));
}

function bounds(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}

function cellOf(value: number, from: number, to: number): number {
  return to > from ? Math.min(CELLS - 1, Math.floor(((value - from) / (to - from)) * CELLS)) : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
