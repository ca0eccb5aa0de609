import { Injectable } from '@nestjs/common';
import { HOUR_MS, type IdOf, businessDay, plus } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { HOLD_MS, type Reading, type Sums } from './rollup.rules.js';
import type { CabinetHourDue, CabinetSetting } from './telemetry.entity.js';
import { DEFAULT_BAND } from './temperature.rules.js';

export interface TelemetryRow extends Reading {
  readonly bootId: string;
  readonly seq: number;
}

const MEASURES = `reading_count, celsius_count, deci_celsius_sum, deci_celsius_min, deci_celsius_max, measured_seconds, in_band_seconds,
  door_open_seconds, powered_seconds, unpowered_seconds, signal_dbm_min`;

/** A measure that an hour or a day had before gives way to the new one. */
const REPLACED = MEASURES.split(',')
  .map((name) => `${name.trim()} = VALUES(${name.trim()})`)
  .join(', ');

const flag = (value: number | boolean | null) => (value === null ? null : Boolean(value));

@Injectable()
export class TelemetryRepository {
  async insert(tx: Tx, cabinetId: CabinetId, row: TelemetryRow): Promise<void> {
    await tx.insert('cabinet_telemetry', [{ cabinetId, ...row }]);
  }

  /** An hour that waits already is summed when it was to be. */
  async noteDue(tx: Tx, cabinetId: CabinetId, hours: readonly Date[], dueAt: Date): Promise<void> {
    await tx.write(
      'INSERT INTO cabinet_hour_due (cabinet_id, hour_at, due_at) VALUES ? ON DUPLICATE KEY UPDATE due_at = LEAST(due_at, VALUES(due_at))',
      [hours.map((hourAt) => [cabinetId, hourAt, dueAt])],
    );
  }

  /** Locked, and shared between clockworks by SKIP LOCKED. What comes meanwhile waits for the lock, and so notes its hour anew. */
  async takeDue(tx: Tx, now: Date, limit: number): Promise<Pick<CabinetHourDue, 'cabinetId' | 'hourAt'>[]> {
    return tx.query(
      `SELECT cabinet_id AS cabinetId, hour_at AS hourAt FROM cabinet_hour_due WHERE due_at <= ?
       ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
  }

  async setDue(tx: Tx, cabinetId: CabinetId, hourAt: Date, dueAt: Date): Promise<void> {
    await tx.write('UPDATE cabinet_hour_due SET due_at = ? WHERE cabinet_id = ? AND hour_at = ?', [
      dueAt,
      cabinetId,
      hourAt,
    ]);
  }

  async deleteDue(tx: Tx, cabinetId: CabinetId, hourAt: Date): Promise<void> {
    await tx.write('DELETE FROM cabinet_hour_due WHERE cabinet_id = ? AND hour_at = ?', [cabinetId, hourAt]);
  }

  /** Those of the hour, and those that are believed into it, in their order. */
  async readingsFor(tx: Tx, cabinetId: CabinetId, hourAt: Date): Promise<Reading[]> {
    const rows = await tx.query<Reading>(
      `SELECT taken_at AS takenAt, deci_celsius AS deciCelsius, is_in_band AS isInBand, is_door_open AS isDoorOpen, is_mains_on AS isMainsOn,
         signal_dbm AS signalDbm FROM cabinet_telemetry WHERE cabinet_id = ? AND taken_at > ? AND taken_at < ?
       ORDER BY taken_at, boot_id, seq`,
      [cabinetId, plus(hourAt, -HOLD_MS), plus(hourAt, HOUR_MS)],
    );
    return rows.map(({ isInBand, isDoorOpen, isMainsOn, ...row }) => ({
      ...row,
      isInBand: flag(isInBand),
      isDoorOpen: flag(isDoorOpen),
      isMainsOn: flag(isMainsOn),
    }));
  }

  async putHour(tx: Tx, cabinetId: CabinetId, hourAt: Date, sums: Sums): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_hour (cabinet_id, hour_at, business_day, ${MEASURES}) VALUES (?) ON DUPLICATE KEY UPDATE ${REPLACED}`,
      [
        [
          cabinetId,
          hourAt,
          businessDay(hourAt),
          sums.readingCount,
          sums.celsiusCount,
          sums.deciCelsiusSum,
          sums.deciCelsiusMin,
          sums.deciCelsiusMax,
          sums.measuredSeconds,
          sums.inBandSeconds,
          sums.doorOpenSeconds,
          sums.poweredSeconds,
          sums.unpoweredSeconds,
          sums.signalDbmMin,
        ],
      ],
    );
  }

