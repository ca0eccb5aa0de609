import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { BigintColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type LedgerAccountId = IdOf<'acc'>;

export const LEDGER_ACCOUNT_TYPES = ['asset', 'liability', 'equity', 'revenue', 'expense'] as const;
export type LedgerAccountType = (typeof LEDGER_ACCOUNT_TYPES)[number];

export const LEDGER_SIDES = ['debit', 'credit'] as const;
export type LedgerSide = (typeof LEDGER_SIDES)[number];

/** LOCKED keeps its balance in its row, under a lock; DEFERRED is summed from transfers, because everybody writes to it at once. */
export const BALANCE_MODES = ['LOCKED', 'DEFERRED'] as const;
export type BalanceMode = (typeof BALANCE_MODES)[number];

export const LEDGER_ACCOUNT_STATES = ['OPEN', 'FROZEN', 'CLOSED'] as const;
export type LedgerAccountState = (typeof LEDGER_ACCOUNT_STATES)[number];

/** The four sums and the version are kept for LOCKED accounts only; those of DEFERRED accounts stay at zero. */
@Entity('ledger_account')
export class LedgerAccount {
  @IdColumn({ primary: true }) id!: LedgerAccountId;
  @Column('varchar', { length: 160 }) code!: string;
  @WordColumn() type!: LedgerAccountType;
  @WordColumn() normalSide!: LedgerSide;
  @WordColumn() balanceMode!: BalanceMode;
  @Column('boolean') hasFloor!: boolean;
  @FenColumn({ default: 0 }) debitsPostedFen!: Fen;
  @FenColumn({ default: 0 }) creditsPostedFen!: Fen;
  @FenColumn({ default: 0 }) debitsPendingFen!: Fen;
  @FenColumn({ default: 0 }) creditsPendingFen!: Fen;
  @BigintColumn({ default: 0 }) version!: bigint;
  @WordColumn() state!: LedgerAccountState;
  @InstantColumn() createdAt!: Date;
}
