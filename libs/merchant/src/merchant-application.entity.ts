import { Column, Entity } from 'typeorm';
import type { IdOf, ReturnedField } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { MerchantId, MerchantKind, ProcessedFood } from './merchant.entity.js';
import type { MerchantPaperKind, Paper } from './merchant-paper.rules.js';

export type MerchantApplicationId = IdOf<'map'>;

export const APPLICATION_STATES = [
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'RECOMMENDED',
  'APPROVED',
  'REFUSED',
  'WITHDRAWN',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export const APPLICATION_ACTS = [
  'SUBMITTED',
  'RETURNED',
  'RECOMMENDED',
  'APPROVED',
  'REFUSED',
  'WITHDRAWN',
] as const;
export type ApplicationAct = (typeof APPLICATION_ACTS)[number];

/** What is typed, complete or not: nothing of it is lost. */
export interface ApplicationContent {
  readonly kind: MerchantKind | null;
  readonly name: string | null;
  readonly creditCode: string | null;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly legalPersonName: string | null;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
  /** What they want to sell, in their own words. */
  readonly goods: string | null;
  readonly processedFood: ProcessedFood | null;
  readonly papers: readonly ApplicationPaper[];
}

export type ApplicationPaper = Paper<MerchantPaperKind>;

/** Somebody's wish to sell. */
@Entity('merchant_application')
export class MerchantApplication {
  @IdColumn({ primary: true }) id!: MerchantApplicationId;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn() createdBy!: IdOf<'usr'>;
  @WordColumn() state!: ApplicationState;
  @Column('json') content!: ApplicationContent;
  @Column('int') revision!: number;
  @Column('varchar', { length: 120 }) name!: string;
  @DivisionColumn() countyCode!: string;
  /** While it waits for somebody: of one credit code there is one application at a time. */
  @Column('varchar', { length: 18, nullable: true }) openCreditCode!: string | null;
  /** Null until approved. */
  @IdColumn({ nullable: true }) merchantId!: MerchantId | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
  /** Null until submitted. */
  @InstantColumn({ nullable: true }) submittedAt!: Date | null;
  /** Null until a county has, and again once it was sent back. */
  @IdColumn({ nullable: true }) recommendedBy!: IdOf<'usr'> | null;
  /** Who sent it back, refused or approved it; null before. */
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
}

/** What was done with it; never changed. */
@Entity('merchant_application_step')
export class MerchantApplicationStep {
  @IdColumn({ primary: true }) id!: IdOf<'mas'>;
  @IdColumn() applicationId!: MerchantApplicationId;
  @WordColumn() act!: ApplicationAct;
  @IdColumn() actorId!: IdOf<'usr'>;
  @Column('varchar', { length: 500 }) reason!: string;
  @Column('json') fields!: readonly ReturnedField[];
  @InstantColumn() at!: Date;
}
