import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn } from '#platform/database';

/** Whether somebody has bought of a merchant before. Shown to nobody. */
@Entity('insight_buyer')
export class InsightBuyer {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @IdColumn({ primary: true }) buyerId!: IdOf<'usr'>;
  @Column('int') orderCount!: number;
}

/** Whether somebody has bought for a county in a year, so that buyers are counted once. Shown to nobody. */
@Entity('insight_county_buyer')
export class InsightCountyBuyer {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @Column('int', { primary: true }) year!: number;
  @DivisionColumn({ primary: true }) countyCode!: string;
  @IdColumn({ primary: true }) buyerId!: IdOf<'usr'>;
}

/** How many buyers a merchant has had in a county in a year. */
@Entity('insight_county_year')
export class InsightCountyYear {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @Column('int', { primary: true }) year!: number;
  @DivisionColumn({ primary: true }) countyCode!: string;
  @Column('int') buyerCount!: number;
}

/** How many orders a merchant had in a month, and how many of them from buyers who had bought there before. */
@Entity('insight_month')
export class InsightMonth {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  /** Its first day. */
  @Column('date', { primary: true }) month!: string;
  @Column('int') orderCount!: number;
  @Column('int') againCount!: number;
}
