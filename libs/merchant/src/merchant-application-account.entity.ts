import { Column, Entity } from 'typeorm';
import { IdColumn, InstantColumn } from '#platform/database';
import type { MerchantApplicationId } from './merchant-application.entity.js';

/** Where the money is to go, as an applicant has said. Gone with an application that comes to nothing; once approved it is proposed as the merchant's, and its number is kept there alone. */
@Entity('merchant_application_account')
export class MerchantApplicationAccount {
  @IdColumn({ primary: true }) applicationId!: MerchantApplicationId;
  @Column('varchar', { length: 120 }) accountName!: string;
  @Column('varchar', { length: 120 }) bankName!: string;
  /** Null where it was not said. */
  @Column('varchar', { length: 12, nullable: true }) bankCode!: string | null;
  /** Null once the merchant's account has it, as the next. */
  @Column('varbinary', { length: 255, nullable: true }) numberCipher!: Buffer | null;
  @Column('varchar', { length: 16, nullable: true }) keyId!: string | null;
  @Column('varchar', { length: 4 }) lastFour!: string;
  @InstantColumn() saidAt!: Date;
}
