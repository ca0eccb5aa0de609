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

  async setPasswordHash(tx: Tx, id: UserId, passwordHash: string): Promise<void> {
    await tx.write('UPDATE user_account SET password_hash = ? WHERE id = ?', [passwordHash, id]);
  }
}
