import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Merchant, type MerchantState } from './merchant.entity.js';

@Injectable()
export class MerchantRepository {
  async insert(tx: Tx, merchant: Merchant): Promise<void> {
    await tx.manager.insert(Merchant, merchant);
  }

  /** False if the merchant is in none of the states it may come from. */
  async moveState(tx: Tx, id: string, from: readonly MerchantState[], to: MerchantState): Promise<boolean> {
    return (
      (await tx.write('UPDATE merchant SET state = ? WHERE id = ? AND state IN (?)', [to, id, from])) === 1
    );
  }
}
