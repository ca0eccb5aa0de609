import { Injectable } from '@nestjs/common';
import { AfterSaleReader } from '#libs/aftersale';
import { CabinetHistoryReader } from '#libs/counter';
import { SlotMovementReader } from '#libs/inventory';
import { type Fen, fen, refused } from '#libs/kernel';
import { VendDayReader } from '#libs/vending';
import { VolumeCubeReader } from '#libs/volume';
import { PerformanceReader } from './performance.reader.js';
import type { DayToMake, PerformanceRow } from './performance.repository.js';
import {
  type DayFacts,
  dayPlus,
  isOperatingOn,
  laterDay,
  makeAt,
  minutesOfDay,
  spanOfDay,
} from './performance.rules.js';

const MINUTE_S = 60;
const minutes = (seconds: number | undefined) => Math.floor((seconds ?? 0) / MINUTE_S);

interface Sold {
  readonly units: bigint;
  readonly recognisedFen: Fen;
  readonly hasSold: boolean;
}

const NOTHING_SOLD: Sold = { units: 0n, recognisedFen: fen(0n), hasSold: false };

/** Everything that one day of some counters is made of. The same number of questions, however many counters. */
@Injectable()
export class PerformanceFactsReader {
  constructor(
    private readonly cabinets: CabinetHistoryReader,
    private readonly movements: SlotMovementReader,
    private readonly vends: VendDayReader,
    private readonly cases: AfterSaleReader,
    private readonly cube: VolumeCubeReader,
    private readonly days: PerformanceReader,
  ) {}

  async made(day: string, toMake: readonly DayToMake[]): Promise<PerformanceRow[]> {
    if (toMake.length === 0) return [];
    const span = spanOfDay(day);
    const cabinetIds = toMake.map(({ cabinetId }) => cabinetId);
    const pointIds = toMake.map(({ channelPointId }) => channelPointId);
    const [standing, firstHeard, ours, stops, slotLocks, daySums] = await Promise.all([
      this.cabinets.byIds(cabinetIds),
      this.cabinets.firstHeard(cabinetIds),
      this.cabinets.wireOutages(span),
      this.cabinets.stopsOf(cabinetIds, span),
      this.cabinets.slotLocksOf(cabinetIds, span),
      this.cabinets.daySumsOf(cabinetIds, day),
    ]);
    const [unitsNow, moved, items, counted, sold, before] = await Promise.all([
      this.movements.unitsNow(pointIds),
      this.movements.since(pointIds, span.fromAt),
      this.vends.begunIn(cabinetIds, span),
      this.vends.countedIn(cabinetIds, span),
      this.soldOn(day),
      this.days.activityOn(dayPlus(day, -1), pointIds),
    ]);
    const cases = await this.cases.ofLines(items.map(({ orderLineId }) => orderLineId));
    const disputed = new Set<string>(cases.map(({ orderLineId }) => orderLineId));
    return toMake.map((row) => {
      const { cabinetId, channelPointId } = row;
      const cabinet = standing.find(({ id }) => id === cabinetId);
      const firstHeardAt = firstHeard.get(cabinetId) ?? null;
      const here = moved.filter((movement) => movement.channelPointId === channelPointId);
      const today = here.filter(({ movedAt }) => movedAt < span.toAt);
      const facts: DayFacts = {
        day,
        openingHours: row.openingHours,
        isOpen: row.isOpen,
        registeredAt: cabinet?.registeredAt ?? span.toAt,
        retiredAt: cabinet?.retiredAt ?? null,
        firstHeardAt,
        ours,
        stops: stops.filter((stop) => stop.cabinetId === cabinetId),
        slotCodes: row.slotCodes === '' ? [] : row.slotCodes.split(','),
        slotLocks: slotLocks.filter((lock) => lock.cabinetId === cabinetId),
        unitsAtStart: unitsBefore(
          unitsNow.filter((slot) => slot.channelPointId === channelPointId),
          here,
        ),
        movements: today,
      };
      const mine = items.filter((item) => item.cabinetId === cabinetId);
      const found = counted.find((sum) => sum.cabinetId === cabinetId);
      const sums = daySums.find((sum) => sum.cabinetId === cabinetId);
      const { units, recognisedFen, hasSold } = sold.get(channelPointId) ?? NOTHING_SOLD;
      const filledUnits = today.reduce((sum, { isFilling, quantity }) => sum + (isFilling ? quantity : 0), 0);
      const last = before.find((activity) => activity.channelPointId === channelPointId);
      const activity = {
        lastSoldOn: laterDay(last?.lastSoldOn ?? null, hasSold ? day : null),
        lastFilledOn: laterDay(last?.lastFilledOn ?? null, filledUnits > 0 ? day : null),
      };
      const madeCount = row.madeCount + 1;
      return {
        ...row,
        ...minutesOfDay(facts),
        ...activity,
        makeAt: makeAt(day, madeCount),
        madeCount,
        isHeard: firstHeardAt !== null && firstHeardAt < span.toAt,
        isOperating: isOperatingOn(day, activity),
        vendCount: mine.length,
        failedVendCount: mine.filter(({ hasFailed }) => hasFailed).length,
        disputeCount: mine.filter(({ orderLineId }) => disputed.has(orderLineId)).length,
        expectedUnits: found?.expectedUnits ?? 0,
        countedUnits: found?.countedUnits ?? 0,
        measuredMinutes: minutes(sums?.measuredSeconds),
        inBandMinutes: minutes(sums?.inBandSeconds),
        soldUnits: units,
        recognisedFen,
        filledUnits,
      };
    });
  }

  /** What counters sold on a day, however it was sold: the register of volume knows. */
  private async soldOn(day: string): Promise<ReadonlyMap<string, Sold>> {
    const groups = await this.cube.groups({
      from: day,
      to: day,
      dimensions: ['CHANNEL_POINT'],
      filters: { CHANNEL: ['COUNTER'] },
      scope: { by: 'SALE_COUNTY', codes: 'ALL' },
    });
    if (refused(groups)) throw new Error(groups.message.en);
    return new Map(
      groups.map(({ members, sums }) => [
        members[0] ?? '',
        {
          units: sums.QUANTITY,
          recognisedFen: fen(sums.RECOGNISED),
          hasSold: sums.PAID > 0n || sums.DELIVERED > 0n,
        },
      ]),
    );
  }
}

/** What lay in each slot at the beginning of what has moved since. */
function unitsBefore(
  now: readonly { readonly slotCode: string; readonly units: number }[],
  moved: readonly { readonly slotCode: string; readonly quantity: number }[],
): ReadonlyMap<string, number> {
  const units = new Map(now.map((slot) => [slot.slotCode, slot.units]));
  for (const { slotCode, quantity } of moved) units.set(slotCode, (units.get(slotCode) ?? 0) - quantity);
  return units;
}
