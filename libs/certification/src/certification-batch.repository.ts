import { Injectable } from '@nestjs/common';
import type { CertificationId } from '#libs/catalog';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  CertificationBatch,
  type CertificationRecheck,
  type CertificationRevocation,
} from './certification-batch.entity.js';

@Injectable()
export class CertificationBatchRepository {
  /** Throws on the unique key when this person has announced under the key before. */
  async insert(tx: Tx, batch: CertificationBatch): Promise<void> {
    await tx.manager.insert(CertificationBatch, batch);
  }

  byKey(tx: Tx, issuedBy: IdOf<'usr'>, idempotencyKey: string): Promise<CertificationBatch | null> {
    return tx.manager.findOneBy(CertificationBatch, { issuedBy, idempotencyKey });
  }

  /** Under the lock of the entry. */
  async isRechecked(tx: Tx, certificationId: CertificationId, dueAt: Date): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM certification_recheck WHERE certification_id = ? AND due_at = ?',
      [certificationId, dueAt],
    );
    return rows.length > 0;
  }

  async insertRecheck(
    tx: Tx,
    recheck: Pick<CertificationRecheck, keyof CertificationRecheck>,
  ): Promise<void> {
    await tx.insert('certification_recheck', [{ ...recheck }]);
  }

  async insertRevocation(
    tx: Tx,
    revocation: Pick<CertificationRevocation, keyof CertificationRevocation>,
  ): Promise<void> {
    await tx.insert('certification_revocation', [{ ...revocation }]);
  }
}
