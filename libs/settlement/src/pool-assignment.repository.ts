import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, fen } from '#libs/kernel';
import { type Tx, unlessTaken } from '#platform/database';
import type { PoolAssignmentId, PoolAssignmentState } from './pool-assignment.entity.js';
import type { AssignedShare, OpenPool, PoolWish } from './pool-assignment.rules.js';
import type { HouseholdWeight } from './split.rules.js';

export interface LockedAssignment {
  readonly id: PoolAssignmentId;
  readonly countyCode: string;
  readonly note: string;
  readonly state: PoolAssignmentState;
  readonly createdBy: string;
  readonly approvalId: IdOf<'apr'>;
}

const SELECT = `SELECT id, county_code AS countyCode, note, state, created_by AS createdBy, approval_id AS approvalId
  FROM pool_assignment`;

@Injectable()
export class PoolAssignmentRepository {
  async byKey(tx: Tx, idempotencyKey: string): Promise<LockedAssignment | null> {
    const [row] = await tx.query<LockedAssignment>(`${SELECT} WHERE idempotency_key = ?`, [idempotencyKey]);
    return row ?? null;
  }

  /** Locked: it is decided once. */
  async lock(tx: Tx, id: string): Promise<LockedAssignment | null> {
    const [row] = await tx.query<LockedAssignment>(`${SELECT} WHERE id = ? FOR UPDATE`, [id]);
    return row ?? null;
  }

  async partsOf(
    tx: Tx,
    id: string,
  ): Promise<{ readonly lineIds: readonly string[]; readonly households: readonly HouseholdWeight[] }> {
    const lines = await tx.query<{ lineId: string }>(
      'SELECT line_id AS lineId FROM pool_assignment_line WHERE assignment_id = ? ORDER BY line_id',
      [id],
    );
    const households = await tx.query<HouseholdWeight>(
      `SELECT household_id AS householdId, weight FROM pool_assignment_household WHERE assignment_id = ?
       ORDER BY household_id`,
      [id],
    );
    return { lineIds: lines.map(({ lineId }) => lineId), households };
  }

  async insert(
    tx: Tx,
    id: PoolAssignmentId,
    { lineIds, households, ...wish }: PoolWish,
    origin: { readonly createdBy: string; readonly createdAt: Date; readonly approvalId: string },
  ): Promise<void> {
    // The same key at the same moment: asked again, the other one is found.
    await unlessTaken('somebody else came first', () =>
      tx.insert('pool_assignment', [{ id, ...wish, ...origin, state: 'PROPOSED' }]),
    );
    await tx.insert(
      'pool_assignment_line',
      lineIds.map((lineId) => ({ assignmentId: id, lineId })),
    );
    await tx.insert(
      'pool_assignment_household',
      households.map(({ householdId, weight }) => ({ assignmentId: id, householdId, weight })),
    );
  }

  async close(tx: Tx, id: string, state: PoolAssignmentState, assignedFen: Fen | null = null): Promise<void> {
    await tx.write('UPDATE pool_assignment SET state = ?, assigned_fen = ? WHERE id = ?', [
      state,
      assignedFen,
      id,
    ]);
  }

  /** All shares of these lines are locked, in the order in which refunds and releases lock them. */
  async lockPools(tx: Tx, countyCode: string, lineIds: readonly string[]): Promise<OpenPool[]> {
    interface Raw extends Omit<OpenPool, `${string}Fen` | 'lastRankNo' | 'lineReleasedAt'> {
      readonly share: FenText;
      readonly reversed: FenText;
      readonly released: FenText;
      readonly assigned: FenText;
      readonly fee: FenText;
    }
    const rows = await tx.query<Raw>(
      `SELECT line_id AS lineId, rank_no AS rankNo, merchant_order_id AS merchantOrderId, order_id AS orderId, rule_id AS ruleId,
              payee_kind AS payeeKind, payee_id AS payeeId, share_fen AS share, reversed_fen AS reversed, released_fen AS released,
              assigned_fen AS assigned, fee_fen AS fee, released_at AS releasedAt
       FROM split_share WHERE line_id IN (?) ORDER BY line_id, rank_no FOR UPDATE`,
      [lineIds],
    );
    return rows
      .filter(({ payeeKind, payeeId }) => payeeKind === 'HOUSEHOLD_POOL' && payeeId === countyCode)
      .map(({ share, reversed, released, assigned, fee, ...rest }) => {
        const siblings = rows.filter(({ lineId }) => lineId === rest.lineId);
        return {
          ...rest,
          shareFen: fen(share),
          reversedFen: fen(reversed),
          releasedFen: fen(released),
          assignedFen: fen(assigned),
          feeFen: fen(fee),
          lastRankNo: Math.max(...siblings.map(({ rankNo }) => rankNo)),
          lineReleasedAt: siblings.find(({ releasedAt }) => releasedAt !== null)?.releasedAt ?? null,
        };
      });
  }

  /** The pool's share has passed all on; the households' shares are rows of their own, by the same rule. */
  async assign(tx: Tx, assigned: readonly AssignedShare[], at: Date): Promise<void> {
    await tx.write(
      `UPDATE split_share SET assigned_fen = share_fen - reversed_fen - fee_fen
       WHERE payee_kind = 'HOUSEHOLD_POOL' AND line_id IN (?)`,
      [[...new Set(assigned.map(({ pool }) => pool.lineId))]],
    );
    await tx.insert(
      'split_share',
      assigned.map(({ pool, rankNo, householdId, shareFen }) => ({
        lineId: pool.lineId,
        rankNo,
        merchantOrderId: pool.merchantOrderId,
        orderId: pool.orderId,
        ruleId: pool.ruleId,
        payeeKind: 'HOUSEHOLD',
        payeeId: householdId,
        shareFen,
        releasedFen: pool.lineReleasedAt === null ? 0n : shareFen,
        releasedAt: pool.lineReleasedAt === null ? null : at,
      })),
    );
  }
}
