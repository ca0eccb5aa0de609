import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { withinScope } from '#libs/division';
import type { MerchantSuspension } from './merchant-suspension.entity.js';
import { Merchant, type MerchantId, type MerchantState } from './merchant.entity.js';

export type LockedMerchant = Pick<
  Merchant,
  'id' | 'kind' | 'state' | 'countyCode' | 'processedFood' | 'licensedUntil'
>;

@Injectable()
export class MerchantRepository {
  async insert(tx: Tx, merchant: Merchant): Promise<void> {
    await tx.manager.insert(Merchant, merchant);
  }

  async isRegistered(tx: Tx, creditCode: string): Promise<boolean> {
    const rows = await tx.query<{ id: string }>('SELECT id FROM merchant WHERE credit_code = ?', [
      creditCode,
    ]);
    return rows.length > 0;
  }

  /** Whoever puts something of it on sale waits until it is decided whether it may sell. Null outside of the divisions. */
  async lockWithin(tx: Tx, id: string, scope: readonly string[] | 'ALL'): Promise<LockedMerchant | null> {
    const { sql, values } = withinScope('county_code', scope);
    const [row] = await tx.query<LockedMerchant>(
      `SELECT id, kind, state, county_code AS countyCode, processed_food AS processedFood, licensed_until AS licensedUntil
       FROM merchant WHERE id = ? AND ${sql} FOR UPDATE`,
      [id, ...values],
    );
    return row ?? null;
  }

  async setLicensedUntil(tx: Tx, id: MerchantId, licensedUntil: string | null): Promise<void> {
    await tx.write('UPDATE merchant SET licensed_until = ?, licence_due_on = ? WHERE id = ?', [
      licensedUntil,
      licensedUntil,
      id,
    ]);
  }

  /** Whose last day is over and whose goods have not followed; each once, however many look at once. */
  async takeEnded(tx: Tx, today: string, limit: number): Promise<MerchantId[]> {
    const rows = await tx.query<{ id: MerchantId }>(
      'SELECT id FROM merchant WHERE licence_due_on < ? ORDER BY licence_due_on LIMIT ? FOR UPDATE SKIP LOCKED',
      [today, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await tx.write('UPDATE merchant SET licence_due_on = NULL WHERE id IN (?)', [ids]);
    return ids;
  }

  async insertSuspension(
    tx: Tx,
    suspension: Pick<MerchantSuspension, keyof MerchantSuspension>,
  ): Promise<void> {
    await tx.insert('merchant_suspension', [{ ...suspension }]);
  }

  async endSuspension(tx: Tx, merchantId: MerchantId, by: string, at: Date): Promise<void> {
    await tx.write(
      'UPDATE merchant_suspension SET reinstated_by = ?, reinstated_at = ? WHERE merchant_id = ? AND reinstated_at IS NULL',
      [by, at, merchantId],
    );
  }

  /** False if the merchant is in none of the states it may come from. */
  async moveState(tx: Tx, id: string, from: readonly MerchantState[], to: MerchantState): Promise<boolean> {
    return (
      (await tx.write('UPDATE merchant SET state = ? WHERE id = ? AND state IN (?)', [to, id, from])) === 1
    );
  }
}
