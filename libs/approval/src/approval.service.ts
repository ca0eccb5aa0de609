import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, assert, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { ApprovalKind, ApprovalRequestId, ApprovalState, Verdict } from './approval-request.entity.js';
import {
  type AlreadyVotedError,
  ApprovalNotOpenError,
  ApprovalPendingError,
  type ContentChangedError,
  type SelfApprovalError,
} from './approval.errors.js';
import { ApprovalRepository, type LockedRequest } from './approval.repository.js';
import { refuseReason, refuseVote, stateAfter } from './approval.rules.js';

export interface ApprovalWish {
  readonly subjectKind: ApprovalKind;
  readonly subjectId: string;
  /** `contentHashOf` everything that is agreed to. */
  readonly contentHash: string;
  readonly requestedBy: IdOf<'usr'>;
  /** How many others have to agree; at least one. */
  readonly requiredCount: number;
  /** Where what is proposed lies: there it is shown to whoever may vote, and is in the audit log; nothing said: it is the platform's. */
  readonly divisionCode?: string | null;
}

export interface ApprovalVoteCast {
  readonly requestId: ApprovalRequestId;
  readonly userId: IdOf<'usr'>;
  readonly verdict: Verdict;
  /** Why; required to reject. */
  readonly reason: string | null;
  /** Of the subject as it is now, computed behind the subject's lock: agreed is what was proposed, or nothing. */
  readonly contentHash: string;
  /** As it was said when it was proposed. */
  readonly divisionCode?: string | null;
}

export type VoteRefusal =
  | InvalidInputError
  | SelfApprovalError
  | AlreadyVotedError
  | ApprovalNotOpenError
  | ContentChangedError;

const ACT_OF: Record<Verdict, string> = { APPROVE: 'approval.approved', REJECT: 'approval.rejected' };

/**
 * Four eyes, counted. It knows nothing of what is proposed: callers lock their own subject first, ask here, and act on
 * `APPROVED` in the same transaction. Who opened, voted and withdrew is in the audit log without their help.
 */
@Injectable()
export class ApprovalService {
  constructor(
    private readonly requests: ApprovalRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same wish again is the same request; another content, or somebody else's wish, waits until this one is decided. */
  async open(tx: Tx, wish: ApprovalWish): Promise<ApprovalRequestId | ApprovalPendingError> {
    assert(/^[0-9a-f]{64}$/.test(wish.contentHash), 'a content hash is 64 hex digits');
    assert(Number.isInteger(wish.requiredCount) && wish.requiredCount >= 1, 'somebody else has to agree');
    const openSubject = `${wish.subjectKind}:${wish.subjectId}`;
    const open = await this.requests.lockOpen(tx, openSubject);
    if (open) {
      const isSame = open.contentHash === wish.contentHash && open.requestedBy === wish.requestedBy;
      return isSame ? open.id : new ApprovalPendingError();
    }
    const id = newId('apr');
    const requestedAt = this.clock.now();
    const { divisionCode = null, ...wished } = wish;
    await this.requests.insert(tx, {
      id,
      ...wished,
      divisionCode,
      openSubject,
      state: 'OPEN',
      requestedAt,
      decidedAt: null,
    });
    await this.record(tx, wish.requestedBy, 'approval.requested', { id, ...wished }, divisionCode);
    return id;
  }

  /** What became of the request. A refusal has changed nothing; the caller returns it, so that all rolls back. */
  async vote(tx: Tx, cast: ApprovalVoteCast): Promise<{ readonly state: ApprovalState } | VoteRefusal> {
    const invalid = refuseReason(cast.verdict, cast.reason);
    if (invalid) return invalid;
    const request = await this.locked(tx, cast.requestId);
    const ballot = { ...request, votes: await this.requests.votesOf(tx, request.id) };
    const refusal = refuseVote(ballot, cast);
    if (refusal) return refusal;

    const { requestId, userId, verdict, divisionCode = null } = cast;
    const at = this.clock.now();
    const reason = cast.reason?.trim() || null;
    await this.requests.insertVote(tx, { requestId, userId, verdict, reason, at });
    const state = stateAfter(ballot, cast);
    if (state !== 'OPEN') await this.requests.decide(tx, request.id, state, at);
    await this.record(tx, userId, ACT_OF[verdict], request, divisionCode, { reason, state });
    return { state };
  }

  /** By whoever asked, for one of these kinds; to anybody else, and at another door, it looks as if it did not exist. */
  async withdraw(
    tx: Tx,
    {
      requestId,
      userId,
      divisionCode = null,
    }: Pick<ApprovalVoteCast, 'requestId' | 'userId' | 'divisionCode'>,
    kinds: readonly ApprovalKind[],
  ): Promise<ApprovalNotOpenError | null> {
    const request = await this.locked(tx, requestId);
    if (request.requestedBy !== userId || !kinds.includes(request.subjectKind))
      throw new NotFound('ApprovalRequest', requestId);
    if (request.state !== 'OPEN') return new ApprovalNotOpenError(request.state);
    await this.requests.decide(tx, requestId, 'WITHDRAWN', this.clock.now());
    await this.record(tx, userId, 'approval.withdrawn', request, divisionCode);
    return null;
  }

  /** The same for whoever keeps a subject of their own, behind its lock: while that waits its request is open, or one of us is mistaken. */
  async withdrawWith(
    tx: Tx,
    ask: Pick<ApprovalVoteCast, 'requestId' | 'userId' | 'divisionCode'>,
    kind: ApprovalKind,
  ): Promise<void> {
    const gone = await this.withdraw(tx, ask, [kind]);
    assert(!gone, `${ask.requestId}, on which its subject waits, is open, not ${gone?.approvalState}`);
  }

  private async locked(tx: Tx, id: string): Promise<LockedRequest> {
    const request = await this.requests.lock(tx, id);
    if (!request) throw new NotFound('ApprovalRequest', id);
    return request;
  }

  private record(
    tx: Tx,
    actorId: string,
    act: string,
    request: Pick<LockedRequest, 'id' | 'subjectKind' | 'subjectId' | 'contentHash'>,
    divisionCode: string | null,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const { id, subjectKind, subjectId, contentHash } = request;
    const detail = { approvalRequestId: id, contentHash, ...more };
    const subject = `${subjectKind}:${subjectId}`;
    return this.audit.record(tx, { actorId, act, subject, divisionCode, detail });
  }
}
