import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { type Tx, isDuplicate, unlessTaken } from '#platform/database';
import type { AccountProof, PayeeAccountRecord, PayeeAccountId } from './payee-account.entity.js';

const SELECT = `SELECT id, payee_kind AS payeeKind, payee_id AS payeeId, current_of AS currentOf, method, account_name AS accountName,
  bank_name AS bankName, bank_code AS bankCode, number_cipher AS numberCipher, key_id AS keyId, last_four AS lastFour, state,
  proposed_by AS proposedBy, proposed_at AS proposedAt, idempotency_key AS idempotencyKey, verified_by AS verifiedBy,
  verified_at AS verifiedAt, verified_how AS verifiedHow, evidence, block_reason AS blockReason FROM payee_account`;

@Injectable()
export class PayeeAccountRepository {
  async byKey(tx: Tx, proposedBy: string, idempotencyKey: string): Promise<PayeeAccountRecord | null> {
    const [row] = await tx.query<PayeeAccountRecord>(
      `${SELECT} WHERE proposed_by = ? AND idempotency_key = ?`,
      [proposedBy, idempotencyKey],
    );
    return row ?? null;
  }

  async lock(tx: Tx, id: string): Promise<PayeeAccountRecord | null> {
    const [row] = await tx.query<PayeeAccountRecord>(`${SELECT} WHERE id = ? FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** With their ciphers, for the file; in the order of ids. Locked, so that nobody replaces one while the file is made. */
  lockByIds(tx: Tx, ids: readonly string[]): Promise<PayeeAccountRecord[]> {
    return tx.query<PayeeAccountRecord>(`${SELECT} WHERE id IN (?) ORDER BY id FOR UPDATE`, [ids]);
  }

  /** Two proposals for one payee at once: the unique key lets one through, and the other begins again behind it. */
  async replace(tx: Tx, account: PayeeAccountRecord): Promise<void> {
    await tx.write("UPDATE payee_account SET state = 'REPLACED', current_of = NULL WHERE current_of = ?", [
      account.payeeId,
    ]);
    await unlessTaken('another account of the payee came first', () =>
      tx.insert('payee_account', [{ ...account }]),
    );
  }

  /**
   * False where the payee has an account, verified or not: that one stays. The unique key says so, and waits for whoever is writing one; had it been looked
   * for first, one said meanwhile would not be seen, and be replaced.
   */
  async insertFirst(tx: Tx, account: PayeeAccountRecord): Promise<boolean> {
    try {
      await tx.insert('payee_account', [{ ...account }]);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async verify(
    tx: Tx,
    id: PayeeAccountId,
    proof: {
      readonly by: IdOf<'usr'>;
      readonly how: AccountProof;
      readonly evidence: string;
      readonly at: Date;
    },
  ): Promise<void> {
    await tx.write(
      `UPDATE payee_account SET state = 'VERIFIED', verified_by = ?, verified_how = ?, evidence = ?, verified_at = ? WHERE id = ?`,
      [proof.by, proof.how, proof.evidence, proof.at, id],
    );
  }

  async block(tx: Tx, id: PayeeAccountId, reason: string): Promise<void> {
    await tx.write("UPDATE payee_account SET state = 'BLOCKED', block_reason = ? WHERE id = ?", [reason, id]);
  }
}
