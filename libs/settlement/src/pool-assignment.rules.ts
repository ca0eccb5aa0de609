import { type Fen, InvalidInputError, type InvalidField, allocate, isId, present } from '#libs/kernel';
import type { TransferDraft } from '#libs/ledger';
import { type HouseholdWeight, type ShareRow, accountOf, heldOf } from './split.rules.js';

export interface PoolWish {
  readonly idempotencyKey: string;
  readonly countyCode: string;
  readonly lineIds: readonly string[];
  readonly households: readonly HouseholdWeight[];
  readonly note: string;
}

/** One act that people can look through; the rest is another. */
const LINES_MAX = 100;
const HOUSEHOLDS_MAX = 200;
const WEIGHT_MAX = 1_000_000;
const NOTE_LENGTH_MAX = 400;

const SAY = {
  idempotencyKey: {
    zh: '请求编号须为 1 到 64 个字母、数字或符号',
    en: 'An idempotency key has 1 to 64 ASCII characters.',
  },
  countyCode: { zh: '县级代码须为六位数字', en: 'A county has a code of six digits.' },
  lineIds: { zh: `须选 1 到 ${LINES_MAX} 个不重复的订单行`, en: `Name 1 to ${LINES_MAX} lines, each once.` },
  households: {
    zh: `须选 1 到 ${HOUSEHOLDS_MAX} 个不重复的农户，权重为正整数`,
    en: `Name 1 to ${HOUSEHOLDS_MAX} households, each once, with whole weights above zero.`,
  },
  note: {
    zh: `须写明依据，不超过 ${NOTE_LENGTH_MAX} 字`,
    en: `Say on what ground, in at most ${NOTE_LENGTH_MAX} characters.`,
  },
};

function isOfUnique(ids: readonly string[], max: number): boolean {
  return ids.length > 0 && ids.length <= max && new Set(ids).size === ids.length;
}

export function refuseWish(wish: PoolWish): InvalidInputError | null {
  const { lineIds, households } = wish;
  const householdIds = households.map(({ householdId }) => householdId);
  const isWeighed = households.every(
    ({ weight }) => Number.isInteger(weight) && weight > 0 && weight <= WEIGHT_MAX,
  );
  const holds: Record<keyof typeof SAY, boolean> = {
    idempotencyKey: /^[\x21-\x7e]{1,64}$/.test(wish.idempotencyKey),
    countyCode: wish.countyCode === '' || /^\d{6}$/.test(wish.countyCode),
    lineIds: isOfUnique(lineIds, LINES_MAX) && lineIds.every((id) => isId('oln', id)),
    households:
      isOfUnique(householdIds, HOUSEHOLDS_MAX) && householdIds.every((id) => isId('hhd', id)) && isWeighed,
    note: wish.note.trim().length > 0 && wish.note.length <= NOTE_LENGTH_MAX,
  };
  const fields = Object.entries(SAY).flatMap(([path, message]): InvalidField[] =>
    holds[path as keyof typeof SAY] ? [] : [{ path, message }],
  );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** What waits in a line's pool, and whether the line's other shares have been released. */
export interface OpenPool extends ShareRow {
  readonly orderId: string;
  readonly lastRankNo: number;
  readonly lineReleasedAt: Date | null;
}

export interface AssignedShare {
  readonly pool: OpenPool;
  readonly rankNo: number;
  readonly householdId: string;
  readonly shareFen: Fen;
}

/**
 * Line by line, as a split would have done it: largest remainder, ties to the household named first. What the pool has borne of the
 * provider's fee has gone, and is nobody's to be given.
 */
export function assignedShares(
  pools: readonly OpenPool[],
  households: readonly HouseholdWeight[],
): AssignedShare[] {
  const weights = households.map(({ weight }) => BigInt(weight));
  return pools.flatMap((pool) => {
    const shares = allocate(heldOf(pool), weights);
    return households
      .map(({ householdId }, index) => ({
        pool,
        rankNo: pool.lastRankNo + index + 1,
        householdId,
        shareFen: present(shares[index], 'a share per household'),
      }))
      .filter(({ shareFen }) => shareFen > 0n);
  });
}

/** To where the money would be by now: available where the line has been released. */
export function assignmentTransfers(assigned: readonly AssignedShare[]): TransferDraft[] {
  return assigned.map(({ pool, householdId, shareFen }) => ({
    debit: accountOf(pool, 'held'),
    credit: accountOf(
      { payeeKind: 'HOUSEHOLD', payeeId: householdId },
      pool.lineReleasedAt === null ? 'held' : 'available',
    ),
    amountFen: shareFen,
  }));
}
