import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type BulkOrderId = IdOf<'blk'>;

/**
 * CHECKED: read and priced, nothing is ordered. PLACING, SIGNING, UNDOING: at work, parcel by parcel. PLACED, SIGNED, UNDONE: as far as it went.
 * DISCARDED: its buyer does not want it.
 */
export const BULK_ORDER_STATES = [
  'CHECKED',
  'DISCARDED',
  'PLACING',
  'PLACED',
  'SIGNING',
  'SIGNED',
  'UNDOING',
  'UNDONE',
] as const;
export type BulkOrderState = (typeof BULK_ORDER_STATES)[number];

/** EACH_BY_ITSELF: what is refused sinks nothing else. ALL_OR_NOTHING: one refusal calls everything off again. */
export const BULK_ORDER_MODES = ['EACH_BY_ITSELF', 'ALL_OR_NOTHING'] as const;
export type BulkOrderMode = (typeof BULK_ORDER_MODES)[number];

export const BULK_PARCEL_STATES = ['WAITING', 'PLACED', 'SIGNED', 'REFUSED', 'UNDONE'] as const;
export type BulkParcelState = (typeof BULK_PARCEL_STATES)[number];

/** A spreadsheet of a unit's buyer, and what became of it. */
@Entity('bulk_order')
export class BulkOrder {
  @IdColumn({ primary: true }) id!: BulkOrderId;
  @IdColumn() unitId!: string;
  /** '' for the unit's own buyers. */
  @IdColumn({ default: '' }) contractorId!: string;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @Column('varchar', { length: 60, default: '' }) reference!: string;
  @Column('binary', { length: 32 }) contentHash!: Buffer;
  @Column('varchar', { length: 120 }) fileName!: string;
  @WordColumn() state!: BulkOrderState;
  @WordColumn() mode!: BulkOrderMode;
  @WordColumn() paymentTerm!: 'PREPAID' | 'ON_ACCOUNT';
  @Column('boolean') isForUnion!: boolean;
  @IdColumn({ default: '' }) invoiceTitleId!: string;
  @IdColumn({ default: '' }) campaignCode!: string;
  @Column('int') rowCount!: number;
  @Column('int') faultyRowCount!: number;
  @FenColumn() goodsFen!: Fen;
  @FenColumn() freightFen!: Fen;
  @FenColumn() totalFen!: Fen;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() checkedAt!: Date;
  @InstantColumn({ nullable: true }) confirmedAt!: Date | null;
  @InstantColumn({ nullable: true }) finishedAt!: Date | null;
  @IdColumn({ nullable: true }) signerId!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) leaseUntil!: Date | null;
  @InstantColumn({ nullable: true }) forgottenAt!: Date | null;
}

/** Everything of the list that goes to one recipient: one order. */
@Entity('bulk_order_parcel')
export class BulkOrderParcel {
  @IdColumn({ primary: true }) bulkOrderId!: BulkOrderId;
  @Column('int', { primary: true }) parcelNo!: number;
  @Column('varchar', { length: 60 }) name!: string;
  @Column('varchar', { length: 20 }) phone!: string;
  @DivisionColumn() countyCode!: string;
  @Column('varchar', { length: 200 }) address!: string;
  @FenColumn() totalFen!: Fen;
  @WordColumn() state!: BulkParcelState;
  @IdColumn({ nullable: true }) orderId!: IdOf<'ord'> | null;
  @Column('int', { default: 0 }) attempts!: number;
  @Column('varchar', { length: 40, nullable: true }) refusalCode!: string | null;
  @Column('varchar', { length: 300, nullable: true }) refusalZh!: string | null;
  @Column('varchar', { length: 300, nullable: true }) refusalEn!: string | null;
}

/** A row as it was written, with what is wrong with it. */
@Entity('bulk_order_row')
export class BulkOrderRow {
  @IdColumn({ primary: true }) bulkOrderId!: BulkOrderId;
  @Column('int', { primary: true }) rowNo!: number;
  @Column('int', { nullable: true }) parcelNo!: number | null;
  @Column('varchar', { length: 100 }) recipient!: string;
  @Column('varchar', { length: 40 }) phone!: string;
  @Column('varchar', { length: 100 }) county!: string;
  @Column('varchar', { length: 250 }) address!: string;
  @Column('varchar', { length: 100 }) goods!: string;
  @Column('varchar', { length: 40 }) quantityText!: string;
  @IdColumn() variantId!: IdOf<'var'> | '';
  @Column('int') quantity!: number;
  @Column('varchar', { length: 400 }) faults!: string;
}
