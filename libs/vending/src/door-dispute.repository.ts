import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { DoorDispute, type DoorDisputeState } from './door-dispute.entity.js';
import type { DoorOpeningId } from './door-opening.entity.js';

/** A row to be written: what the entity holds, without being one. */
type DisputeRow = Pick<DoorDispute, keyof DoorDispute>;

@Injectable()
export class DoorDisputeRepository {
  async insert(tx: Tx, dispute: DisputeRow): Promise<void> {
    await tx.insert('door_dispute', [{ ...dispute }]);
  }

  /** Behind the lock of its opening, which comes first. */
  lock(tx: Tx, openingId: DoorOpeningId): Promise<DoorDispute | null> {
    return tx.manager.findOne(DoorDispute, { where: { openingId }, lock: { mode: 'pessimistic_write' } });
  }

  async change(tx: Tx, openingId: DoorOpeningId, changes: Partial<DisputeRow>): Promise<void> {
    await tx.manager.update(DoorDispute, { openingId }, changes);
  }

  /** Nothing is owed any more: whoever was to answer need not. */
  async close(
    tx: Tx,
    openingId: DoorOpeningId,
    state: Extract<DoorDisputeState, 'GRANTED' | 'PAID'>,
  ): Promise<void> {
    await tx.write(
      "UPDATE door_dispute SET state = ?, due_at = NULL WHERE opening_id = ? AND state IN ('OPEN', 'AT_PLATFORM')",
      [state, openingId],
    );
  }

  /** Not locked: looked at again behind the lock. */
  async due(tx: Tx, now: Date, limit: number): Promise<DoorOpeningId[]> {
    const rows = await tx.query<{ openingId: DoorOpeningId }>(
      'SELECT opening_id AS openingId FROM door_dispute WHERE due_at <= ? ORDER BY due_at LIMIT ?',
      [now, limit],
    );
    return rows.map(({ openingId }) => openingId);
  }
}
