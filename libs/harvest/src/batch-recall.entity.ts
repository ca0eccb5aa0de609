import { Column, Entity } from 'typeorm';
import type { BatchId } from '#libs/catalog';
import type { IdOf } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type BatchRecallId = IdOf<'rcl'>;

/** PROPOSED: nothing of it is sold, and a second official has to agree before buyers are told. */
export const RECALL_STATES = ['PROPOSED', 'ACTIVE', 'DROPPED', 'LIFTED'] as const;
export type RecallState = (typeof RECALL_STATES)[number];

export const RECALL_ADVICES = ['DO_NOT_EAT', 'THROW_AWAY', 'SEND_BACK'] as const;
export type RecallAdvice = (typeof RECALL_ADVICES)[number];

export const RECALLED_BY = ['MERCHANT', 'OFFICIAL'] as const;
export type RecalledBy = (typeof RECALLED_BY)[number];

/** Something is wrong with a batch: nothing of it is sold, and whoever has bought of it is told. */
@Entity('batch_recall')
export class BatchRecall {
  @IdColumn({ primary: true }) id!: BatchRecallId;
  @IdColumn() batchId!: BatchId;
  /** The batch, as long as nothing of it is sold by this: one recall at a time. Null afterwards. */
  @IdColumn({ nullable: true }) openBatchId!: BatchId | null;
  @IdColumn() merchantId!: MerchantId;
  @DivisionColumn() countyCode!: string;
  @WordColumn() byKind!: RecalledBy;
  @WordColumn() state!: RecallState;
  @WordColumn() advice!: RecallAdvice;
  @Column('varchar', { length: 200 }) reason!: string;
  @IdColumn() askedBy!: IdOf<'usr'>;
  @InstantColumn() askedAt!: Date;
  /** Null until buyers are told. */
  @IdColumn({ nullable: true }) startedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) startedAt!: Date | null;
  /** Null until lifted or dropped. */
  @IdColumn({ nullable: true }) endedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
  @Column('varchar', { length: 200 }) endReason!: string;
}

/** An order that holds some of what was recalled. */
@Entity('batch_recall_notice')
export class BatchRecallNotice {
  @IdColumn({ primary: true }) recallId!: BatchRecallId;
  @IdColumn({ primary: true }) orderId!: IdOf<'ord'>;
  /** Null until the message was taken. */
  @InstantColumn({ nullable: true }) toldAt!: Date | null;
}
