import { Injectable } from '@nestjs/common';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import { SELECT_CHANGES, changeOf } from './payout-policy.reader.js';
import type { PolicyChangeRow } from './payout-policy.rules.js';

@Injectable()
export class PayoutPolicyRepository {
  byKey(tx: Tx, proposedBy: string, key: string): Promise<PolicyChangeRow | null> {
    return this.one(tx, 'WHERE proposed_by = ? AND idempotency_key = ?', [proposedBy, key]);
  }

  lock(tx: Tx, id: string): Promise<PolicyChangeRow | null> {
    return this.one(tx, 'WHERE id = ? FOR UPDATE', [id]);
  }

  /** The same key at the same moment begins again, and finds the other's. */
  async insert(tx: Tx, change: PolicyChangeRow): Promise<void> {
    await unlessTaken('the same change was proposed meanwhile', () =>
      tx.insert('payout_policy_change', [{ ...change }]),
    );
  }

  async decide(
    tx: Tx,
    id: string,
    { state, decidedAt }: Pick<PolicyChangeRow, 'state' | 'decidedAt'>,
  ): Promise<void> {
    await tx.write('UPDATE payout_policy_change SET state = ?, decided_at = ? WHERE id = ?', [
      state,
      decidedAt,
      id,
    ]);
  }

  private async one(tx: Tx, where: string, values: readonly SqlValue[]): Promise<PolicyChangeRow | null> {
    const [row] = await tx.query<Parameters<typeof changeOf>[0]>(`${SELECT_CHANGES} ${where}`, values);
    return row ? changeOf(row) : null;
  }
}
