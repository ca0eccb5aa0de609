import { Column, Entity } from 'typeorm';
import { IdColumn, InstantColumn } from '#platform/database';

/** A time in which buying is called for, such as the campaign month; what is bought in it is counted for it. */
@Entity('campaign')
export class Campaign {
  @IdColumn({ primary: true }) code!: string;
  @Column('varchar', { length: 80 }) name!: string;
  @Column('date') startsOn!: string;
  @Column('date') endsOn!: string;
  @InstantColumn() updatedAt!: Date;
}
