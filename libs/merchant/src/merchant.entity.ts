import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type MerchantId = IdOf<'mer'>;

export const MERCHANT_KINDS = [
  'COOPERATIVE',
  'ENTERPRISE',
  'LEADING_ENTERPRISE',
  'FAMILY_FARM',
  'LARGE_GROWER',
  'VILLAGE_COLLECTIVE',
  'VENUE_OPERATOR', // Runs pavilions or zones.
] as const;
export type MerchantKind = (typeof MERCHANT_KINDS)[number];

/** Whether anything a merchant sells is more than picked and packed, and who has made it. */
export const PROCESSED_FOODS = ['NONE', 'MADE', 'TRADED', 'MADE_AND_TRADED'] as const;
export type ProcessedFood = (typeof PROCESSED_FOODS)[number];

export const MERCHANT_STATES = ['APPLIED', 'ACTIVE', 'SUSPENDED', 'CLOSING', 'CLOSED'] as const;
export type MerchantState = (typeof MERCHANT_STATES)[number];

/** Who sells. One row per unified social credit code. */
@Entity('merchant')
export class Merchant {
  @IdColumn({ primary: true }) id!: MerchantId;
  @Column('varchar', { length: 120 }) name!: string;
  @WordColumn() kind!: MerchantKind;
  @Column('varchar', { length: 18 }) creditCode!: string;
  @DivisionColumn() countyCode!: string;
  @DivisionColumn({ nullable: true }) townshipCode!: string | null;
  @Column('varchar', { length: 60 }) contactName!: string;
  @Column('varchar', { length: 20 }) contactPhone!: string;
  @WordColumn() state!: MerchantState;
  /** As it said when it applied: by it it has to have more papers. */
  @WordColumn({ default: 'NONE' }) processedFood!: ProcessedFood;
  /** The last day on which it may sell; null where no licence of it ends, or none was ever handed in. */
  @Column('date', { nullable: true }) licensedUntil!: string | null;
  /** The same until its goods have left the lists for it; null then, and where nothing ends. */
  @Column('date', { nullable: true }) licenceDueOn!: string | null;
  @InstantColumn() createdAt!: Date;
}
