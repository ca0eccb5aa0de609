import { Injectable } from '@nestjs/common';
import { RetryTransaction, type Tx, isDuplicate } from '#platform/database';
import { ReceivableAct, type ReceivableActId } from './receivable-act.entity.js';
import type { ActRow } from './receivable-act.rules.js';

@Injectable()
export class ReceivableActRepository {
  byKey(tx: Tx, requestedBy: ActRow['requestedBy'], idempotencyKey: string): Promise<ActRow | null> {
    return tx.manager.findOneBy(ReceivableAct, { requestedBy, idempotencyKey });
  }

  lock(tx: Tx, id: ReceivableActId): Promise<ActRow | null> {
    return tx.manager.findOne(ReceivableAct, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** The same key at the same moment begins again, and finds the other's. */
  async insert(tx: Tx, act: ActRow): Promise<void> {
    try {
      await tx.manager.insert(ReceivableAct, act);
    } catch (error) {
      if (isDuplicate(error)) throw new RetryTransaction('the same act was asked for meanwhile');
      throw error;
    }
  }

  async decide(tx: Tx, id: ReceivableActId, state: ActRow['state'], decidedAt: Date): Promise<void> {
    await tx.manager.update(ReceivableAct, { id }, { state, decidedAt });
  }
}
