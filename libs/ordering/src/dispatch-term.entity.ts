import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** Within how many working days a merchant sends what is in stock; without a row, within the usual two. */
@Entity('dispatch_term')
export class DispatchTerm {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @Column('int') days!: number;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
}
