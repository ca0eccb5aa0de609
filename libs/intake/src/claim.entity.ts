import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import type { VolumeChannel } from '#libs/volume';
import {
  BigintColumn,
  DivisionColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  WordColumn,
} from '#platform/database';
import type { BuyerKind } from './sale-row.rules.js';

export type ClaimId = IdOf<'clm'>;
export type ClaimLineId = IdOf<'cll'>;

export const CLAIMANT_KINDS = ['MERCHANT', 'DIVISION'] as const;
export type ClaimantKind = (typeof CLAIMANT_KINDS)[number];

export const CLAIM_STATES = ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'REJECTED', 'REVERSED'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export const CLAIM_ACTS = ['SUBMITTED', 'RETURNED', 'APPROVED', 'REJECTED', 'REVERSED'] as const;
export type ClaimAct = (typeof CLAIM_ACTS)[number];

export const EVIDENCE_KINDS = ['E_INVOICE', 'CONTRACT', 'BANK_SLIP', 'PHOTO', 'OTHER'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What is typed, complete or not: nothing of it is lost. Amounts are decimal text, as they travel. */
export interface ClaimContent {
  readonly channelKind: VolumeChannel | null;
  readonly buyerKind: BuyerKind | null;
  readonly buyerName: string | null;
  readonly buyerPhone: string | null;
  readonly buyerCreditCode: string | null;
  readonly note: string | null;
  readonly lines: readonly ClaimContentLine[];
  readonly evidence: readonly ClaimContentEvidence[];
}

export interface ClaimContentLine {
  readonly soldOn: string | null;
  readonly amountFen: string | null;
  readonly quantity: number | null;
  readonly weightG: number | null;
  readonly productName: string | null;
  readonly batchId: string | null;
  readonly productId: string | null;
  readonly originCountyCode: string | null;
  readonly originVillageCode: string | null;
}

export interface ClaimContentEvidence {
  readonly kind: EvidenceKind | null;
  readonly invoiceNo: string | null;
  readonly fileId: string | null;
}

/** A sale made elsewhere, or a list of them to one buyer, that somebody wants counted as declared. */
@Entity('claim')
export class Claim {
  @IdColumn({ primary: true }) id!: ClaimId;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @WordColumn() claimantKind!: ClaimantKind;
  @IdColumn() claimantId!: string;
  @DivisionColumn() countyCode!: string;
  @WordColumn() state!: ClaimState;
  @Column('json') content!: ClaimContent;
  @Column('int') revision!: number;
  @FenColumn() totalFen!: Fen;
  @Column('int') lineCount!: number;
  @Column('varchar', { length: 80 }) buyerName!: string;
  @IdColumn() buyerKey!: string;
  @IdColumn() createdBy!: IdOf<'usr'>;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
  @IdColumn({ nullable: true }) submittedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) submittedAt!: Date | null;
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
}

/** One sale of a claim, placed on every axis when it was submitted. */
@Entity('claim_line')
export class ClaimLine {
  @IdColumn({ primary: true }) id!: ClaimLineId;
  @IdColumn() claimId!: ClaimId;
  @Column('int') position!: number;
  @Column('date') soldOn!: string;
  @FenColumn() amountFen!: Fen;
  @Column('int') quantity!: number;
  @BigintColumn() weightG!: bigint;
  @Column('varchar', { length: 80 }) productName!: string;
  @IdColumn() productId!: string;
  @IdColumn() merchantId!: string;
  @DivisionColumn() sellerCountyCode!: string;
  @DivisionColumn() originCountyCode!: string;
  @DivisionColumn() originVillageCode!: string;
  @WordColumn() channelKind!: VolumeChannel;
  @WordColumn() buyerKind!: string;
  @IdColumn() certificationId!: string;
  @IdColumn() linkageAgreementId!: string;
}

/** What proves a claim: a file, an e-invoice's number, or both. */
@Entity('claim_evidence')
export class ClaimEvidence {
  @IdColumn({ primary: true }) id!: IdOf<'cev'>;
  @IdColumn() claimId!: ClaimId;
  @Column('int') position!: number;
  @WordColumn() kind!: EvidenceKind;
  @Column('varchar', { length: 20 }) invoiceNo!: string;
  @IdColumn() fileId!: string;
}

/** What happened to a claim, in order. Written once, never changed. */
@Entity('claim_step')
export class ClaimStep {
  @IdColumn({ primary: true }) id!: IdOf<'cst'>;
  @IdColumn() claimId!: ClaimId;
  @WordColumn() act!: ClaimAct;
  @IdColumn() actorId!: IdOf<'usr'>;
  @Column('varchar', { length: 500 }) reason!: string;
  @Column('json') fields!: readonly { readonly path: string; readonly message: string }[];
  @InstantColumn() at!: Date;
}
