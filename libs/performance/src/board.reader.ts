import { Injectable } from '@nestjs/common';
import { type CounterArea, CounterPlaceReader, type CounterPlaceRow } from '#libs/channel';
import { CabinetHealthReader, type CabinetHealthRow, PaperReader, type PaperStanding } from '#libs/counter';
import { SlotMovementReader } from '#libs/inventory';
import { Clock, businessDay, dayStart, refused } from '#libs/kernel';
import { VolumeCubeReader } from '#libs/volume';
import {
  type CounterHealth,
  type CounterStanding,
  type IdleReason,
  healthOf,
  idleReasonOf,
  idleReasonOn,
} from './board.rules.js';
import { type LastActivity, PerformanceReader } from './performance.reader.js';
import { OPERATING_DAYS, dayPlus, isOperatingOn, laterDay } from './performance.rules.js';

/** A counter that stands, as it is now. */
export interface CounterRow extends Omit<CounterPlaceRow, 'id' | 'state' | 'openedOn'> {
  readonly channelPointId: string;
  readonly pointState: CounterPlaceRow['state'];
  readonly cabinetId: string | null;
  readonly operatorId: string | null;
  readonly lastHeardAt: Date | null;
  readonly slotCount: number;
  readonly lockedSlotCount: number;
  readonly alarmCount: number;
  readonly hasStock: boolean;
  /** Whether it may sell food; null where no cabinet stands. */
  readonly paperStanding: PaperStanding | null;
  readonly builtOn: string | null;
  readonly lastSoldOn: string | null;
  readonly lastFilledOn: string | null;
  readonly isOperating: boolean;
  readonly health: CounterHealth;
  /** Null of one that operates. */
  readonly idleReason: IdleReason | null;
  /** Since when it has not done anything; null where it never has and nobody knows since when it stands. */
  readonly idleSince: string | null;
}

export interface CountyCounts {
  readonly countyCode: string;
  readonly builtCount: number;
  readonly openCount: number;
  /** Open ones that have sold something or were filled within thirty days. */
  readonly operatingCount: number;
  /** Built, and not operating. */
  readonly idleCount: number;
}

/** A counter that stood on a day that is over. */
interface Stood {
  readonly channelPointId: string;
  readonly countyCode: string;
  /** What was written down; null where no cabinet of ours stood. */
  readonly row: LastActivity | null;
  readonly isOpen: boolean;
  readonly isOperating: boolean;
}

/** So many days may lie between the last one that was made and today; of those before nobody knows more than that it sold. */
const GAP_DAYS_MAX = 3;

/** Who stands where, how it is, and whether it operates. The same number of questions for twenty counters and for five thousand. */
@Injectable()
export class CounterBoardReader {
  constructor(
    private readonly places: CounterPlaceReader,
    private readonly cabinets: CabinetHealthReader,
    private readonly papers: PaperReader,
    private readonly movements: SlotMovementReader,
    private readonly cube: VolumeCubeReader,
    private readonly days: PerformanceReader,
    private readonly clock: Clock,
  ) {}

  /** By their ids. */
  async counters(area: CounterArea): Promise<CounterRow[]> {
    const today = businessDay(this.clock.now());
    const places = await this.places.within(area);
    const ids = places.map(({ id }) => id);
    const [health, stocked, sold] = await Promise.all([
      this.cabinets.standingAt(ids),
      this.movements.stockedPlaces(ids),
      this.soldIn(dayPlus(today, 1 - OPERATING_DAYS), today),
    ]);
    const lastOf = await this.lastActivity(today);
    const standings = await this.papers.standingsOf(health.map(({ cabinetId }) => cabinetId));
    const healthAt = new Map<string, CabinetHealthRow>(health.map((row) => [row.channelPointId, row]));
    return places.map((place) => {
      const cabinet = healthAt.get(place.id) ?? null;
      const { lastSoldOn = null, lastFilledOn = null } = lastOf.get(place.id) ?? {};
      const isOperating =
        place.state === 'OPEN' && (sold.has(place.id) || isOperatingOn(today, { lastSoldOn, lastFilledOn }));
      const standing: CounterStanding = {
        pointState: place.state,
        link: cabinet?.link ?? null,
        stop: cabinet?.stop ?? null,
        slotCount: cabinet?.slotCount ?? 0,
        lockedSlotCount: cabinet?.lockedSlotCount ?? 0,
        alarmCount: cabinet?.alarmCount ?? 0,
        hasStock: stocked.has(place.id),
      };
      const { id, state, openedOn, ...shown } = place;
      const { pointState: _, link: __, stop: ___, ...counted } = standing;
      const builtOn = openedOn ?? (cabinet ? businessDay(cabinet.registeredAt) : null);
      return {
        ...shown,
        ...counted,
        channelPointId: id,
        pointState: state,
        cabinetId: cabinet?.cabinetId ?? null,
        paperStanding: cabinet ? (standings.get(cabinet.cabinetId) ?? 'MISSING') : null,
        operatorId: cabinet?.operatorId ?? null,
        lastHeardAt: cabinet?.lastSeenAt ?? null,
        builtOn,
        lastSoldOn,
        lastFilledOn,
        isOperating,
        health: healthOf(standing),
        idleReason: isOperating ? null : idleReasonOf(standing),
        idleSince: isOperating ? null : (laterDay(lastSoldOn, lastFilledOn) ?? builtOn),
      };
    });
  }

