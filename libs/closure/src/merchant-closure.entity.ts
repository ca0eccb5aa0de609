import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type MerchantClosureId = IdOf<'mcl'>;

export const MERCHANT_CLOSURE_STATES = ['OPEN', 'REOPENED', 'FINAL'] as const;
export type MerchantClosureState = (typeof MERCHANT_CLOSURE_STATES)[number];

/** OWNER: somebody who owns it wants no more. OFFICE: an official says so, and an official alone takes it back. */
export const CLOSURE_ASKERS = ['OWNER', 'OFFICE'] as const;
export type ClosureAsker = (typeof CLOSURE_ASKERS)[number];

/** How a merchant may stand before it is closed. */
export const CLOSURE_FROM_STATES = ['ACTIVE', 'SUSPENDED'] as const;

/** A merchant ceases to sell: at once from the moment somebody asks, for good once nothing of it is open. */
@Entity('merchant_closure')
export class MerchantClosure {
  @IdColumn({ primary: true }) id!: MerchantClosureId;
  @IdColumn() merchantId!: MerchantId;
  /** The merchant while it is open: one at a time. */
  @IdColumn({ nullable: true }) openMerchantId!: MerchantId | null;
  @WordColumn() state!: MerchantClosureState;
  @WordColumn() askedAs!: ClosureAsker;
  @Column('varchar', { length: 200 }) reason!: string;
  @IdColumn() askedBy!: IdOf<'usr'>;
  @InstantColumn() askedAt!: Date;
  /** How the merchant stood before, and stands again if it is taken back. */
  @WordColumn() fromState!: (typeof CLOSURE_FROM_STATES)[number];
  /** Null while it is open, like the next. */
  @IdColumn({ nullable: true }) endedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
  /** Why it was taken back; '' otherwise. */
  @Column('varchar', { length: 200 }) endedReason!: string;
  /** The last day on which its papers have to be kept; null until it is final. */
  @Column('date', { nullable: true }) papersKeptUntil!: string | null;
}
