import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
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
  /** A draft until then. */
  @InstantColumn({ nullable: true }) signedAt!: Date | null;
  @Column('int', { default: 0 }) revision!: number;
  @Column('varchar', { length: 64, nullable: true }) idempotencyKey!: string | null;
  /** When its last day was over and that was told; null before. */
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}

/** What an agreement says, edition by edition. */
@Entity('linkage_term')
export class LinkageTerm {
  @IdColumn({ primary: true }) id!: IdOf<'ltm'>;
  @IdColumn() agreementId!: LinkageAgreementId;
  @Column('int') revision!: number;
  @FenColumn({ nullable: true }) unitFen!: Fen | null;
  @FenColumn({ nullable: true }) statedYearFen!: Fen | null;
  @Column('int', { nullable: true }) shareBps!: number | null;
  @Column('varchar', { length: 400 }) note!: string;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
}

/** A photo of what was signed or paid, in its place. */
@Entity('linkage_photo')
export class LinkagePhoto {
  @IdColumn({ primary: true }) subjectId!: IdOf<'ltm'> | IdOf<'lpm'>;
  @PrimaryColumn('int') position!: number;
  @IdColumn() photoId!: IdOf<'fil'>;
}

@Entity('linkage_household')
export class LinkageHousehold {
  @IdColumn({ primary: true }) agreementId!: LinkageAgreementId;
  @IdColumn({ primary: true }) householdId!: HouseholdId;
  @Column('int') weight!: number;
}
