import { Column, Entity } from 'typeorm';
import { DivisionColumn, IdColumn, InstantColumn } from '#platform/database';
import { RollupSums } from './volume-rollup.entity.js';

/** A rollup's figure less the facts', where there is a difference; gone once they agree again. */
@Entity('volume_difference')
export class VolumeDifference {
  @Column('date', { primary: true }) day!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
  @InstantColumn() foundAt!: Date;
}

/** A night's comparison of all days with their facts, and how far it has come. */
@Entity('volume_check')
export class VolumeCheck {
  @Column('date', { primary: true }) checkedOn!: string;
  @Column('date', { nullable: true }) throughDay!: string | null;
  @Column('int') dayCount!: number;
  @Column('int') differenceCount!: number;
  @InstantColumn({ nullable: true }) finishedAt!: Date | null;
}
