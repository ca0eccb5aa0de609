import { Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { LedgerJournalId } from './ledger-journal.entity.js';

export const PENDING_STATES = ['PENDING', 'POSTED', 'VOIDED', 'EXPIRED'] as const;
export type PendingState = (typeof PENDING_STATES)[number];

/** Where a pending journal stands. It ends once: by the journal that posts, voids or expires it. */
@Entity('ledger_pending')
export class LedgerPending {
  @IdColumn({ primary: true }) journalId!: LedgerJournalId;
  @FenColumn() amountFen!: Fen;
  @WordColumn() state!: PendingState;
  @FenColumn({ default: 0 }) postedFen!: Fen;
  @InstantColumn({ nullable: true }) expiresAt!: Date | null;
  @IdColumn({ nullable: true }) resolvedByJournalId!: LedgerJournalId | null;
}
