import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { AccountDeletionId } from './account-deletion.entity.js';

export interface OpenDeletion {
  readonly id: AccountDeletionId;
  readonly requestedAt: Date;
  /** Not before then; later while something is open. */
  readonly dueAt: Date;
}

@Injectable()
export class AccountDeletionReader {
  constructor(private readonly database: Database) {}

  /** Null unless they have asked for it and not thought better of it. */
  async openOf(userId: string): Promise<OpenDeletion | null> {
    const [row] = await this.database.query<OpenDeletion>(
      'SELECT id, requested_at AS requestedAt, due_at AS dueAt FROM account_deletion WHERE open_of = ?',
      [userId],
    );
    return row ?? null;
  }
}
