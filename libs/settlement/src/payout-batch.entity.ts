import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PayoutMethod } from './payee-account.entity.js';

export type PayoutBatchId = IdOf<'pob'>;
export type PayoutImportId = IdOf<'poi'>;

export const PAYOUT_BATCH_STATES = [
  'AWAITING_APPROVAL',
  'APPROVED',
  'REJECTED',
  'EXPORTED',
  'SENDING',
  'VOID_REQUESTED',
  'VOIDED',
  'CLOSED',
] as const;
export type PayoutBatchState = (typeof PAYOUT_BATCH_STATES)[number];

export const FILE_ENCODINGS = ['UTF_8', 'GB18030'] as const;
export type FileEncoding = (typeof FILE_ENCODINGS)[number];

/** Payouts that are approved and sent together. Its number is never used again. */
@Entity('payout_batch')
export class PayoutBatch {
  @IdColumn({ primary: true }) id!: PayoutBatchId;
  @Column('int') batchNo!: number;
  @WordColumn() method!: PayoutMethod;
  @WordColumn() encoding!: FileEncoding;
  @Column('int') lineCount!: number;
  @FenColumn() totalFen!: Fen;
  @Column('varchar', { length: 64 }) contentHash!: string;
  @WordColumn() state!: PayoutBatchState;
  @IdColumn() approvalId!: string;
  @IdColumn() createdBy!: string;
  @InstantColumn() createdAt!: Date;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn({ nullable: true }) exportedBy!: string | null;
  @InstantColumn({ nullable: true }) exportedAt!: Date | null;
  @Column('varchar', { length: 64, nullable: true }) fileHash!: string | null;
  @Column('mediumblob', { nullable: true }) fileCipher!: Buffer | null;
  @Column('varchar', { length: 16, nullable: true }) keyId!: string | null;
  @Column('varchar', { length: 400, nullable: true }) voidReason!: string | null;
}

export const PAYOUT_IMPORT_OUTCOMES = ['APPLIED', 'BROKEN'] as const;
export type PayoutImportOutcome = (typeof PAYOUT_IMPORT_OUTCOMES)[number];

export const PAYOUT_BREAK_CODES = [
  'UNREADABLE',
  'WRONG_BATCH',
  'CONTROL_TOTALS',
  'UNKNOWN_LINE',
  'LINE_TWICE',
  'AMOUNT_DIFFERS',
  'CONTRADICTION',
] as const;
export type PayoutBreakCode = (typeof PAYOUT_BREAK_CODES)[number];

/** A file from the bank, read once. One that does not fit is kept as BROKEN and has moved nothing. */
@Entity('payout_import')
export class PayoutImport {
  @IdColumn({ primary: true }) id!: PayoutImportId;
  @IdColumn() batchId!: PayoutBatchId;
  @Column('varchar', { length: 64 }) fileHash!: string;
  @WordColumn() outcome!: PayoutImportOutcome;
  @WordColumn({ nullable: true }) breakCode!: PayoutBreakCode | null;
  @Column('varchar', { length: 200, nullable: true }) breakNote!: string | null;
  @Column('int') lineCount!: number;
  @FenColumn() paidFen!: Fen;
  @FenColumn() unpaidFen!: Fen;
  @IdColumn() importedBy!: string;
  @InstantColumn() importedAt!: Date;
}

/** A row as statements read and write it. */
export type PayoutBatchRecord = Pick<PayoutBatch, keyof PayoutBatch>;

/** A row as statements read and write it. */
export type PayoutImportRecord = Pick<PayoutImport, keyof PayoutImport>;
