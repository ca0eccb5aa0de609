import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn } from '#platform/database';
import type { ProcurementUnitId } from './procurement-unit.entity.js';

/** What a unit means to spend on food in a year, and what of it is reserved. Filed anew, it is a new version. */
@Entity('reserved_share')
export class ReservedShare {
  @IdColumn({ primary: true }) unitId!: ProcurementUnitId;
  @Column('smallint', { primary: true }) year!: number;
  @Column('int', { primary: true }) version!: number;
  @FenColumn() canteenTotalFen!: Fen;
  @FenColumn() reservedFen!: Fen;
  @IdColumn({ nullable: true }) filedBy!: IdOf<'usr'> | null;
  @InstantColumn() filedAt!: Date;
}
