import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import type { Tx } from '#platform/database';
import { MerchantClosure, type MerchantClosureId } from './merchant-closure.entity.js';

/** Under the lock of the merchant, by which everything that becomes of it takes turns. */
@Injectable()
export class MerchantClosureRepository {
  async insert(tx: Tx, closure: MerchantClosure): Promise<void> {
    await tx.manager.insert(MerchantClosure, closure);
  }

  /** The latest, whatever became of it. */
  async latestOf(tx: Tx, merchantId: MerchantId): Promise<MerchantClosure | null> {
    return tx.manager.findOne(MerchantClosure, { where: { merchantId }, order: { id: 'DESC' } });
  }

  /** An office asks for what an owner has asked for: from now on it is the office's. */
  async takeOver(
    tx: Tx,
    id: MerchantClosureId,
    { reason, askedBy, askedAt }: Pick<MerchantClosure, 'reason' | 'askedBy' | 'askedAt'>,
  ): Promise<void> {
    await tx.write(
      `UPDATE merchant_closure SET asked_as = 'OFFICE', reason = ?, asked_by = ?, asked_at = ? WHERE id = ?`,
      [reason, askedBy, askedAt, id],
    );
  }

  async reopen(tx: Tx, id: MerchantClosureId, by: IdOf<'usr'>, at: Date, reason: string): Promise<void> {
    await tx.write(
      `UPDATE merchant_closure SET state = 'REOPENED', open_merchant_id = NULL, ended_by = ?, ended_at = ?, ended_reason = ? WHERE id = ?`,
      [by, at, reason, id],
    );
  }

  async finish(tx: Tx, id: MerchantClosureId, by: IdOf<'usr'>, at: Date, keptUntil: string): Promise<void> {
    await tx.write(
      `UPDATE merchant_closure SET state = 'FINAL', open_merchant_id = NULL, ended_by = ?, ended_at = ?, papers_kept_until = ? WHERE id = ?`,
      [by, at, keptUntil, id],
    );
  }
}
