import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';
import type { MerchantId } from './merchant.entity.js';

export type MerchantSuspensionId = IdOf<'msu'>;

/** From when to when a merchant sold nothing, and why. */
@Entity('merchant_suspension')
export class MerchantSuspension {
  @IdColumn({ primary: true }) id!: MerchantSuspensionId;
  @IdColumn() merchantId!: MerchantId;
  @Column('varchar', { length: 200 }) reason!: string;
  @IdColumn() suspendedBy!: IdOf<'usr'>;
  @InstantColumn() suspendedAt!: Date;
  /** Null while it lasts. */
  @IdColumn({ nullable: true }) reinstatedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) reinstatedAt!: Date | null;
}
