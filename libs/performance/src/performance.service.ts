import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { CabinetHistoryReader, type StandingCabinet } from '#libs/counter';
import { Clock, businessDay } from '#libs/kernel';
import { VendDayReader } from '#libs/vending';
import { MonthCloseReader } from '#libs/volume';
import { Database, isDuplicate } from '#platform/database';
import { PerformanceFactsReader } from './performance-facts.reader.js';
import { PerformanceReader } from './performance.reader.js';
import { PerformanceRepository, type PerformanceRow } from './performance.repository.js';
import { OPERATING_DAYS, dayPlus, isResting, makeAt, spanOfDay } from './performance.rules.js';

const NOTHING_YET = {
  madeCount: 0,
  isHeard: false,
  isOperating: false,
  dueMinutes: 0,
  unknownMinutes: 0,
  sellableMinutes: 0,
  slotMinutes: 0,
  emptySlotMinutes: 0,
  vendCount: 0,
  failedVendCount: 0,
  disputeCount: 0,
  expectedUnits: 0,
  countedUnits: 0,
  measuredMinutes: 0,
  inBandMinutes: 0,
  lockedUnits: 0,
  soldUnits: 0n,
  recognisedFen: 0n,
  filledUnits: 0,
  lastSoldOn: null,
  lastFilledOn: null,
} as const;

/** Writes down how counters did, day by day, from what their cabinets, buyers and operators have left. */
@Injectable()
export class PerformanceService {
  constructor(
    private readonly database: Database,
    private readonly days: PerformanceRepository,
    private readonly reader: PerformanceReader,
    private readonly facts: PerformanceFactsReader,
    private readonly cabinets: CabinetHistoryReader,
    private readonly points: ChannelPointReader,
    private readonly vends: VendDayReader,
    private readonly closes: MonthCloseReader,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes down which counters stood on the next day that is over, with what holds of them then: hours, state, planned slots. It stays as it is, however
   * often the day is made. The first time it goes back as far as matters for whether a counter operates. Answers how many days it has begun.
   */
  async begin(): Promise<number> {
    const yesterday = dayPlus(businessDay(this.clock.now()), -1);
    const last = await this.reader.lastBegun();
    const day = last === null ? dayPlus(yesterday, 1 - OPERATING_DAYS) : dayPlus(last, 1);
    if (day > yesterday) return 0;
    // As long as no cabinet has ever stood there is nothing to begin with.
    const since = { fromAt: spanOfDay(day).fromAt, toAt: spanOfDay(yesterday).toAt };
    if (last === null && (await this.cabinets.standingIn(since)).length === 0) return 0;
    const rows = await this.rowsOf(day, await this.cabinets.standingIn(spanOfDay(day)));
    try {
      await this.database.transaction(async (tx) => {
        await this.days.insertBegun(tx, day);
        await this.days.insert(tx, rows);
      });
    } catch (error) {
      // Somebody else has begun it at the same moment: the same rows.
      if (!isDuplicate(error)) throw error;
    }
    return 1;
  }

  /** Makes some counters' days anew, all of one day. What nobody else has made meanwhile is written; it comes to the same however often. */
  async make(limit: number): Promise<number> {
    const due = await this.reader.toMake(this.clock.now(), limit);
    const [first] = due;
    if (!first) return 0;
    const day = first.businessDay;
    const close = await this.closes.byMonth(`${day.slice(0, 7)}-01`);
    const resting = isResting(close?.state ?? null);
    const toMake = due.filter(({ madeCount }) => !resting || madeCount === 0);
    const made = await this.facts.made(day, toMake);
    await this.database.transaction(async (tx) => {
      if (resting)
        await this.days.rest(
          tx,
          day,
          due.map(({ channelPointId }) => channelPointId),
        );
      if (made.length === 0) return;
      const expected = new Map<string, number>(
        toMake.map(({ channelPointId, madeCount }) => [channelPointId, madeCount]),
      );
      const unmade = await this.days.lockUnmade(tx, day, expected);
      await this.days.put(
        tx,
        made
          .filter(({ channelPointId }) => unmade.has(channelPointId))
          .map((row) => ({ ...row, makeAt: resting ? null : row.makeAt })),
      );
    });
    return due.length;
  }

  /** One per place: where one cabinet went and another came on the same day, the other. */
  private async rowsOf(day: string, standing: readonly StandingCabinet[]): Promise<PerformanceRow[]> {
    const last = [...new Map(standing.map((cabinet) => [cabinet.channelPointId, cabinet])).values()];
    const points = await this.points.byIds(last.map(({ channelPointId }) => channelPointId));
    const planned = await this.vends.plannedIn(last.map(({ id }) => id));
    const pointOf = new Map<string, (typeof points)[number]>(points.map((point) => [point.id, point]));
    const codesOf = new Map<string, string[]>();
    for (const { cabinetId, slotCode } of planned)
      codesOf.set(cabinetId, [...(codesOf.get(cabinetId) ?? []), slotCode]);
    return last.map(({ id, channelPointId, countyCode, operatorId }) => {
      const point = pointOf.get(channelPointId);
      return {
        ...NOTHING_YET,
        channelPointId,
        businessDay: day,
        cabinetId: id,
        countyCode,
        operatorId,
        openingHours: point?.openingHours ?? null,
        isOpen: point?.state === 'OPEN',
        slotCodes: (codesOf.get(id) ?? []).join(','),
        makeAt: makeAt(day, 0),
      } satisfies Record<keyof PerformanceRow, unknown> as PerformanceRow;
    });
  }
}
