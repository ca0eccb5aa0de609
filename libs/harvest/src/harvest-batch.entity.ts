import { Column, Entity } from 'typeorm';
import type { BatchId, ProductId } from '#libs/catalog';
import type { PresaleId } from '#libs/inventory';
import type { IdOf } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import { BigintColumn, DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

/** NONE: nobody has to look at it. WAITING: a part of its weight waits for an official. */
export const HARVEST_REVIEW_STATES = ['NONE', 'WAITING', 'RELEASED', 'REFUSED'] as const;
export type HarvestReviewState = (typeof HARVEST_REVIEW_STATES)[number];

/** What its merchant has said of a batch, or its presale has announced: from when to when it is harvested, and how much there is of it. */
@Entity('harvest_batch')
export class HarvestBatch {
  @IdColumn({ primary: true }) batchId!: BatchId;
  @IdColumn() merchantId!: MerchantId;
  @IdColumn() productId!: ProductId;
  /** As it was when registered; null for what nothing is like. */
  @WordColumn({ nullable: true }) kindCode!: string | null;
  @DivisionColumn() countyCode!: string;
  @DivisionColumn() villageCode!: string;
  @Column('date') harvestedFrom!: string;
  /** Included. */
  @Column('date') harvestedUntil!: string;
  /** Null where the whole was said. */
  @BigintColumn({ nullable: true }) dailyG!: bigint | null;
  @BigintColumn() weightG!: bigint;
  /** Of the weight, what may be received, or promised by its presale, without anybody looking. */
  @BigintColumn() grantedG!: bigint;
  @WordColumn() reviewState!: HarvestReviewState;
  @Column('varchar', { length: 200 }) reviewReason!: string;
  @IdColumn({ nullable: true }) reviewedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) reviewedAt!: Date | null;
  @IdColumn() registeredBy!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  /** Of what was said under the key, which may be changed afterwards. */
  @Column('varchar', { length: 64 }) contentHash!: string;
  @InstantColumn() registeredAt!: Date;
  /** Null while more may come in. */
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
  /** Null of what was registered by itself. */
  @IdColumn({ nullable: true }) presaleId!: PresaleId | null;
  /** Of the weight, what its presale has announced. */
  @BigintColumn() presoldG!: bigint;
}