  /** By county, on any day: of days that are over as they were written down, of what stood without a cabinet of ours as far as its opening tells. */
  async countsOn(on: string | null, area: CounterArea): Promise<CountyCounts[]> {
    const today = businessDay(this.clock.now());
    if (on === null || on >= today) return countsOf(await this.counters(area));
    const stood = await this.stoodOn(on, area);
    return countsOf(stood.map((each) => ({ ...each, pointState: each.isOpen ? 'OPEN' : 'SUSPENDED' })));
  }

  /** Who stood on a day and did not operate, by their ids: of days that are over why and since when as of then, and the rest as it is now. */
  async idleOn(on: string | null, area: CounterArea): Promise<CounterRow[]> {
    const counters = await this.counters(area);
    if (on === null || on >= businessDay(this.clock.now()))
      return counters.filter(({ isOperating }) => !isOperating);
    const stood = new Map((await this.stoodOn(on, area)).map((each) => [each.channelPointId, each]));
    return counters.flatMap((counter) => {
      const then = stood.get(counter.channelPointId);
      if (!then || then.isOperating) return [];
      const { lastSoldOn = null, lastFilledOn = null } = then.row ?? {};
      const idleSince = laterDay(lastSoldOn, lastFilledOn) ?? counter.builtOn;
      const idleReason = idleReasonOn(then.isOpen, then.row);
      return [{ ...counter, lastSoldOn, lastFilledOn, isOperating: false, idleReason, idleSince }];
    });
  }

  private async stoodOn(day: string, area: CounterArea): Promise<Stood[]> {
    const places = await this.places.within(area);
    const sold = await this.soldIn(dayPlus(day, 1 - OPERATING_DAYS), day);
    const rows = new Map((await this.days.activityOn(day)).map((row) => [row.channelPointId, row]));
    return places
      .filter(({ id, openedOn }) => rows.has(id) || (openedOn !== null && openedOn <= day))
      .map(({ id, countyCode, state }) => {
        const row = rows.get(id) ?? null;
        const isOpen = row ? row.isOpen : state === 'OPEN';
        const isActive = sold.has(id) || (row !== null && isOperatingOn(day, row));
        return { channelPointId: id, countyCode, row, isOpen, isOperating: isOpen && isActive };
      });
  }

  /** Of days that are over as they were written down; of the days since from what moves. */
  private async lastActivity(
    today: string,
  ): Promise<ReadonlyMap<string, Pick<LastActivity, 'lastSoldOn' | 'lastFilledOn'>>> {
    const through = await this.days.through();
    const known = through === null ? [] : await this.days.activityOn(through);
    const last = new Map(
      known.map(({ channelPointId, lastSoldOn, lastFilledOn }) => [
        channelPointId,
        { lastSoldOn, lastFilledOn },
      ]),
    );
    const none = { lastSoldOn: null, lastFilledOn: null };
    const fromDay = through === null ? dayPlus(today, 1 - OPERATING_DAYS) : dayPlus(through, 1);
    for (const { channelPointId, lastAt } of await this.movements.filledSince(dayStart(fromDay))) {
      const before = last.get(channelPointId) ?? none;
      last.set(channelPointId, {
        ...before,
        lastFilledOn: laterDay(before.lastFilledOn, businessDay(lastAt)),
      });
    }
    const gapFrom = dayPlus(today, 1 - GAP_DAYS_MAX);
    for (let day = fromDay > gapFrom ? fromDay : gapFrom; day <= today; day = dayPlus(day, 1))
      for (const channelPointId of await this.soldIn(day, day)) {
        const before = last.get(channelPointId) ?? none;
        last.set(channelPointId, { ...before, lastSoldOn: laterDay(before.lastSoldOn, day) });
      }
    return last;
  }

  /** Counters at which something was sold, however it was sold: the register of volume knows. */
  private async soldIn(from: string, to: string): Promise<ReadonlySet<string>> {
    const groups = await this.cube.groups({
      from,
      to,
      dimensions: ['CHANNEL_POINT'],
      filters: { CHANNEL: ['COUNTER'] },
      scope: { by: 'SALE_COUNTY', codes: 'ALL' },
    });
    if (refused(groups)) throw new Error(groups.message.en);
    return new Set(
      groups
        .filter(({ sums }) => sums.PAID > 0n || sums.DELIVERED > 0n)
        .map(({ members }) => members[0] ?? ''),
    );
  }
}

function countsOf(
  counters: readonly {
    readonly countyCode: string;
    readonly pointState: string;
    readonly isOperating: boolean;
  }[],
): CountyCounts[] {
  const codes = [...new Set(counters.map(({ countyCode }) => countyCode))].toSorted();
  return codes.map((countyCode) => {
    const here = counters.filter((counter) => counter.countyCode === countyCode);
    const operatingCount = here.filter(({ isOperating }) => isOperating).length;
    return {
      countyCode,
      builtCount: here.length,
      openCount: here.filter(({ pointState }) => pointState === 'OPEN').length,
      operatingCount,
      idleCount: here.length - operatingCount,
    };
  });
}
