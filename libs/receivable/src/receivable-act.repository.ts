import { Injectable } from '@nestjs/common';
import { type Tx, unlessTaken } from '#platform/database';
import { ReceivableAct, type ReceivableActId } from './receivable-act.entity.js';
import type { ActRow } from './receivable-act.rules.js';

@Injectable()
export class ReceivableActRepository {
  byKey(tx: Tx, requestedBy: ActRow['requestedBy'], idempotencyKey: string): Promise<ActRow | null> {
    return tx.manager.findOneBy(ReceivableAct, { requestedBy, idempotencyKey });
  }

  byPaybackRef(tx: Tx, paybackRef: string): Promise<ActRow | null> {
    return tx.manager.findOneBy(ReceivableAct, { paybackRef });
  }

  lock(tx: Tx, id: ReceivableActId): Promise<ActRow | null> {
    return tx.manager.findOne(ReceivableAct, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** The same key, or number of the bank, at the same moment begins again, and finds the other's. */
  async insert(tx: Tx, act: ActRow): Promise<void> {
    await unlessTaken('the same act was asked for meanwhile', () => tx.manager.insert(ReceivableAct, act));
  }

  /** What has not been paid back leaves its number to whoever asks again. */
  async decide(tx: Tx, id: ReceivableActId, state: ActRow['state'], decidedAt: Date): Promise<void> {
    const freed = state === 'POSTED' ? {} : { paybackRef: null };
    await tx.manager.update(ReceivableAct, { id }, { state, decidedAt, ...freed });
  }
}
