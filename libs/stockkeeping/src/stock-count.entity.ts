import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type StockCountId = IdOf<'stc'>;

export const STOCK_COUNT_STATES = ['OPEN', 'REQUESTED', 'POSTED', 'DISCARDED'] as const;
export type StockCountState = (typeof STOCK_COUNT_STATES)[number];

/** Somebody counts what lies in a place, line by line, over minutes or days; the book goes on meanwhile. */
@Entity('stock_count')
export class StockCount {
  @IdColumn({ primary: true }) id!: StockCountId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  /** Null of the warehouse. */
  @IdColumn({ nullable: true }) channelPointId!: IdOf<'chp'> | null;
  /** Null once it is over: one count of a place goes on at a time. */
  @IdColumn({ length: 90, nullable: true }) openPlace!: string | null;
  @Column('varchar', { length: 400 }) note!: string;
  /** Of all that differs, either way; 0 until it is handed in. */
  @FenColumn() valueFen!: bigint;
  @WordColumn() state!: StockCountState;
  @IdColumn() openedBy!: IdOf<'usr'>;
  @InstantColumn() openedAt!: Date;
  @IdColumn({ nullable: true }) postedBy!: IdOf<'usr'> | null;
  /** Null where nobody else has to agree. */
  @IdColumn({ nullable: true }) approvalRequestId!: ApprovalRequestId | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}

/** What somebody has counted of one batch, and when. */
@Entity('stock_count_line')
export class StockCountLine {
  @IdColumn({ primary: true }) countId!: StockCountId;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  @IdColumn({ primary: true }) batchId!: IdOf<'bat'>;
  @Column('date') bestBeforeOn!: string;
  @Column('int') countedUnits!: number;
  @InstantColumn() countedAt!: Date;
  @IdColumn() countedBy!: IdOf<'usr'>;
  /** From the book as it stood at that moment; null until it is handed in. */
  @Column('int', { nullable: true }) difference!: number | null;
  /** Of that, what was booked; null until it is posted. */
  @Column('int', { nullable: true }) adjusted!: number | null;
}
