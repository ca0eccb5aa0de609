import { Column, Entity } from 'typeorm';
import type { CertificationId, ProductId } from '#libs/catalog';
import type { Fen, FenText, IdOf, ReturnedField } from '#libs/kernel';
import type { Paper } from '#libs/merchant';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CertificationPaperKind } from './certification-paper.rules.js';
import type { CertificationOffice, ChainStep } from './certification-scheme.entity.js';

export type CertificationApplicationId = IdOf<'cap'>;

export const CERTIFICATION_STATES = [
  'DRAFT',
  'IN_REVIEW',
  'ON_NOTICE',
  'RETURNED',
  'CONFIRMED',
  'LISTED',
  'REFUSED',
  'WITHDRAWN',
] as const;
export type CertificationState = (typeof CERTIFICATION_STATES)[number];

export const CERTIFICATION_ACTS = [
  'SUBMITTED',
  'PASSED',
  'RETURNED',
  'REFUSED',
  'WITHDRAWN',
  'NOTICE_BEGUN',
  'NOTICE_ENDED',
  'OBJECTION_UPHELD',
  'OBJECTION_DISMISSED',
  'LISTED',
] as const;
export type CertificationAct = (typeof CERTIFICATION_ACTS)[number];

/** What is typed, complete or not. */
export interface CertificationContent {
  /** Where it grows or is made, for schemes whose first step is a township. */
  readonly townshipCode: string | null;
  /** What is sold of it in a year. */
  readonly commodityValueFen: FenText | null;
  /** Agreements with the households that it links. */
  readonly agreementIds: readonly string[];
  /** What the same costs elsewhere. */
  readonly priceComparison: string | null;
  /** Whom a buyer turns to, and what they may expect. */
  readonly afterSale: string | null;
  readonly isProcessedFood: boolean | null;
  readonly papers: readonly CertificationPaper[];
}

export type CertificationPaper = Paper<CertificationPaperKind>;

export interface LinkedReference {
  readonly agreementId: string;
  readonly householdId: string;
}

/** A merchant's wish that a product be recognised by a scheme. */
@Entity('certification_application')
export class CertificationApplication {
  @IdColumn({ primary: true }) id!: CertificationApplicationId;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @IdColumn() productId!: ProductId;
  @WordColumn() schemeCode!: string;
  @IdColumn() createdBy!: IdOf<'usr'>;
  /** Null until handed in. */
  @IdColumn({ nullable: true }) submittedBy!: IdOf<'usr'> | null;
  @WordColumn() state!: CertificationState;
  @Column('json') content!: CertificationContent;
  @Column('int') revision!: number;
  @DivisionColumn() countyCode!: string;
  /** Its township once handed in, where one is named; else the county. */
  @DivisionColumn() placeCode!: string;
  /** The scheme's, as it was when this was handed in: whoever has begun goes to the end of the road they began. */
  @Column('json') chain!: readonly ChainStep[];
  @Column('int') stepNo!: number;
  /** Null while it is nobody's turn. */
  @Column('varchar', { length: 40, nullable: true }) desk!: string | null;
  @InstantColumn({ nullable: true }) waitingSince!: Date | null;
  @Column('json') linked!: readonly LinkedReference[];
  @Column('int') linkedPersonCount!: number;
  @FenColumn() commodityValueFen!: Fen;
  /** Those of its papers that somebody of the merchant has brought: nobody is shown another's file by writing its id down. */
  @Column('json') files!: readonly string[];
  /** From handing in until it is over: of a product there is one at a time in each scheme. */
  @Column('varchar', { length: 80, nullable: true }) openKey!: string | null;
  /** Null before its public notice. */
  @InstantColumn({ nullable: true }) noticeFrom!: Date | null;
  @InstantColumn({ nullable: true }) noticeTo!: Date | null;
  /** Null until it is in the catalogue. */
  @IdColumn({ nullable: true }) certificationId!: CertificationId | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
  @InstantColumn({ nullable: true }) submittedAt!: Date | null;
}

/** What was done with it; never changed. */
@Entity('certification_step')
export class CertificationStep {
  @IdColumn({ primary: true }) id!: IdOf<'cas'>;
  @IdColumn() applicationId!: CertificationApplicationId;
  @Column('int') revision!: number;
  @Column('int') stepNo!: number;
  /** Null for the applicant and for the clock. */
  @WordColumn({ nullable: true }) office!: CertificationOffice | null;
  @WordColumn() act!: CertificationAct;
  /** Null for the clock. */
  @IdColumn({ nullable: true }) actorId!: IdOf<'usr'> | null;
  @Column('varchar', { length: 500 }) reason!: string;
  @Column('json') fields!: readonly ReturnedField[];
  @InstantColumn() at!: Date;
}
