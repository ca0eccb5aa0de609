import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** Somebody has measured by hand what the thermometer of a cabinet says otherwise, and sold on the strength of it. */
@Entity('goods_measurement')
export class GoodsMeasurement {
  @IdColumn({ primary: true }) id!: IdOf<'gms'>;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @Column('int') measuredDeciCelsius!: number;
  @IdColumn() photoId!: IdOf<'fil'>;
  @Column('varchar', { length: 200 }) reason!: string;
  @IdColumn() measuredBy!: IdOf<'usr'>;
  @InstantColumn() measuredAt!: Date;
}
