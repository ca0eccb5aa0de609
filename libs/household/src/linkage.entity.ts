import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { HouseholdId } from './household.entity.js';

export type LinkageAgreementId = IdOf<'lnk'>;

export const LINKAGE_KINDS = [
  'PURCHASE_ORDER',
  'CONTRACT_FARMING',
  'EMPLOYMENT',
  'LAND_RENT',
  'EQUITY_DIVIDEND',
  'ENTRUSTED',
  'ASSET_INCOME',
  'PATRONAGE_REFUND',
  'SERVICE',
] as const;
export type LinkageKind = (typeof LINKAGE_KINDS)[number];

/** How a merchant's sales reach households. Trade knows only the id; who stands behind it is looked up when money is shared. */
@Entity('linkage_agreement')
export class LinkageAgreement {
  @IdColumn({ primary: true }) id!: LinkageAgreementId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @WordColumn() kind!: LinkageKind;
  @Column('date') startsOn!: string;
  @Column('date', { nullable: true }) endsBefore!: string | null;
  @InstantColumn() createdAt!: Date;
}

@Entity('linkage_household')
export class LinkageHousehold {
  @IdColumn({ primary: true }) agreementId!: LinkageAgreementId;
  @IdColumn({ primary: true }) householdId!: HouseholdId;
  @Column('int') weight!: number;
}
