import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type StockTransferId = IdOf<'stt'>;

export const STOCK_TRANSFER_STATES = ['DRAFT', 'SENT', 'RECEIVED', 'CANCELLED'] as const;
export type StockTransferState = (typeof STOCK_TRANSFER_STATES)[number];

/** Goods that go from one place of a merchant to another. SENT they lie in a held place, on neither shelf. */
@Entity('stock_transfer')
export class StockTransfer {
  @IdColumn({ primary: true }) id!: StockTransferId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  /** Null of the warehouse. */
  @IdColumn({ nullable: true }) fromPointId!: IdOf<'chp'> | null;
  @IdColumn({ nullable: true }) toPointId!: IdOf<'chp'> | null;
  @Column('varchar', { length: 400 }) note!: string;
  @Column('varchar', { length: 80 }) causeKey!: string;
  @Column('char', { length: 64 }) contentHash!: string;
  @WordColumn() state!: StockTransferState;
  @IdColumn() draftedBy!: IdOf<'usr'>;
  @InstantColumn() draftedAt!: Date;
  @IdColumn({ nullable: true }) sentBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) sentAt!: Date | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}

/** Units of one batch, and what became of them; the rest is on its way. */
@Entity('stock_transfer_line')
export class StockTransferLine {
  @IdColumn({ primary: true }) transferId!: StockTransferId;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  @IdColumn({ primary: true }) batchId!: IdOf<'bat'>;
  @Column('date') bestBeforeOn!: string;
  @Column('int') quantity!: number;
  @Column('int') receivedUnits!: number;
  @Column('int') lostUnits!: number;
  @Column('int') returnedUnits!: number;
}
