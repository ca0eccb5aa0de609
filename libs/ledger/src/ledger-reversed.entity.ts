import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { FenColumn, IdColumn } from '#platform/database';
import type { LedgerJournalId } from './ledger-journal.entity.js';

/** How much of a transfer has been taken back by journals the other way; never more than it moved. */
@Entity('ledger_reversed')
export class LedgerReversed {
  @IdColumn({ primary: true }) journalId!: LedgerJournalId;
  @Column('int', { primary: true }) lineNo!: number;
  @FenColumn() amountFen!: Fen;
  @FenColumn() reversedFen!: Fen;
}
