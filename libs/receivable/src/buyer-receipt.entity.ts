import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type BuyerReceiptId = IdOf<'rcp'>;

/** BANK: it has come to our account. CREDIT: it stood to the unit's credit. */
export const RECEIPT_SOURCES = ['BANK', 'CREDIT'] as const;
export type ReceiptSource = (typeof RECEIPT_SOURCES)[number];

export const RECEIPT_STATES = ['POSTED', 'REVERSED'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** What a unit has paid. Recorded wrongly, it is reversed under four eyes and never edited. */
@Entity('buyer_receipt')
export class BuyerReceipt {
  @IdColumn({ primary: true }) id!: BuyerReceiptId;
  @IdColumn() unitId!: IdOf<'pru'>;
  @WordColumn() source!: ReceiptSource;
  @Column('varchar', { length: 80 }) reference!: string;
  @Column('binary', { length: 32 }) requestHash!: Buffer;
  @FenColumn() amountFen!: Fen;
  @FenColumn() allocatedFen!: Fen;
  @Column('date') receivedOn!: string;
  @WordColumn() state!: ReceiptState;
  @IdColumn() recordedBy!: IdOf<'usr'>;
  @InstantColumn() recordedAt!: Date;
  @InstantColumn({ nullable: true }) reversedAt!: Date | null;
}
