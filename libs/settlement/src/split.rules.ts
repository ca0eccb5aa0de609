import { type Fen, allocate, present, sumFen } from '#libs/kernel';
import {
  type AccountCode,
  type Standing,
  fundAccount,
  householdPoolAccount,
  payeeAccount,
} from '#libs/ledger';
import type { PayeeKind, ReversalSource } from './split-share.entity.js';
import type { SplitRuleRow } from './split-rule.rules.js';
import { RefundExceedsRemainderError } from './split.errors.js';

export interface HouseholdWeight {
  readonly householdId: `hhd_${string}`;
  readonly weight: number;
}

/** What of an order line decides who gets what of it. */
export interface SaleLine {
  readonly lineId: string;
  readonly merchantOrderId: string;
  readonly merchantId: `mer_${string}`;
  readonly goodsFen: Fen;
  readonly channelKind: string;
  /** Whoever runs the counter it was bought at, known by the counter; null elsewhere. */
  readonly operatorId: `chp_${string}` | null;
  readonly originCountyCode: string;
  /** Who stands behind the batch's linkage agreement, in order of id. */
  readonly households: readonly HouseholdWeight[];
}

export interface SaleFreight {
  readonly merchantOrderId: string;
  readonly merchantId: `mer_${string}`;
  readonly freightFen: Fen;
}

export interface ShareDraft {
  readonly lineId: string;
  readonly rankNo: number;
  readonly merchantOrderId: string;
  /** '' for freight, which follows no rule: it is the shipper's. */
  readonly ruleId: string;
  readonly payeeKind: PayeeKind;
  readonly payeeId: string;
  readonly shareFen: Fen;
}

interface Payee {
  readonly payeeKind: PayeeKind;
  readonly payeeId: string;
  readonly shareFen: Fen;
}

/** Second level: the households' part by the weights of their agreement; without any, it waits in the county's pool and is never lost. */
function householdShares(poolFen: Fen, line: SaleLine): Payee[] {
  const weights = line.households.map(({ weight }) => BigInt(weight));
  if (weights.every((weight) => weight === 0n)) {
    return [{ payeeKind: 'HOUSEHOLD_POOL', payeeId: line.originCountyCode, shareFen: poolFen }];
  }
  const shares = allocate(poolFen, weights);
  return line.households.map(({ householdId }, index) => ({
    payeeKind: 'HOUSEHOLD',
    payeeId: householdId,
    shareFen: present(shares[index], 'a share per household'),
  }));
}

/**
 * The goods value of one line in the order of ranks; left-over fen go to the largest remainders, ties to the lower rank.
 * Without an operator that part is the merchant's. Shares of nothing are left out.
 */
export function sharesOfLine(rule: SplitRuleRow, line: SaleLine): ShareDraft[] {
  const operatorBps = line.operatorId === null ? 0 : rule.operatorBps;
  const merchantBps = rule.merchantBps + rule.operatorBps - operatorBps;
  const rates = [merchantBps, rule.householdBps, rule.platformBps, operatorBps, rule.fundBps].map(BigInt);
  const [merchant = 0n, households = 0n, platform = 0n, operator = 0n, fund = 0n] = allocate(
    line.goodsFen,
    rates,
  );
  const payees: Payee[] = [
    { payeeKind: 'MERCHANT', payeeId: line.merchantId, shareFen: merchant },
    ...householdShares(households, line),
    { payeeKind: 'PLATFORM', payeeId: '', shareFen: platform },
    { payeeKind: 'OPERATOR', payeeId: line.operatorId ?? '', shareFen: operator },
    { payeeKind: 'FUND', payeeId: line.originCountyCode, shareFen: fund },
  ];
  const { lineId, merchantOrderId } = line;
  return payees
    .map((payee, index) => ({ lineId, rankNo: index + 1, merchantOrderId, ruleId: rule.id, ...payee }))
    .filter(({ shareFen }) => shareFen > 0n);
}

/** Freight goes whole to whoever ships, on a line of its own that bears the merchant order's id. */
export function sharesOfFreight({ merchantOrderId, merchantId, freightFen }: SaleFreight): ShareDraft[] {
  if (freightFen === 0n) return [];
  const whole = { ruleId: '', payeeKind: 'MERCHANT', payeeId: merchantId, shareFen: freightFen } as const;
  return [{ lineId: merchantOrderId, rankNo: 1, merchantOrderId, ...whole }];
}

/** A share as it stands. */
export interface ShareRow extends Omit<ShareDraft, 'ruleId'> {
  readonly reversedFen: Fen;
  readonly releasedFen: Fen;
  readonly releasedAt: Date | null;
}

export function remainderOf(share: ShareRow): Fen {
  return share.shareFen - share.reversedFen;
}

/** Nobody may be paid out of a pool without households, so it stays held. */
export function isReleasable(share: ShareRow): boolean {
  return share.releasedAt === null && share.payeeKind !== 'HOUSEHOLD_POOL';
}

export function accountOf(
  { payeeKind, payeeId }: Pick<ShareRow, 'payeeKind' | 'payeeId'>,
  standing: Standing,
): AccountCode {
  switch (payeeKind) {
    case 'MERCHANT':
      return payeeAccount(standing, payeeId as `mer_${string}`);
    case 'HOUSEHOLD':
      return payeeAccount(standing, payeeId as `hhd_${string}`);
    case 'OPERATOR':
      return payeeAccount(standing, payeeId as `chp_${string}`);
    case 'FUND':
      return fundAccount(standing, payeeId);
    case 'HOUSEHOLD_POOL':
      return householdPoolAccount(payeeId);
    case 'PLATFORM':
      return standing === 'held' ? 'liability:deferred_fee' : 'revenue:platform_fee';
  }
}

/** What goes back of one line (an order line, or a merchant order's freight); null is any line: an amount for the whole order. */
export interface RefundPart {
  readonly lineId: string | null;
  readonly amountFen: Fen;
}

export interface ReversalDraft {
  readonly share: ShareRow;
  readonly amountFen: Fen;
  readonly takenFrom: ReversalSource;
}

/**
 * Takes each part from what remains of the shares, in proportion to what remains: so nobody is ever taken more than they
 * were given, and the last refund leaves nobody anything. (Splitting the refund by the rule again would overdraw someone.)
 */
export function reversalsOf(
  shares: readonly ShareRow[],
  parts: readonly RefundPart[],
): ReversalDraft[] | RefundExceedsRemainderError {
  const left = shares.map(remainderOf);
  for (const { lineId, amountFen } of parts) {
    const weights = shares.map((share, index) =>
      lineId === null || share.lineId === lineId ? (left[index] ?? 0n) : 0n,
    );
    const remainderFen = sumFen(weights);
    if (amountFen <= 0n || amountFen > remainderFen)
      return new RefundExceedsRemainderError(amountFen, remainderFen);
    for (const [index, taken] of allocate(amountFen, weights).entries())
      left[index] = (left[index] ?? 0n) - taken;
  }
  return shares
    .map((share, index): ReversalDraft => ({
      share,
      amountFen: remainderOf(share) - (left[index] ?? 0n),
      takenFrom: share.releasedAt === null ? 'HELD' : 'AVAILABLE',
    }))
    .filter(({ amountFen }) => amountFen > 0n);
}
