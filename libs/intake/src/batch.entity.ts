import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import type { VolumeChannel } from '#libs/volume';
import {
  BigintColumn,
  DivisionColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  WordColumn,
} from '#platform/database';
import type { PartnerId } from './partner.entity.js';
import type { RowFault } from './row-field.rules.js';

export type IntakeBatchId = IdOf<'ibt'>;
export type IntakeRowId = IdOf<'irw'>;

export const FEED_KINDS = ['SALE', 'COUNTER_DAY'] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

export const ROW_KINDS = ['SALE', 'REVERSAL', 'COUNTER_DAY'] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** REPEATED was told before, word for word, and changes nothing. */
export const ROW_STATES = ['ACCEPTED', 'HELD', 'REJECTED', 'REPEATED'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What a partner has handed in at once. Written once, but for its counts when a held row is decided. */
@Entity('intake_batch')
export class IntakeBatch {
  @IdColumn({ primary: true }) id!: IntakeBatchId;
  @IdColumn() partnerId!: PartnerId;
  @Column('varchar', { length: 64 }) batchNo!: string;
  @WordColumn() kind!: FeedKind;
  @Column('binary', { length: 32 }) contentHash!: Buffer;
  @Column('date', { nullable: true }) completeThrough!: string | null;
  @Column('int') rowCount!: number;
  @Column('int') lateCount!: number;
  @InstantColumn() receivedAt!: Date;
}

/** One row of a batch and what became of it. Only rows that count or may come to count have an identity. */
@Entity('intake_row')
export class IntakeRow {
  @IdColumn({ primary: true }) id!: IntakeRowId;
  @IdColumn() batchId!: IntakeBatchId;
  @IdColumn() partnerId!: PartnerId;
  @Column('int') rowNo!: number;
  @WordColumn() kind!: RowKind;
  @WordColumn() state!: RowState;
  @Column('varchar', { length: 200, nullable: true }) identity!: string | null;
  @Column('binary', { length: 32, nullable: true }) contentHash!: Buffer | null;
  @Column('json', { nullable: true }) faults!: readonly RowFault[] | null;
  @Column('varchar', { length: 64 }) orderNo!: string;
  @Column('varchar', { length: 64 }) lineNo!: string;
  @IdColumn() saleRowId!: string;
  @FenColumn() amountFen!: Fen;
  @FenColumn() reversedFen!: Fen;
  @Column('int') quantity!: number;
  @Column('int') reversedQuantity!: number;
  @BigintColumn() weightG!: bigint;
  @InstantColumn({ nullable: true }) paidAt!: Date | null;
  @InstantColumn({ nullable: true }) effectiveAt!: Date | null;
  @Column('varchar', { length: 80 }) paymentRef!: string;
  @DivisionColumn() originCountyCode!: string;
  @DivisionColumn() originVillageCode!: string;
  @IdColumn() productId!: string;
  @IdColumn() merchantId!: string;
  @DivisionColumn() sellerCountyCode!: string;
  @WordColumn() channelKind!: VolumeChannel;
  @IdColumn() channelPointId!: string;
  @DivisionColumn() saleCountyCode!: string;
  @DivisionColumn() consumptionCountyCode!: string;
  @WordColumn() buyerKind!: string;
  @IdColumn() certificationId!: string;
  @IdColumn() linkageAgreementId!: string;
  @IdColumn() buyerKey!: string;
  @IdColumn() addressKey!: string;
}

/** How far a partner's feed is complete. */
@Entity('intake_feed')
export class IntakeFeed {
  @IdColumn({ primary: true }) partnerId!: PartnerId;
  @WordColumn({ primary: true }) kind!: FeedKind;
  @Column('date', { nullable: true }) completeThrough!: string | null;
  @InstantColumn() lastReceivedAt!: Date;
  @BigintColumn() lateRowCount!: bigint;
}
