import { Injectable } from '@nestjs/common';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import type {
  ApprovalKind,
  ApprovalRequest,
  ApprovalRequestId,
  ApprovalState,
  ApprovalVote,
} from './approval-request.entity.js';
import type { Ballot } from './approval.rules.js';

export interface LockedRequest extends Omit<Ballot, 'votes'> {
  readonly id: ApprovalRequestId;
  readonly subjectKind: ApprovalKind;
  readonly subjectId: string;
}

const SELECT_REQUEST = `SELECT id, subject_kind AS subjectKind, subject_id AS subjectId, content_hash AS contentHash,
  requested_by AS requestedBy, required_count AS requiredCount, state FROM approval_request`;

/** A row as a literal, not as an entity's instance. */
type Columns<Row> = { readonly [Column in keyof Row]: Row[Column] & SqlValue };

@Injectable()
export class ApprovalRepository {
  /** The request that the subject waits on; null where it waits on none. Locked, so that nobody decides it meanwhile. */
  async lockOpen(tx: Tx, openSubject: string): Promise<LockedRequest | null> {
    const [row] = await tx.query<LockedRequest>(`${SELECT_REQUEST} WHERE open_subject = ? FOR UPDATE`, [
      openSubject,
    ]);
    return row ?? null;
  }

  /** Locked: two people who vote at once vote one after the other, and the second is counted on top of the first. */
  async lock(tx: Tx, id: string): Promise<LockedRequest | null> {
    const [row] = await tx.query<LockedRequest>(`${SELECT_REQUEST} WHERE id = ? FOR UPDATE`, [id]);
    return row ?? null;
  }

  async insert(tx: Tx, row: Columns<ApprovalRequest>): Promise<void> {
    // Somebody opened the same subject at the same moment: asked again, theirs is found.
    await unlessTaken('somebody else came first', () => tx.insert('approval_request', [row]));
  }

  async insertVote(tx: Tx, row: Columns<ApprovalVote>): Promise<void> {
    await tx.insert('approval_vote', [row]);
  }

  /** Behind the request's lock. */
  votesOf(tx: Tx, requestId: string): Promise<Pick<ApprovalVote, 'userId' | 'verdict'>[]> {
    return tx.query('SELECT user_id AS userId, verdict FROM approval_vote WHERE request_id = ?', [requestId]);
  }

  async decide(tx: Tx, id: string, state: ApprovalState, at: Date): Promise<void> {
    await tx.write(
      'UPDATE approval_request SET state = ?, decided_at = ?, open_subject = NULL WHERE id = ?',
      [state, at, id],
    );
  }
}