  /** Two hours of one day that are summed at once take the day in turn: the second sees what the first has committed. */
  async sumDay(tx: Tx, cabinetId: CabinetId, day: string): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_day (cabinet_id, business_day, ${MEASURES}) VALUES (?, ?, 0, 0, 0, NULL, NULL, 0, 0, 0, 0, 0, NULL)
       ON DUPLICATE KEY UPDATE cabinet_id = VALUES(cabinet_id)`,
      [cabinetId, day],
    );
    await tx.query(
      'SELECT cabinet_id FROM cabinet_day WHERE cabinet_id = ? AND business_day = ? FOR UPDATE',
      [cabinetId, day],
    );
    await tx.write(
      `INSERT INTO cabinet_day (cabinet_id, business_day, ${MEASURES})
       SELECT cabinet_id, business_day, SUM(reading_count), SUM(celsius_count), SUM(deci_celsius_sum), MIN(deci_celsius_min),
         MAX(deci_celsius_max), SUM(measured_seconds), SUM(in_band_seconds), SUM(door_open_seconds), SUM(powered_seconds),
         SUM(unpowered_seconds), MIN(signal_dbm_min)
       FROM cabinet_hour WHERE cabinet_id = ? AND business_day = ? GROUP BY cabinet_id, business_day
       ON DUPLICATE KEY UPDATE ${REPLACED}`,
      [cabinetId, day],
    );
  }

  /**
   * In small bites, by the index on time. Whole partitions would go faster, but to drop one is to change the table, which the services
   * may not.
   */
  async forgetReadings(tx: Tx, before: Date, limit: number): Promise<number> {
    return tx.write('DELETE FROM cabinet_telemetry WHERE taken_at < ? ORDER BY taken_at LIMIT ?', [
      before,
      limit,
    ]);
  }

  async forgetHours(tx: Tx, before: Date, limit: number): Promise<number> {
    return tx.write('DELETE FROM cabinet_hour WHERE hour_at < ? ORDER BY hour_at LIMIT ?', [before, limit]);
  }

  /** Noted by the clock while it lasts, or by whoever hears again of what the clock has missed. */
  async putOutage(tx: Tx, cabinetId: CabinetId, beganAt: Date, endedAt: Date | null): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_outage (cabinet_id, began_at, ended_at) VALUES (?, ?, ?)
       ON DUPLICATE KEY UPDATE ended_at = COALESCE(ended_at, VALUES(ended_at))`,
      [cabinetId, beganAt, endedAt],
    );
  }

  /** Null: it is believed again. The rest of how the cabinet is meant to be stays. */
  async ignoreThermometer(
    tx: Tx,
    cabinetId: CabinetId,
    until: Date | null,
    { by, at }: { readonly by: IdOf<'usr'>; readonly at: Date },
  ): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_setting (cabinet_id, temperature_band, thermometer_ignored_until, changed_by, changed_at) VALUES (?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE thermometer_ignored_until = VALUES(thermometer_ignored_until), changed_by = VALUES(changed_by),
         changed_at = VALUES(changed_at)`,
      [cabinetId, DEFAULT_BAND, until, by, at],
    );
  }

  async putSetting(
    tx: Tx,
    {
      cabinetId,
      temperatureBand,
      changedBy,
      changedAt,
    }: Omit<CabinetSetting, 'firmwareVersion' | 'configVersion' | 'thermometerIgnoredUntil'>,
  ): Promise<void> {
    await tx.write(
      `INSERT INTO cabinet_setting (cabinet_id, temperature_band, changed_by, changed_at) VALUES (?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE temperature_band = VALUES(temperature_band), changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)`,
      [cabinetId, temperatureBand, changedBy, changedAt],
    );
  }
}
