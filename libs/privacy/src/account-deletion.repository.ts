import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { AccountDeletion, AccountDeletionId } from './account-deletion.entity.js';

export type DueDeletion = Pick<AccountDeletion, 'id' | 'userId'>;

@Injectable()
export class AccountDeletionRepository {
  constructor(private readonly database: Database) {}

  /** Fails on the unique key while another one of the same person is open. */
  async insert(tx: Tx, deletion: { [Key in keyof AccountDeletion]: AccountDeletion[Key] }): Promise<void> {
    await tx.insert('account_deletion', [deletion]);
  }

  /** False if none is open. */
  async withdraw(tx: Tx, userId: string, at: Date): Promise<boolean> {
    const matched = await tx.write(
      "UPDATE account_deletion SET state = 'WITHDRAWN', open_of = NULL, ended_at = ? WHERE open_of = ?",
      [at, userId],
    );
    return matched === 1;
  }

  /** What has waited longest first. Looked up without a lock: whoever finishes one locks it. */
  due(now: Date, limit: number): Promise<DueDeletion[]> {
    return this.database.query<DueDeletion>(
      `SELECT id, user_id AS userId FROM account_deletion
       WHERE state = 'REQUESTED' AND next_try_at <= ? ORDER BY next_try_at, id LIMIT ?`,
      [now, limit],
    );
  }

  async putOff(tx: Tx, id: AccountDeletionId, until: Date): Promise<void> {
    await tx.write("UPDATE account_deletion SET next_try_at = ? WHERE id = ? AND state = 'REQUESTED'", [
      until,
      id,
    ]);
  }

  /** False if it was withdrawn, or finished by another clock, meanwhile. Its row stays locked until the person is gone. */
  async finish(tx: Tx, id: AccountDeletionId, at: Date): Promise<boolean> {
    const matched = await tx.write(
      "UPDATE account_deletion SET state = 'DONE', open_of = NULL, ended_at = ? WHERE id = ? AND state = 'REQUESTED'",
      [at, id],
    );
    return matched === 1;
  }
}
