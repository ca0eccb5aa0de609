import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { User, type UserId } from './user.entity.js';

@Injectable()
export class UserRepository {
  async byId(tx: Tx, id: UserId): Promise<User | null> {
    return tx.manager.findOneBy(User, { id });
  }

  async byPhone(tx: Tx, phone: string): Promise<User | null> {
    return tx.manager.findOneBy(User, { phone });
  }

  /** Locked, so that attempts at one person's password are counted one after the other. */
  async lockByPhone(tx: Tx, phone: string): Promise<User | null> {
    return tx.manager.findOne(User, { where: { phone }, lock: { mode: 'pessimistic_write' } });
  }

  /** Locked, so that two changes of one password follow each other. */
  async lock(tx: Tx, id: UserId): Promise<User | null> {
    return tx.manager.findOne(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, user: User): Promise<void> {
    await tx.manager.insert(User, user);
  }

  /** The name is nobody's; the phone is free. */
  async forget(tx: Tx, id: UserId, at: Date): Promise<void> {
    await tx.write(
      `UPDATE user_account SET phone = NULL, display_name = ?, password_hash = NULL, locale = NULL,
         is_elder_mode = FALSE, deleted_at = ? WHERE id = ?`,
      ['已注销用户', at, id],
    );
  }

  /** False for whoever is not known, or no longer. */
  async setPreferences(
    tx: Tx,
    id: UserId,
    { locale, isElderMode }: Pick<User, 'locale' | 'isElderMode'>,
  ): Promise<boolean> {
    const matched = await tx.write(
      'UPDATE user_account SET locale = ?, is_elder_mode = ? WHERE id = ? AND deleted_at IS NULL',
      [locale, isElderMode, id],
    );
    return matched === 1;
  }

  /** Fails on the unique key if somebody has it. */
  async setPhone(tx: Tx, id: UserId, phone: string): Promise<void> {
    await tx.write('UPDATE user_account SET phone = ? WHERE id = ?', [phone, id]);
  }

  async setPasswordHash(tx: Tx, id: UserId, passwordHash: string): Promise<void> {
    await tx.write('UPDATE user_account SET password_hash = ? WHERE id = ?', [passwordHash, id]);
  }
}
