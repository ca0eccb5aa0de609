import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import {
  Partner,
  type PartnerId,
  PartnerKey,
  type PartnerKeyId,
  type PartnerState,
} from './partner.entity.js';

@Injectable()
export class PartnerRepository {
  /** Throws on the unique key when the code is taken. */
  async insert(tx: Tx, partner: Partner): Promise<void> {
    await tx.manager.insert(Partner, partner);
  }

  /** The lock by which a partner's keys are changed one after the other. */
  lock(tx: Tx, id: string): Promise<Partner | null> {
    return tx.manager.findOne(Partner, {
      where: { id: id as PartnerId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async setState(tx: Tx, id: PartnerId, state: PartnerState): Promise<void> {
    await tx.manager.update(Partner, { id }, { state });
  }

  async insertKey(tx: Tx, key: PartnerKey): Promise<void> {
    await tx.manager.insert(PartnerKey, key);
  }

  async countKeysInForce(tx: Tx, partnerId: PartnerId): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM partner_key WHERE partner_id = ? AND revoked_at IS NULL',
      [partnerId],
    );
    return Number(row?.n ?? 0);
  }

  /** False if it is not that partner's key. Revoked twice is revoked at the first time. */
  async revokeKey(tx: Tx, partnerId: PartnerId, keyId: PartnerKeyId, at: Date): Promise<boolean> {
    const matched = await tx.write(
      'UPDATE partner_key SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ? AND partner_id = ?',
      [at, keyId, partnerId],
    );
    return matched === 1;
  }
}
