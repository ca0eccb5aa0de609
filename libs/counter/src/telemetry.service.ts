import { Injectable } from '@nestjs/common';
import { Clock, HOUR_MS, businessDay, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { WatchedCabinet } from './alarm.repository.js';
import type { CabinetId } from './cabinet.entity.js';
import type { UplinkMessage } from './message-schema.service.js';
import {
  HOURS_KEPT_MS,
  READINGS_KEPT_MS,
  type Reading,
  againAt,
  dueAt,
  hoursOf,
  sumsOf,
} from './rollup.rules.js';
import type { TemperatureBand } from './telemetry.entity.js';
import { TelemetryRepository } from './telemetry.repository.js';
import { DEFAULT_BAND, isInBand } from './temperature.rules.js';

/** Rows that are forgotten in one transaction: a few hundred milliseconds, in which nobody waits for them. */
const FORGET_MAX = 2_000;

/** Keeps what the sensors of cabinets tell, and sums it by hour and day. */
@Injectable()
export class TelemetryService {
  constructor(
    private readonly database: Database,
    private readonly telemetry: TelemetryRepository,
    private readonly clock: Clock,
  ) {}

  /** In the transaction that takes the message, which comes here once. */
  async keep(
    tx: Tx,
    { cabinetId, temperatureBand, thermometerIgnoredUntil }: WatchedCabinet,
    message: UplinkMessage,
    takenAt: Date,
  ): Promise<void> {
    const reading = readingOf(message, temperatureBand ?? DEFAULT_BAND);
    if (!reading) return;
    // Of a thermometer that is known to be wrong it is kept what it says, and nothing is made of it.
    const isIgnored = thermometerIgnoredUntil !== null && takenAt < thermometerIgnoredUntil;
    const told = isIgnored ? { ...reading, isInBand: null } : reading;
    const { bootId, seq } = message;
    await this.telemetry.insert(tx, cabinetId, { bootId, seq, takenAt, ...told });
    await this.telemetry.noteDue(tx, cabinetId, hoursOf(takenAt), dueAt(this.clock.now()));
  }

  /** Makes hours anew of which something has come; it comes to the same however often. */
  sumDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const due = await this.telemetry.takeDue(tx, now, limit);
      const days = new Set<`${CabinetId} ${string}`>();
      for (const { cabinetId, hourAt } of due) {
        const endAt = plus(hourAt, HOUR_MS);
        const readings = await this.telemetry.readingsFor(tx, cabinetId, hourAt);
        const sums = sumsOf(readings, { fromAt: hourAt, toAt: endAt < now ? endAt : now });
        await this.telemetry.putHour(tx, cabinetId, hourAt, sums);
        const later = againAt(hourAt, now);
        if (later) await this.telemetry.setDue(tx, cabinetId, hourAt, later);
        else await this.telemetry.deleteDue(tx, cabinetId, hourAt);
        days.add(`${cabinetId} ${businessDay(hourAt)}`);
      }
      // In one order, so that two clockworks do not wait for each other.
      for (const key of [...days].toSorted((a, b) => (a < b ? -1 : 1))) {
        const [cabinetId = '', day = ''] = key.split(' ');
        await this.telemetry.sumDay(tx, cabinetId as CabinetId, day);
      }
      return due.length;
    });
  }

  forgetOld(): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(
      async (tx) =>
        (await this.telemetry.forgetReadings(tx, plus(now, -READINGS_KEPT_MS), FORGET_MAX)) +
        (await this.telemetry.forgetHours(tx, plus(now, -HOURS_KEPT_MS), FORGET_MAX)),
    );
  }
}

const NOTHING = { deciCelsius: null, isInBand: null, isDoorOpen: null, isMainsOn: null, signalDbm: null };

/** What a message tells of the sensors; null if nothing. */
function readingOf(message: UplinkMessage, band: TemperatureBand): Omit<Reading, 'takenAt'> | null {
  switch (message.kind) {
    case 'telemetry': {
      const { deciCelsius } = message.data;
      return { ...message.data, isInBand: deciCelsius === null ? null : isInBand(band, deciCelsius) };
    }
    case 'door':
      return { ...NOTHING, isDoorOpen: message.data.isOpen };
    case 'alarm':
      return message.data.code === 'POWER_LOST' ? { ...NOTHING, isMainsOn: !message.data.isActive } : null;
    default:
      return null;
  }
}
