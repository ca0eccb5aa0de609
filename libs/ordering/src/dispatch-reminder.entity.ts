import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** That a merchant was told on a day how many orders have to leave; once a day. */
@Entity('dispatch_reminder')
export class DispatchReminder {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @Column('date', { primary: true }) day!: string;
  @Column('int') late!: number;
  @Column('int') dueToday!: number;
  @Column('int') dueTomorrow!: number;
  @InstantColumn() remindedAt!: Date;
}
