import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { ApprovalKind, ApprovalRequestId, ApprovalState, Verdict } from './approval-request.entity.js';

export interface ApprovalRequestRow {
  readonly id: ApprovalRequestId;
  readonly subjectKind: ApprovalKind;
  readonly subjectId: string;
  readonly contentHash: string;
  readonly requestedBy: string;
  readonly requiredCount: number;
  readonly state: ApprovalState;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  /** Who has agreed so far. */
  readonly approvals: number;
}

export interface ApprovalVoteRow {
  readonly requestId: ApprovalRequestId;
  readonly userId: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly at: Date;
}

const SELECT_REQUESTS = `SELECT r.id, r.subject_kind AS subjectKind, r.subject_id AS subjectId, r.content_hash AS contentHash,
  r.requested_by AS requestedBy, r.required_count AS requiredCount, r.state, r.requested_at AS requestedAt,
  r.decided_at AS decidedAt,
  (SELECT COUNT(*) FROM approval_vote v WHERE v.request_id = r.id AND v.verdict = 'APPROVE') AS approvals
  FROM approval_request r`;

@Injectable()
export class ApprovalReader {
  constructor(private readonly database: Database) {}

  /**
   * Of kinds that one may vote on wherever they lie, and of others that lie within one's divisions; the longest waiting first. With `voterId`: what that person has neither asked
   * for nor voted on.
   */
  async waiting(
    kinds: readonly ApprovalKind[],
    { first, after }: PageRequest,
    voterId: string | null = null,
    within: readonly { readonly kind: ApprovalKind; readonly scope: readonly string[] }[] = [],
  ): Promise<Page<ApprovalRequestRow>> {
    const ways = [
      ...(kinds.length === 0 ? [] : [{ sql: 'r.subject_kind IN (?)', values: [kinds] as SqlValue[] }]),
      ...within.map(({ kind, scope }) => {
        const there = withinScope('r.division_code', scope);
        return {
          sql: `(r.subject_kind = ? AND ${there.sql})`,
          values: [kind, ...there.values] as SqlValue[],
        };
      }),
    ];
    if (ways.length === 0) return pageOf<ApprovalRequestRow>([], first, () => []);
    const conditions = ["r.state = 'OPEN'", `(${ways.map(({ sql }) => sql).join(' OR ')})`];
    const values: SqlValue[] = ways.flatMap((way) => way.values);
    if (voterId !== null) {
      conditions.push(
        'r.requested_by <> ?',
        'NOT EXISTS (SELECT 1 FROM approval_vote v WHERE v.request_id = r.id AND v.user_id = ?)',
      );
      values.push(voterId, voterId);
    }
    if (after) {
      // Ids are made in the order of time, so the id alone is the key.
      conditions.push('r.id > ?');
      values.push(...after);
    }
    const rows = await this.read(`WHERE ${conditions.join(' AND ')} ORDER BY r.id LIMIT ?`, [
      ...values,
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** In any order; what is not there is left out. */
  byIds(ids: readonly string[]): Promise<ApprovalRequestRow[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.read('WHERE r.id IN (?)', [ids]);
  }

  /** Every request that was ever made for these subjects, the latest first. */
  ofSubjects(kind: ApprovalKind, subjectIds: readonly string[]): Promise<ApprovalRequestRow[]> {
    if (subjectIds.length === 0) return Promise.resolve([]);
    return this.read('WHERE r.subject_kind = ? AND r.subject_id IN (?) ORDER BY r.id DESC', [
      kind,
      subjectIds,
    ]);
  }

  /** In the order in which they were cast; a request has as many as it requires, or one more. */
  votesOf(requestIds: readonly string[]): Promise<ApprovalVoteRow[]> {
    if (requestIds.length === 0) return Promise.resolve([]);
    return this.database.query<ApprovalVoteRow>(
      `SELECT request_id AS requestId, user_id AS userId, verdict, reason, at FROM approval_vote
       WHERE request_id IN (?) ORDER BY at, user_id`,
      [requestIds],
    );
  }

  private async read(where: string, values: readonly SqlValue[]): Promise<ApprovalRequestRow[]> {
    const rows = await this.database.query<Omit<ApprovalRequestRow, 'approvals'> & { approvals: string }>(
      `${SELECT_REQUESTS} ${where}`,
      values,
    );
    return rows.map(({ approvals, ...rest }) => ({ ...rest, approvals: Number(approvals) }));
  }
}
