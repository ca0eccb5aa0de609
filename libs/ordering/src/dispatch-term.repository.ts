import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { DispatchTerm } from './dispatch-term.entity.js';

@Injectable()
export class DispatchTermRepository {
  async set(
    tx: Tx,
    { merchantId, days, setBy, setAt }: Pick<DispatchTerm, keyof DispatchTerm>,
  ): Promise<void> {
    await tx.write(
      `INSERT INTO dispatch_term (merchant_id, days, set_by, set_at) VALUES (?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE days = ?, set_by = ?, set_at = ?`,
      [merchantId, days, setBy, setAt, days, setBy, setAt],
    );
  }
}
