import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type StockWriteOffId = IdOf<'swo'>;

export const STOCK_WRITE_OFF_STATES = ['REQUESTED', 'BOOKED', 'REJECTED', 'WITHDRAWN'] as const;
export type StockWriteOffState = (typeof STOCK_WRITE_OFF_STATES)[number];

export const WRITE_OFF_CAUSES = ['SPOILED', 'DAMAGED', 'GIVEN_AWAY', 'SAMPLE', 'LOST', 'OTHER'] as const;
export type WriteOffCause = (typeof WRITE_OFF_CAUSES)[number];

/** Goods that are sold to nobody any more, and why. While it waits for a second person they are held. What it says never changes. */
@Entity('stock_write_off')
export class StockWriteOff {
  @IdColumn({ primary: true }) id!: StockWriteOffId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  /** Null of the warehouse, and of goods on their way. */
  @IdColumn({ nullable: true }) channelPointId!: IdOf<'chp'> | null;
  /** Of goods that did not arrive. */
  @IdColumn({ nullable: true }) transferId!: IdOf<'stt'> | null;
  @WordColumn() why!: WriteOffCause;
  @Column('varchar', { length: 400 }) note!: string;
  /** At the price of the moment. */
  @FenColumn() valueFen!: bigint;
  @Column('varchar', { length: 80 }) causeKey!: string;
  @Column('char', { length: 64 }) contentHash!: string;
  @IdColumn() requestedBy!: IdOf<'usr'>;
  /** Null where nobody else had to agree. */
  @IdColumn({ nullable: true }) approvalRequestId!: ApprovalRequestId | null;
  @WordColumn() state!: StockWriteOffState;
  @InstantColumn() requestedAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}

/** Units of one batch. */
@Entity('stock_write_off_line')
export class StockWriteOffLine {
  @IdColumn({ primary: true }) writeOffId!: StockWriteOffId;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  @IdColumn({ primary: true }) batchId!: IdOf<'bat'>;
  @Column('date') bestBeforeOn!: string;
  @Column('int') quantity!: number;
}
