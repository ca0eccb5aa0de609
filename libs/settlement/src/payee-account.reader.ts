import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { PayeeAccount, PayeeAccountState } from './payee-account.entity.js';

/** Everything but the number. */
export type PayeeAccountRow = Omit<PayeeAccount, 'numberCipher' | 'keyId' | 'currentOf' | 'idempotencyKey'>;

const SELECT = `SELECT id, payee_kind AS payeeKind, payee_id AS payeeId, method, account_name AS accountName, bank_name AS bankName,
  bank_code AS bankCode, last_four AS lastFour, state, proposed_by AS proposedBy, proposed_at AS proposedAt,
  verified_by AS verifiedBy, verified_at AS verifiedAt, verified_how AS verifiedHow, evidence, block_reason AS blockReason
  FROM payee_account`;

@Injectable()
export class PayeeAccountReader {
  constructor(private readonly database: Database) {}

  async byIds(ids: readonly string[]): Promise<PayeeAccountRow[]> {
    if (ids.length === 0) return [];
    return this.database.query<PayeeAccountRow>(`${SELECT} WHERE id IN (?)`, [ids]);
  }

  /** The accounts that money of these payees goes to now, whatever their state. */
  async currentOf(
    payeeIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<PayeeAccountRow[]> {
    if (payeeIds.length === 0) return [];
    return on.query<PayeeAccountRow>(`${SELECT} WHERE current_of IN (?)`, [payeeIds]);
  }

  /** The longest waiting first. */
  async page(state: PayeeAccountState | null, { first, after }: PageRequest): Promise<Page<PayeeAccountRow>> {
    const where = ['id > ?'];
    const values: SqlValue[] = [after?.[0] ?? ''];
    if (state) {
      where.push('state = ?');
      values.push(state);
    }
    const rows = await this.database.query<PayeeAccountRow>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, (row) => [row.id]);
  }
}
