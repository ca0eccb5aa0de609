import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { type Span, type Sums, bucketsOf, secondsWithin } from './rollup.rules.js';
import { without } from './span.rules.js';
import type { TelemetryGrain, TemperatureBand } from './telemetry.entity.js';
import { WireReader } from './wire.reader.js';

/** An hour or a day of a cabinet; all nothing where nothing was told. */
export interface TelemetrySumRow extends Sums {
  readonly startsAt: Date;
  readonly offlineSeconds: number;
}

export interface SettingRow {
  readonly cabinetId: CabinetId;
  readonly temperatureBand: TemperatureBand;
  readonly firmwareVersion: string | null;
  readonly configVersion: string | null;
  readonly thermometerIgnoredUntil: Date | null;
}

type Raw = Omit<Sums, 'deciCelsiusSum'> & { readonly startsAt: Date; readonly deciCelsiusSum: string };

const NOTHING: Sums = {
  readingCount: 0,
  celsiusCount: 0,
  deciCelsiusSum: 0n,
  deciCelsiusMin: null,
  deciCelsiusMax: null,
  measuredSeconds: 0,
  inBandSeconds: 0,
  doorOpenSeconds: 0,
  poweredSeconds: 0,
  unpoweredSeconds: 0,
  signalDbmMin: null,
};

const SUMS = `reading_count AS readingCount, celsius_count AS celsiusCount, deci_celsius_sum AS deciCelsiusSum,
  deci_celsius_min AS deciCelsiusMin, deci_celsius_max AS deciCelsiusMax, measured_seconds AS measuredSeconds,
  in_band_seconds AS inBandSeconds, door_open_seconds AS doorOpenSeconds, powered_seconds AS poweredSeconds,
  unpowered_seconds AS unpoweredSeconds, signal_dbm_min AS signalDbmMin`;

/** Midnight of a business day is four in the afternoon of the day before in UTC. */
const QUESTIONS: Readonly<Record<TelemetryGrain, string>> = {
  HOUR: `SELECT hour_at AS startsAt, ${SUMS} FROM cabinet_hour WHERE cabinet_id = ? AND hour_at >= ? AND hour_at < ?`,
  DAY: `SELECT TIMESTAMP(business_day) - INTERVAL 8 HOUR AS startsAt, ${SUMS} FROM cabinet_day
    WHERE cabinet_id = ? AND TIMESTAMP(business_day) - INTERVAL 8 HOUR >= ? AND TIMESTAMP(business_day) - INTERVAL 8 HOUR < ?`,
};

/** What sensors have told over time. Of cabinets that were found within a scope. */
@Injectable()
export class TelemetryReader {
  constructor(
    private readonly database: Database,
    private readonly wires: WireReader,
  ) {}

  /** Hours or days from one to another, both included, as far as they have begun. */
  async sumsOf(
    cabinetId: CabinetId,
    grain: TelemetryGrain,
    { fromOn, toOn, now }: { readonly fromOn: string; readonly toOn: string; readonly now: Date },
  ): Promise<TelemetrySumRow[]> {
    const spans = bucketsOf(grain, fromOn, toOn, now);
    const [first, last] = [spans[0], spans.at(-1)];
    if (!first || !last) return [];
    const rows = await this.database.query<Raw>(QUESTIONS[grain], [cabinetId, first.fromAt, last.toAt]);
    const known = new Map(rows.map((row) => [row.startsAt.getTime(), row]));
    const outages = await this.outagesOf(cabinetId, { fromAt: first.fromAt, toAt: last.toAt }, now);
    return spans.map((span) => {
      const { startsAt: _, ...sums } = known.get(span.fromAt.getTime()) ?? { ...NOTHING, startsAt: null };
      return {
        ...sums,
        deciCelsiusSum: BigInt(sums.deciCelsiusSum),
        startsAt: span.fromAt,
        offlineSeconds: secondsWithin(span, outages, now),
      };
    });
  }

  async settingsOf(cabinetIds: readonly string[]): Promise<SettingRow[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<SettingRow>(
      `SELECT cabinet_id AS cabinetId, temperature_band AS temperatureBand, firmware_version AS firmwareVersion,
         config_version AS configVersion, thermometer_ignored_until AS thermometerIgnoredUntil FROM cabinet_setting WHERE cabinet_id IN (?)`,
      [cabinetIds],
    );
  }

  /** Of the cabinet itself: while we could hear nobody, nothing is known of it. */
  private async outagesOf(
    cabinetId: CabinetId,
    { fromAt, toAt }: Span,
    now: Date,
  ): Promise<{ beganAt: Date; endedAt: Date }[]> {
    const rows = await this.database.query<{ beganAt: Date; endedAt: Date | null }>(
      `SELECT began_at AS beganAt, ended_at AS endedAt FROM cabinet_outage
       WHERE cabinet_id = ? AND began_at < ? AND (ended_at IS NULL OR ended_at > ?)`,
      [cabinetId, toAt, fromAt],
    );
    const ours = await this.wires.outagesIn({ fromAt, toAt });
    const spans = rows.map(({ beganAt, endedAt }) => ({ fromAt: beganAt, toAt: endedAt ?? now }));
    return without(spans, ours).map((span) => ({ beganAt: span.fromAt, endedAt: span.toAt }));
  }
}
