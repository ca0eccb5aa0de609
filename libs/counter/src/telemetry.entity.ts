import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { BigintColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';

/** What the goods in it want: 0 to 8 degrees, 2 to 8 as peaches do, or no more than 28. */
export const TEMPERATURE_BANDS = ['CHILLED', 'PEACHES', 'AMBIENT'] as const;
export type TemperatureBand = (typeof TEMPERATURE_BANDS)[number];

export const TELEMETRY_GRAINS = ['HOUR', 'DAY'] as const;
export type TelemetryGrain = (typeof TELEMETRY_GRAINS)[number];

/** How a cabinet is meant to be. */
@Entity('cabinet_setting')
export class CabinetSetting {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @WordColumn() temperatureBand!: TemperatureBand;
  @Column('varchar', { length: 40, nullable: true }) firmwareVersion!: string | null;
  @Column('varchar', { length: 40, nullable: true }) configVersion!: string | null;
  @InstantColumn({ nullable: true }) thermometerIgnoredUntil!: Date | null;
  @IdColumn() changedBy!: IdOf<'usr'>;
  @InstantColumn() changedAt!: Date;
}

/** One reading of a cabinet's sensors, as it was told; kept for two months. */
@Entity('cabinet_telemetry')
export class CabinetTelemetry {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @InstantColumn({ primary: true }) takenAt!: Date;
  @IdColumn({ primary: true }) bootId!: string;
  @BigintColumn({ primary: true }) seq!: bigint;
  @Column('int', { nullable: true }) deciCelsius!: number | null;
  @Column('boolean', { nullable: true }) isInBand!: boolean | null;
  @Column('boolean', { nullable: true }) isDoorOpen!: boolean | null;
  @Column('boolean', { nullable: true }) isMainsOn!: boolean | null;
  @Column('int', { nullable: true }) signalDbm!: number | null;
}

/** What readings come to, of an hour or of a day. */
abstract class TelemetrySums {
  @Column('int') readingCount!: number;
  @Column('int') celsiusCount!: number;
  @BigintColumn() deciCelsiusSum!: bigint;
  @Column('int', { nullable: true }) deciCelsiusMin!: number | null;
  @Column('int', { nullable: true }) deciCelsiusMax!: number | null;
  @Column('int') measuredSeconds!: number;
  @Column('int') inBandSeconds!: number;
  @Column('int') doorOpenSeconds!: number;
  @Column('int') poweredSeconds!: number;
  @Column('int') unpoweredSeconds!: number;
  @Column('int', { nullable: true }) signalDbmMin!: number | null;
}

/** What the readings of an hour come to. Made from them, as often as one comes late. */
@Entity('cabinet_hour')
export class CabinetHour extends TelemetrySums {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @InstantColumn({ primary: true }) hourAt!: Date;
  @Column('date') businessDay!: string;
}

/** The sum of a business day's hours. */
@Entity('cabinet_day')
export class CabinetDay extends TelemetrySums {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @Column('date', { primary: true }) businessDay!: string;
}

/** An hour of which something has come since it was summed. */
@Entity('cabinet_hour_due')
export class CabinetHourDue {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @InstantColumn({ primary: true }) hourAt!: Date;
  @InstantColumn() dueAt!: Date;
}

/** A time in which a cabinet was not heard, from the last that was heard of it. */
@Entity('cabinet_outage')
export class CabinetOutage {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @InstantColumn({ primary: true }) beganAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
