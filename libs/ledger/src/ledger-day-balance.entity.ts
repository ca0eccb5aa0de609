import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { FenColumn, IdColumn } from '#platform/database';
import type { LedgerAccountId } from './ledger-account.entity.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';

/** All that had been posted to an account by the end of a business day, by when it took effect. Days without movement have no row. */
@Entity('ledger_day_balance')
export class LedgerDayBalance {
  @IdColumn({ primary: true }) accountId!: LedgerAccountId;
  @Column('date', { primary: true }) day!: string;
  @FenColumn() debitsFen!: Fen;
  @FenColumn() creditsFen!: Fen;
}

/** A journal that has been posted and is in no balance of a day yet. */
@Entity('ledger_day_waiting')
export class LedgerDayWaiting {
  @IdColumn({ primary: true }) journalId!: LedgerJournalId;
  @Column('date') day!: string;
}

/** Held by whoever adds up balances of days. */
@Entity('ledger_gate')
export class LedgerGate {
  @Column('varchar', { primary: true, length: 32 }) name!: string;
}
