import { InvalidInputError, isBlank } from '#libs/kernel';
import type { RecallState } from './batch-recall.entity.js';
import { BatchRecallByAnotherError, BatchRecallStateError } from './batch-recall.errors.js';

const REASON_MIN = 5;
const REASON_MAX = 200;

/** Everybody may read it, so it says something. */
export function refuseRecallReason(reason: string): InvalidInputError | null {
  const { length } = reason.trim();
  if (!isBlank(reason) && length >= REASON_MIN && length <= REASON_MAX) return null;
  const message = {
    zh: `请写明原因，${REASON_MIN} 到 ${REASON_MAX} 字，买家看得到`,
    en: `Say why, in ${REASON_MIN} to ${REASON_MAX} characters; buyers read it.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

/** What becomes of a recall: from which state, into which, and whether by another than who was at it before. */
export const RECALL_MOVES = {
  confirm: { from: 'PROPOSED', to: 'ACTIVE', isByAnother: true },
  drop: { from: 'PROPOSED', to: 'DROPPED', isByAnother: false },
  lift: { from: 'ACTIVE', to: 'LIFTED', isByAnother: true },
} as const satisfies Record<string, { from: RecallState; to: RecallState; isByAnother: boolean }>;
export type RecallMove = keyof typeof RECALL_MOVES;

/** Null where it may be done; DONE where it has been, by anybody. */
export function refuseRecallMove(
  move: RecallMove,
  recall: { readonly state: RecallState; readonly askedBy: string; readonly startedBy: string | null },
  actorId: string,
): BatchRecallStateError | BatchRecallByAnotherError | 'DONE' | null {
  const { from, to, isByAnother } = RECALL_MOVES[move];
  if (recall.state === to) return 'DONE';
  if (recall.state !== from) return new BatchRecallStateError(recall.state);
  const isSame = recall.askedBy === actorId || recall.startedBy === actorId;
  return isByAnother && isSame ? new BatchRecallByAnotherError() : null;
}
