import { Column, Entity } from 'typeorm';
import { WordColumn } from '#platform/database';

export const CALENDAR_DAY_KINDS = ['HOLIDAY', 'WORKING'] as const;
export type CalendarDayKind = (typeof CALENDAR_DAY_KINDS)[number];

/** A day that is not what its weekday says. A year without any is one whose holidays are not known yet. */
@Entity('calendar_day')
export class CalendarDay {
  @Column('date', { primary: true }) day!: string;
  @WordColumn() kind!: CalendarDayKind;
  @Column('varchar', { length: 60 }) name!: string;
}
