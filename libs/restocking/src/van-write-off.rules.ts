import { contentHashOf } from '#libs/approval';
import { type InvalidField, InvalidInputError } from '#libs/kernel';
import { type VanLine, refuseVanLines } from './restock-van.rules.js';

export interface WriteOffWish {
  readonly routeId: string;
  readonly lines: readonly VanLine[];
  readonly reason: string;
  readonly causeKey: string;
}

const REASON_MAX = 400;

/** Malformed wishes, all faults at once. */
export function refuseWriteOff({ lines, causeKey, reason }: WriteOffWish): InvalidInputError | null {
  const faults: InvalidField[] = [...(refuseVanLines(lines, causeKey)?.fields ?? [])];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (lines.length === 0) refuse('lines', '至少一行', 'Name at least one batch.');
  const { length } = reason.trim();
  if (length === 0 || length > REASON_MAX)
    refuse('reason', `须写明原因，不超过 ${REASON_MAX} 字`, `Say why, in at most ${REASON_MAX} characters.`);
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What the second person agrees to, in whatever order its batches were named. */
export function writeOffHash({ routeId, lines, reason }: Omit<WriteOffWish, 'causeKey'>): string {
  const told = lines.map(({ variantId, batchId, quantity }) => `${variantId}/${batchId}:${quantity}`);
  return contentHashOf({ routeId, lines: told.toSorted(), reason: reason.trim() });
}

/** Why somebody may not agree to a write-off. */
export const WRITE_OFF_OBSTACLES = ['OWN_VAN', 'GOODS_OF_OTHERS'] as const;
export type WriteOffObstacle = (typeof WRITE_OFF_OBSTACLES)[number];

/** Whoever drove the van does not judge what is missing from it. Operators give up their own goods only: those of others were entrusted to them, and an official looks. */
export function obstacleToWritingOff(
  {
    operatorId,
    restockerId,
    merchantIds,
  }: {
    readonly operatorId: string;
    readonly restockerId: string | null;
    readonly merchantIds: readonly string[];
  },
  { userId, isOfficial }: { readonly userId: string; readonly isOfficial: boolean },
): WriteOffObstacle | null {
  if (userId === restockerId) return 'OWN_VAN';
  if (isOfficial) return null;
  return merchantIds.some((merchantId) => merchantId !== operatorId) ? 'GOODS_OF_OTHERS' : null;
}

interface WrittenOff {
  readonly quantity: number;
  readonly foundUnits: number;
}

/** How many of each are taken back, the first named first; null where so many were not written off. */
export function takenBack(lines: readonly WrittenOff[], units: number): number[] | null {
  let left = units;
  const taken = lines.map(({ quantity, foundUnits }) => {
    const some = Math.min(left, quantity - foundUnits);
    left -= some;
    return some;
  });
  return left === 0 ? taken : null;
}
