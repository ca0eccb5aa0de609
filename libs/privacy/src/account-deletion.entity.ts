import { Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type AccountDeletionId = IdOf<'del'>;

export const ACCOUNT_DELETION_STATES = ['REQUESTED', 'WITHDRAWN', 'DONE'] as const;
export type AccountDeletionState = (typeof ACCOUNT_DELETION_STATES)[number];

/** Somebody's wish to be forgotten, and what became of it. */
@Entity('account_deletion')
export class AccountDeletion {
  @IdColumn({ primary: true }) id!: AccountDeletionId;
  @IdColumn() userId!: IdOf<'usr'>;
  @WordColumn() state!: AccountDeletionState;
  /** The person while it is open. */
  @IdColumn({ nullable: true }) openOf!: IdOf<'usr'> | null;
  @InstantColumn() requestedAt!: Date;
  @InstantColumn() dueAt!: Date;
  /** When the clock looks again. */
  @InstantColumn() nextTryAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
