import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import type { PaidKind } from '#libs/settlement';
import { BigintColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type StatementId = IdOf<'stm'>;

/** MONTHLY: a link of the payee's chain of months. ON_DEMAND: any other days, as the books have them when asked. */
export const STATEMENT_KINDS = ['MONTHLY', 'ON_DEMAND'] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** Whose money, and of which days. Never changed; what is said about it is a revision. */
@Entity('statement')
export class Statement {
  @IdColumn({ primary: true }) id!: StatementId;
  @WordColumn() payeeKind!: PaidKind;
  /** A merchant, household or counter; a county code for its fund. */
  @IdColumn() payeeId!: string;
  @WordColumn() kind!: StatementKind;
  @Column('date') fromOn!: string;
  /** Included. */
  @Column('date') toOn!: string;
  /** YYYY-MM; null outside the chain of months. */
  @Column('char', { length: 7, nullable: true }) month!: string | null;
  @InstantColumn() requestedAt!: Date;
}

export const STATEMENT_STATES = ['ISSUING', 'REFUSED', 'ISSUED'] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];

/** One edition of a statement, with a number of its own. All editions have the same figures. */
@Entity('statement_revision')
export class StatementRevision {
  @IdColumn({ primary: true }) statementId!: StatementId;
  @Column('int', { primary: true }) rev!: number;
  @Column('varchar', { length: 80 }) number!: string;
  @WordColumn() state!: StatementState;
  /** The first needs none. */
  @Column('varchar', { length: 200, nullable: true }) reason!: string | null;
  @IdColumn({ nullable: true }) requestedBy!: string | null;
  @InstantColumn() requestedAt!: Date;
  @Column('varchar', { length: 80, nullable: true }) idempotencyKey!: string | null;
  /** When somebody works on it, at the earliest: also the lease of whoever does. */
  @InstantColumn({ nullable: true }) nextTryAt!: Date | null;
  @Column('int', { default: 0 }) tries!: number;
  @Column('varchar', { length: 160, nullable: true }) faultAccount!: string | null;
  @FenColumn({ nullable: true }) faultFen!: Fen | null;
  @InstantColumn({ nullable: true }) issuedAt!: Date | null;
}

export const STATEMENT_LINE_KINDS = [
  'SALE',
  'RELEASE',
  'REFUND',
  'REFUND_FAILED',
  'FEE',
  'FEE_RETURNED',
  'CLAWBACK',
  'DISPUTE',
  'POOL',
  'PAYOUT',
  'PAYOUT_RETURNED',
  'ADJUSTMENT',
  'OTHER',
] as const;
export type StatementLineKind = (typeof STATEMENT_LINE_KINDS)[number];

/** What one journal did to the payee's accounts; a sale is as many lines as the order has goods of theirs. */
@Entity('statement_line')
export class StatementLine {
  @IdColumn({ primary: true }) statementId!: StatementId;
  @IdColumn({ primary: true }) journalId!: string;
  @Column('int', { primary: true }) partNo!: number;
  /** Of monthly ones only, so that each journal stands in one month at most. */
  @IdColumn({ nullable: true }) chainedPayeeId!: string | null;
  @WordColumn() kind!: StatementLineKind;
  @Column('varchar', { length: 48 }) journalKind!: string;
  @Column('varchar', { length: 80 }) subject!: string;
  @IdColumn() orderId!: string;
  @Column('varchar', { length: 200 }) wording!: string;
  @FenColumn({ nullable: true }) grossFen!: Fen | null;
  @FenColumn() heldFen!: Fen;
  @FenColumn() availableFen!: Fen;
  @FenColumn() owedFen!: Fen;
  @InstantColumn() effectiveAt!: Date;
  /** The platform's part of the same goods; null where it is of none. */
  @FenColumn({ nullable: true }) feeFen!: Fen | null;
  /** It took effect before the period and was written down after the month's statement. */
  @Column('boolean') isLate!: boolean;
}

/** What the lines add up to, checked against the books. */
@Entity('statement_balance')
export class StatementBalance {
  @IdColumn({ primary: true }) statementId!: StatementId;
  @FenColumn() heldOpeningFen!: Fen;
  @FenColumn() availableOpeningFen!: Fen;
  @FenColumn() owedOpeningFen!: Fen;
  @FenColumn() heldClosingFen!: Fen;
  @FenColumn() availableClosingFen!: Fen;
  @FenColumn() owedClosingFen!: Fen;
  @Column('int') lineCount!: number;
  @IdColumn() nextJournalId!: string;
  @InstantColumn() checkedAt!: Date;
}

/** What the lines of a checked statement come to, kind by kind, so that nobody adds them up who only looks. */
@Entity('statement_total')
export class StatementTotal {
  @IdColumn({ primary: true }) statementId!: StatementId;
  @WordColumn({ primary: true }) kind!: StatementLineKind;
  @Column('int') lineCount!: number;
  /** Of the goods; 0 where there are none. */
  @FenColumn() grossFen!: Fen;
  @FenColumn() heldFen!: Fen;
  @FenColumn() availableFen!: Fen;
  @FenColumn() owedFen!: Fen;
}

/** What an edition says besides figures, fixed before it is printed, so that it can be printed again. */
@Entity('statement_document')
export class StatementDocument {
  @IdColumn({ primary: true }) statementId!: StatementId;
  @Column('int', { primary: true }) rev!: number;
  /** A household's is its id. */
  @Column('varchar', { length: 160 }) payeeName!: string;
  @Column('date', { nullable: true }) checkpointDay!: string | null;
  @BigintColumn({ nullable: true }) checkpointSize!: bigint | null;
  /** In hex. */
  @Column('char', { length: 64, nullable: true }) checkpointRoot!: string | null;
  @IdColumn({ nullable: true }) provenJournalId!: string | null;
  @Column('text', { nullable: true }) qrText!: string | null;
  @InstantColumn() datedAt!: Date;
}

export const STATEMENT_FORMATS = ['PDF', 'CSV'] as const;
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

/** Where the bytes are, and what they must be. */
@Entity('statement_file')
export class StatementFile {
  @IdColumn({ primary: true }) statementId!: StatementId;
  @Column('int', { primary: true }) rev!: number;
  @WordColumn({ primary: true }) format!: StatementFormat;
  @Column('varchar', { length: 120 }) name!: string;
  @Column('char', { length: 64 }) sha256!: string;
  @Column('int') sizeBytes!: number;
  @InstantColumn() madeAt!: Date;
}

/** Who gets a statement of a month, account by account. */
@Entity('statement_run')
export class StatementRun {
  @Column('char', { primary: true, length: 7 }) month!: string;
  @Column('varchar', { length: 160 }) reachedCode!: string;
  @Column('int') statementCount!: number;
  @InstantColumn() startedAt!: Date;
  @InstantColumn({ nullable: true }) finishedAt!: Date | null;
}
