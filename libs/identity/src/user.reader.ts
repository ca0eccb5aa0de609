import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { LocaleWord } from './preference.rules.js';
import type { UserId } from './user.entity.js';

export interface UserRow {
  readonly id: UserId;
  readonly phone: string;
  readonly displayName: string;
  readonly hasPassword: boolean;
  /** Null while they have not said. */
  readonly locale: LocaleWord | null;
  readonly isElderMode: boolean;
}

@Injectable()
export class UserReader {
  constructor(private readonly database: Database) {}

  /** Null also for whoever has been deleted. A caller with an open transaction hands it on. */
  async byId(id: string, on: Pick<Tx, 'query'> = this.database): Promise<UserRow | null> {
    const [row] = await on.query<
      Omit<UserRow, 'hasPassword' | 'isElderMode'> & { hasPassword: number; isElderMode: number }
    >(
      `SELECT id, phone, display_name AS displayName, password_hash IS NOT NULL AS hasPassword,
         locale, is_elder_mode AS isElderMode
       FROM user_account WHERE id = ? AND deleted_at IS NULL`,
      [id],
    );
    return row ? { ...row, hasPassword: row.hasPassword === 1, isElderMode: row.isElderMode === 1 } : null;
  }

  /** In any order; who is not there is left out. */
  phonesOf(
    ids: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<Pick<UserRow, 'id' | 'phone' | 'locale'>[]> {
    return on.query('SELECT id, phone, locale FROM user_account WHERE id IN (?) AND deleted_at IS NULL', [
      ids,
    ]);
  }

  namesOf(ids: readonly string[]): Promise<Pick<UserRow, 'id' | 'displayName'>[]> {
    return this.database.query('SELECT id, display_name AS displayName FROM user_account WHERE id IN (?)', [
      ids,
    ]);
  }
}
