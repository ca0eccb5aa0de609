import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { MerchantApplicationId } from './merchant-application.entity.js';
import type { MerchantId } from './merchant.entity.js';
import type { MerchantPaperKind } from './merchant-paper.rules.js';

export type MerchantPaperId = IdOf<'mpp'>;

export const MERCHANT_PAPER_STATES = ['WAITING', 'ACCEPTED', 'RETURNED', 'WITHDRAWN'] as const;
export type MerchantPaperState = (typeof MERCHANT_PAPER_STATES)[number];

/** A paper of a merchant: of its application, or brought afterwards. What it says is never changed; the next one takes its place. */
@Entity('merchant_paper')
export class MerchantPaper {
  @IdColumn({ primary: true }) id!: MerchantPaperId;
  @IdColumn() merchantId!: MerchantId;
  /** Null for what was brought afterwards. */
  @IdColumn({ nullable: true }) applicationId!: MerchantApplicationId | null;
  @WordColumn() kind!: MerchantPaperKind;
  /** '' where its kind asks for none. */
  @Column('varchar', { length: 60 }) number!: string;
  @Column('date', { nullable: true }) validFrom!: string | null;
  @Column('date', { nullable: true }) validTo!: string | null;
  /** Its last day, by what its kind says; null for what holds for ever. */
  @Column('date', { nullable: true }) endsOn!: string | null;
  @Column('json') fileIds!: readonly string[];
  @WordColumn() state!: MerchantPaperState;
  /** The same while it waits: of one kind one waits at a time. */
  @WordColumn({ nullable: true }) openKind!: MerchantPaperKind | null;
  /** Its merchant has to have it, and it is the last that was accepted of its kind. */
  @Column('boolean') isCounting!: boolean;
  /** Null until its owners were reminded. */
  @Column('int', { nullable: true }) remindedDays!: number | null;
  @IdColumn() broughtBy!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @InstantColumn() broughtAt!: Date;
  /** Null while it waits, and where it was withdrawn. */
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  /** Null while it waits. */
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  /** Why it was returned; '' otherwise. */
  @Column('varchar', { length: 500 }) reason!: string;
}
