import { createHash } from 'node:crypto';
import { InvalidInputError } from '#libs/kernel';
import type { ApprovalState, Verdict } from './approval-request.entity.js';
import {
  AlreadyVotedError,
  ApprovalNotOpenError,
  ContentChangedError,
  SelfApprovalError,
} from './approval.errors.js';

/** What can be hashed: whatever a caller wants agreed to, as plain values. */
export type ApprovalContent =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly ApprovalContent[]
  | { readonly [key: string]: ApprovalContent };

/** One spelling for one content: keys in order, money and instants as text. */
function spelt(content: ApprovalContent): string {
  if (content === null || typeof content !== 'object')
    return typeof content === 'bigint' ? `"${content}"` : JSON.stringify(content);
  if (content instanceof Date) return JSON.stringify(content.toISOString());
  if (Array.isArray(content)) return `[${content.map(spelt).join(',')}]`;
  const entries = Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${spelt(value)}`).join(',')}}`;
}

/** SHA-256, in hex, of what is to be agreed to. */
export function contentHashOf(content: ApprovalContent): string {
  return createHash('sha256').update(spelt(content)).digest('hex');
}

/** As much as fits beside a vote. */
export const REASON_LENGTH_MAX = 400;

export function refuseReason(verdict: Verdict, reason: string | null): InvalidInputError | null {
  const length = reason?.trim().length ?? 0;
  if (length <= REASON_LENGTH_MAX && (verdict === 'APPROVE' || length > 0)) return null;
  const message = {
    zh: `驳回须写明理由，理由不超过 ${REASON_LENGTH_MAX} 字`,
    en: `A rejection says why; a reason has at most ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

export interface Ballot {
  readonly state: ApprovalState;
  readonly requestedBy: string;
  readonly requiredCount: number;
  readonly contentHash: string;
  readonly votes: readonly { readonly userId: string; readonly verdict: Verdict }[];
}

export interface Vote {
  readonly userId: string;
  readonly verdict: Verdict;
  /** Of what is there now, as its keeper spells it. */
  readonly contentHash: string;
}

/** Who has voted hears that first, also once it is decided; the maker has no vote, neither for nor against: they withdraw. */
export function refuseVote(
  ballot: Ballot,
  vote: Vote,
): AlreadyVotedError | SelfApprovalError | ApprovalNotOpenError | ContentChangedError | null {
  if (ballot.votes.some(({ userId }) => userId === vote.userId)) return new AlreadyVotedError();
  if (ballot.requestedBy === vote.userId) return new SelfApprovalError();
  if (ballot.state !== 'OPEN') return new ApprovalNotOpenError(ballot.state);
  // Changed content may still be turned down.
  if (vote.verdict === 'APPROVE' && ballot.contentHash !== vote.contentHash) return new ContentChangedError();
  return null;
}

/** One rejection decides; approvals are counted. */
export function stateAfter(ballot: Ballot, { verdict }: Vote): ApprovalState {
  if (verdict === 'REJECT') return 'REJECTED';
  const approvals = ballot.votes.filter((vote) => vote.verdict === 'APPROVE').length + 1;
  return approvals >= ballot.requiredCount ? 'APPROVED' : 'OPEN';
}
