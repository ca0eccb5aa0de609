import { Column, Entity } from 'typeorm';
import { InstantColumn } from '#platform/database';

/** There is one row. */
export const WIRE_ID = 1;

/** Our own side of all lines to cabinets: one row, kept by whoever holds them. */
@Entity('cabinet_wire')
export class CabinetWire {
  @Column('int', { primary: true }) id!: number;
  @InstantColumn() upAt!: Date;
  @InstantColumn() upSince!: Date;
}

/** A time in which we could hear no cabinet at all. */
@Entity('wire_outage')
export class WireOutage {
  @InstantColumn({ primary: true }) beganAt!: Date;
  @InstantColumn() endedAt!: Date;
}
