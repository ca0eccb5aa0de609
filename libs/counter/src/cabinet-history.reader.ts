import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { type Told, lockedSpans } from './history.rules.js';
import type { TimeSpan } from './span.rules.js';
import { WireReader } from './wire.reader.js';

/** A cabinet that stood on a day, whatever it is now. */
export interface StandingCabinet {
  readonly id: CabinetId;
  readonly channelPointId: IdOf<'chp'>;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly registeredAt: Date;
  readonly retiredAt: Date | null;
}

/** Why and when a cabinet could not sell as a whole. */
export interface CabinetStop extends TimeSpan {
  readonly cabinetId: CabinetId;
}

export interface SlotLockSpan extends CabinetStop {
  readonly slotCode: string;
  readonly isTemperature: boolean;
}

/** What its thermometer and its mains told of a day. */
export interface CabinetDaySums {
  readonly cabinetId: CabinetId;
  readonly measuredSeconds: number;
  readonly inBandSeconds: number;
}

const STANDING = `SELECT id, channel_point_id AS channelPointId, county_code AS countyCode, operator_id AS operatorId, registered_at AS registeredAt,
  retired_at AS retiredAt FROM cabinet`;

/** How cabinets stood over a time: for whoever sums it up. All of it costs the same, however many are asked about. */
@Injectable()
export class CabinetHistoryReader {
  constructor(
    private readonly database: Database,
    private readonly wires: WireReader,
  ) {}

  /** Those that stood at some time of it, by their ids. */
  standingIn({ fromAt, toAt }: TimeSpan): Promise<StandingCabinet[]> {
    return this.database.query<StandingCabinet>(
      `${STANDING} WHERE registered_at < ? AND (retired_at IS NULL OR retired_at > ?) ORDER BY id`,
      [toAt, fromAt],
    );
  }

  byIds(cabinetIds: readonly string[]): Promise<StandingCabinet[]> {
    if (cabinetIds.length === 0) return Promise.resolve([]);
    return this.database.query<StandingCabinet>(`${STANDING} WHERE id IN (?)`, [cabinetIds]);
  }

  /** When each was heard for the first time; one that never was is not there. */
  async firstHeard(cabinetIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    if (cabinetIds.length === 0) return new Map();
    const rows = await this.database.query<{ cabinetId: string; heardAt: Date }>(
      'SELECT cabinet_id AS cabinetId, MIN(first_seen_at) AS heardAt FROM cabinet_boot WHERE cabinet_id IN (?) GROUP BY cabinet_id',
      [cabinetIds],
    );
    return new Map(rows.map(({ cabinetId, heardAt }) => [cabinetId, heardAt]));
  }

  /** While we ourselves could hear nobody. */
  wireOutages(span: TimeSpan): Promise<TimeSpan[]> {
    return this.wires.outagesIn(span);
  }

  /** Not heard, without mains, forced open, or stopped from afar. What lasts reaches to the end of the span. */
  async stopsOf(cabinetIds: readonly string[], { fromAt, toAt }: TimeSpan): Promise<CabinetStop[]> {
    if (cabinetIds.length === 0) return [];
    const stops = await this.database.query<Omit<CabinetStop, 'toAt'> & { toAt: Date | null }>(
      `SELECT cabinet_id AS cabinetId, began_at AS fromAt, ended_at AS toAt FROM cabinet_outage
       WHERE cabinet_id IN (?) AND began_at < ? AND (ended_at IS NULL OR ended_at > ?)
       UNION ALL SELECT cabinet_id, began_at, IF(kind = 'TAMPER', resolved_at, COALESCE(ended_at, resolved_at)) FROM cabinet_alarm
       WHERE cabinet_id IN (?) AND kind IN ('TAMPER', 'POWER_LOST') AND began_at < ? AND (resolved_at IS NULL OR resolved_at > ?)`,
      [cabinetIds, toAt, fromAt, cabinetIds, toAt, fromAt],
    );
    const told = await this.database.query<Told & { readonly cabinetId: CabinetId }>(
      `SELECT cabinet_id AS cabinetId, kind, state, requested_at AS requestedAt, replied_at AS repliedAt FROM cabinet_command
       WHERE cabinet_id IN (?) AND kind IN ('LOCK', 'UNLOCK') AND requested_at < ? ORDER BY cabinet_id, id`,
      [cabinetIds, toAt],
    );
    return [
      ...stops.map((stop) => ({ ...stop, toAt: stop.toAt ?? toAt })),
      ...[...new Set(told.map(({ cabinetId }) => cabinetId))].flatMap((cabinetId) =>
        lockedSpans(
          told.filter((each) => each.cabinetId === cabinetId),
          toAt,
        ).map((span) => ({ cabinetId, ...span })),
      ),
    ];
  }

  /** When nothing was sold from a slot. */
  async slotLocksOf(cabinetIds: readonly string[], { fromAt, toAt }: TimeSpan): Promise<SlotLockSpan[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<
      Omit<SlotLockSpan, 'isTemperature' | 'toAt'> & { isTemperature: number; toAt: Date | null }
    >(
      `SELECT cabinet_id AS cabinetId, slot_code AS slotCode, reason = 'TEMPERATURE' AS isTemperature, locked_at AS fromAt,
         released_at AS toAt FROM slot_lock
       WHERE cabinet_id IN (?) AND locked_at < ? AND (released_at IS NULL OR released_at > ?)`,
      [cabinetIds, toAt, fromAt],
    );
    return rows.map((row) => ({
      ...row,
      toAt: row.toAt ?? toAt,
      isTemperature: Number(row.isTemperature) === 1,
    }));
  }

  async daySumsOf(cabinetIds: readonly string[], day: string): Promise<CabinetDaySums[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<CabinetDaySums>(
      `SELECT cabinet_id AS cabinetId, measured_seconds AS measuredSeconds, in_band_seconds AS inBandSeconds FROM cabinet_day
       WHERE business_day = ? AND cabinet_id IN (?)`,
      [day, cabinetIds],
    );
  }
}
