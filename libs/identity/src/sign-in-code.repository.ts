import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { SignInCode } from './sign-in-code.entity.js';

@Injectable()
export class SignInCodeRepository {
  /** When the phone got its last codes, newest first. */
  async issuedSince(tx: Tx, phone: string, since: Date, limit: number): Promise<Date[]> {
    const rows = await tx.query<{ createdAt: Date }>(
      `SELECT created_at AS createdAt FROM sign_in_code WHERE phone = ? AND created_at > ? ORDER BY created_at DESC LIMIT ?`,
      [phone, since, limit],
    );
    return rows.map((row) => row.createdAt);
  }

  async insert(tx: Tx, code: SignInCode): Promise<void> {
    await tx.manager.insert(SignInCode, code);
  }

  /** Only the latest code counts. Locked, so that guesses are counted and a code is consumed one after the other. */
  async lockLatest(tx: Tx, phone: string): Promise<SignInCode | null> {
    return tx.manager.findOne(SignInCode, {
      where: { phone },
      order: { createdAt: 'DESC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async forget(tx: Tx, phone: string): Promise<void> {
    await tx.write('DELETE FROM sign_in_code WHERE phone = ?', [phone]);
  }

  async countFailure(tx: Tx, id: SignInCode['id']): Promise<void> {
    await tx.write('UPDATE sign_in_code SET failed_attempts = failed_attempts + 1 WHERE id = ?', [id]);
  }

  async consume(tx: Tx, id: SignInCode['id'], at: Date): Promise<void> {
    await tx.write('UPDATE sign_in_code SET consumed_at = ? WHERE id = ?', [at, id]);
  }
}
