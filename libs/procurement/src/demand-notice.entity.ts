import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { ProcurementUnitId } from './procurement-unit.entity.js';

export type DemandNoticeId = IdOf<'dmn'>;

/** What a unit says that it will need. Written once; withdrawn, or over after its last day. */
@Entity('demand_notice')
export class DemandNotice {
  @IdColumn({ primary: true }) id!: DemandNoticeId;
  @IdColumn() unitId!: ProcurementUnitId;
  /** A kind of goods of the catalogue. */
  @WordColumn() kindCode!: string;
  @Column('int') weightKg!: number;
  @Column('date') fromOn!: string;
  /** Included. */
  @Column('date') toOn!: string;
  /** Where it is delivered. */
  @DivisionColumn() countyCode!: string;
  @Column('varchar', { length: 200 }) note!: string;
  @IdColumn() publishedBy!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @InstantColumn() publishedAt!: Date;
  @InstantColumn({ nullable: true }) withdrawnAt!: Date | null;
}
