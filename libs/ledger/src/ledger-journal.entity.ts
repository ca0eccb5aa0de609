import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { BigintColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { LedgerAccountId } from './ledger-account.entity.js';

export type LedgerJournalId = IdOf<'jrn'>;

/** POSTED moves at once. PENDING sets aside; POST moves what was set aside, VOID and EXPIRE release it. */
export const LEDGER_PHASES = ['POSTED', 'PENDING', 'POST', 'VOID', 'EXPIRE'] as const;
export type LedgerPhase = (typeof LEDGER_PHASES)[number];

/** What one business fact moves. Written once, never changed: a mistake is corrected by a journal the other way. */
@Entity('ledger_journal')
export class LedgerJournal {
  @IdColumn({ primary: true }) id!: LedgerJournalId;
  @Column('varchar', { length: 190 }) idempotencyKey!: string;
  @Column('binary', { length: 32 }) requestHash!: Buffer;
  @Column('varchar', { length: 48 }) kind!: string;
  @Column('varchar', { length: 80 }) subject!: string;
  @IdColumn({ nullable: true }) eventId!: string | null;
  /** When it happened, by the clock of the business: never later than when it is said. */
  @InstantColumn() effectiveAt!: Date;
  /** When it was written, by the database's own clock: the services' account cannot say it. */
  @InstantColumn({ default: () => 'CURRENT_TIMESTAMP(6)' }) recordedAt!: Date;
  @WordColumn({ default: 'POSTED' }) phase!: LedgerPhase;
  @IdColumn({ nullable: true }) pendingJournalId!: LedgerJournalId | null;
  @IdColumn({ nullable: true }) reversesJournalId!: LedgerJournalId | null;
}

/** A positive amount from one account to one other, so an unbalanced entry cannot be written down. */
@Entity('ledger_transfer')
export class LedgerTransfer {
  @IdColumn({ primary: true }) journalId!: LedgerJournalId;
  @Column('int', { primary: true }) lineNo!: number;
  @IdColumn() debitAccountId!: LedgerAccountId;
  @IdColumn() creditAccountId!: LedgerAccountId;
  @FenColumn() amountFen!: Fen;
  @BigintColumn({ nullable: true }) debitVersion!: bigint | null;
  @BigintColumn({ nullable: true }) creditVersion!: bigint | null;
  /** Set aside and not moved: counted in no balance. */
  @Column('boolean', { default: false }) isPending!: boolean;
  @Column('int', { nullable: true }) reversesLineNo!: number | null;
}
