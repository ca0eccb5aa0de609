import { Injectable } from '@nestjs/common';
import {
  type ApprovalPendingError,
  ApprovalService,
  type Verdict,
  type VoteRefusal,
  contentHashOf,
} from '#libs/approval';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId, refused, sumFen } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import { poolJournal } from './journal.rules.js';
import type { PoolAssignmentId, PoolAssignmentState } from './pool-assignment.entity.js';
import { PoolAssignmentStateError, PoolKeyReusedError, PoolNotOpenError } from './pool-assignment.errors.js';
import { type LockedAssignment, PoolAssignmentRepository } from './pool-assignment.repository.js';
import {
  type OpenPool,
  type PoolWish,
  assignedShares,
  assignmentTransfers,
  refuseWish,
} from './pool-assignment.rules.js';
import { type HouseholdWeight, heldOf } from './split.rules.js';

export interface PoolVote {
  readonly assignmentId: string;
  readonly userId: IdOf<'usr'>;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

interface Parts {
  readonly lineIds: readonly string[];
  readonly households: readonly HouseholdWeight[];
}

/** Whoever proposes and one other person. */
const CHECKERS = 1;

function hashOf(id: string, countyCode: string, { lineIds, households }: Parts): string {
  const byId = households
    .map(({ householdId, weight }) => ({ householdId, weight }))
    .toSorted((a, b) => (a.householdId < b.householdId ? -1 : 1));
  return contentHashOf({ id, countyCode, lineIds: lineIds.toSorted(), households: byId });
}

/** Money that waited for its households is passed on to them. Nothing is lost meanwhile: it is in the county's pool, and refunds take from there. */
@Injectable()
export class PoolAssignmentService {
  constructor(
    private readonly database: Database,
    private readonly assignments: PoolAssignmentRepository,
    private readonly approvals: ApprovalService,
    private readonly ledger: LedgerService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Asks others to agree. The same key and content again is the same proposal. */
  propose(
    wish: PoolWish,
    userId: IdOf<'usr'>,
  ): Promise<
    PoolAssignmentId | InvalidInputError | PoolNotOpenError | PoolKeyReusedError | ApprovalPendingError
  > {
    return this.database.transaction(async (tx) => {
      const invalid = refuseWish(wish);
      if (invalid) return invalid;
      const known = await this.assignments.byKey(tx, wish.idempotencyKey);
      if (known) {
        const kept = hashOf(known.id, known.countyCode, await this.assignments.partsOf(tx, known.id));
        const isSame =
          known.createdBy === userId &&
          known.note === wish.note &&
          kept === hashOf(known.id, wish.countyCode, wish);
        return isSame ? known.id : new PoolKeyReusedError();
      }
      const pools = await this.openPools(tx, wish.countyCode, wish.lineIds);
      if (refused(pools)) return pools;
      const id = newId('pas');
      const approvalId = await this.approvals.open(tx, {
        subjectKind: 'POOL_ASSIGNMENT',
        subjectId: id,
        contentHash: hashOf(id, wish.countyCode, wish),
        requestedBy: userId,
        requiredCount: CHECKERS,
      });
      if (refused(approvalId)) return approvalId;
      await this.assignments.insert(tx, id, wish, {
        createdBy: userId,
        createdAt: this.clock.now(),
        approvalId,
      });
      return id;
    });
  }

  /** The last approval posts it, in the same transaction. */
  vote({
    assignmentId,
    ...cast
  }: PoolVote): Promise<PoolAssignmentState | VoteRefusal | PoolAssignmentStateError | PoolNotOpenError> {
    return this.database.transaction(async (tx) => {
      const assignment = await this.locked(tx, assignmentId);
      if (assignment.state !== 'PROPOSED') return new PoolAssignmentStateError(assignment.state);
      const parts = await this.assignments.partsOf(tx, assignment.id);
      const contentHash = hashOf(assignment.id, assignment.countyCode, parts);
      const decided = await this.approvals.vote(tx, {
        ...cast,
        requestId: assignment.approvalId,
        contentHash,
      });
      if (refused(decided)) return decided;
      if (decided.state === 'OPEN') return 'PROPOSED';
      if (decided.state === 'APPROVED') return this.post(tx, assignment, parts, cast.userId);
      await this.assignments.close(tx, assignment.id, 'REJECTED');
      return 'REJECTED';
    });
  }

  withdraw(
    assignmentId: string,
    userId: IdOf<'usr'>,
  ): Promise<PoolAssignmentState | PoolAssignmentStateError> {
    return this.database.transaction(async (tx) => {
      const assignment = await this.locked(tx, assignmentId);
      if (assignment.createdBy !== userId) throw new NotFound('PoolAssignment', assignmentId);
      if (assignment.state !== 'PROPOSED') return new PoolAssignmentStateError(assignment.state);
      await this.approvals.withdrawWith(tx, { requestId: assignment.approvalId, userId }, 'POOL_ASSIGNMENT');
      await this.assignments.close(tx, assignment.id, 'WITHDRAWN');
      return 'WITHDRAWN';
    });
  }

  private async post(
    tx: Tx,
    { id, countyCode }: LockedAssignment,
    { lineIds, households }: Parts,
    userId: IdOf<'usr'>,
  ): Promise<PoolAssignmentState | PoolNotOpenError> {
    const pools = await this.openPools(tx, countyCode, lineIds);
    if (refused(pools)) return pools;
    const at = this.clock.now();
    const assigned = assignedShares(pools, households);
    const assignedFen = sumFen(assigned.map(({ shareFen }) => shareFen));
    posted(await this.ledger.post(tx, [poolJournal(id, assignmentTransfers(assigned), { at })]));
    await this.assignments.assign(tx, assigned, at);
    await this.assignments.close(tx, id, 'POSTED', assignedFen);
    const detail = { countyCode, assignedFen: assignedFen.toString() };
    await this.audit.record(tx, { actorId: userId, act: 'pool.assigned', subject: id, detail });
    return 'POSTED';
  }

  /**
   * Something of every line, or a refusal that names those of which there is nothing. A pool that has been passed on may hold something
   * again: what a refund had taken before, and could not deliver.
   */
  private async openPools(
    tx: Tx,
    countyCode: string,
    lineIds: readonly string[],
  ): Promise<OpenPool[] | PoolNotOpenError> {
    const pools = (await this.assignments.lockPools(tx, countyCode, lineIds)).filter(
      (pool) => heldOf(pool) > 0n,
    );
    const open = new Set(pools.map(({ lineId }) => lineId));
    const missing = lineIds.filter((lineId) => !open.has(lineId));
    return missing.length > 0 ? new PoolNotOpenError(missing) : pools;
  }

  private async locked(tx: Tx, id: string): Promise<LockedAssignment> {
    const assignment = await this.assignments.lock(tx, id);
    if (!assignment) throw new NotFound('PoolAssignment', id);
    return assignment;
  }
}
