import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { MerchantApplicationAccount } from './merchant-application-account.entity.js';
import type { MerchantApplicationId } from './merchant-application.entity.js';

/** Each under the lock of its application. */
@Injectable()
export class MerchantApplicationAccountRepository {
  of(tx: Tx, applicationId: MerchantApplicationId): Promise<MerchantApplicationAccount | null> {
    return tx.manager.findOneBy(MerchantApplicationAccount, { applicationId });
  }

  /** In the place of what was said before. */
  async put(tx: Tx, account: MerchantApplicationAccount): Promise<void> {
    await this.remove(tx, [account.applicationId]);
    await tx.manager.insert(MerchantApplicationAccount, account);
  }

  async remove(tx: Tx, applicationIds: readonly MerchantApplicationId[]): Promise<void> {
    if (applicationIds.length > 0)
      await tx.write('DELETE FROM merchant_application_account WHERE application_id IN (?)', [
        applicationIds,
      ]);
  }

  async forgetNumber(tx: Tx, applicationId: MerchantApplicationId): Promise<void> {
    await tx.write(
      'UPDATE merchant_application_account SET number_cipher = NULL, key_id = NULL WHERE application_id = ?',
      [applicationId],
    );
  }
}
