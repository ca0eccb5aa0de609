import { type Fen, allocate, present, sumFen } from '#libs/kernel';
import {
  type AccountCode,
  type Standing,
  fundAccount,
  householdPoolAccount,
  payeeAccount,
} from '#libs/ledger';
import type { PayeeKind, ReversalSource } from './split-share.entity.js';
import type { FeeBearer } from './split-rule.entity.js';
import type { ContributionRuleRow, SplitRuleRow } from './split-rule.rules.js';
import { RefundExceedsRemainderError } from './split.errors.js';

export interface HouseholdWeight {
  readonly householdId: `hhd_${string}`;
  readonly weight: number;
}

/** What the finance bureau of a division pays of a line, or gets back. */
export interface VoucherShare {
  readonly divisionCode: string;
  readonly amountFen: Fen;
}

/** What of an order line decides who gets what of it. */
export interface SaleLine {
  readonly lineId: string;
  readonly merchantOrderId: string;
  readonly merchantId: `mer_${string}`;
  readonly productId: string;
  /** The base: what the goods cost, whoever pays. */
  readonly goodsFen: Fen;
  /** Of the base: paid by the platform and not by the buyer. */
  readonly subsidyFen: Fen;
  /** Of it, what finance bureaus pay; the rest is the platform's. Nothing unless said. */
  readonly vouchers?: readonly VoucherShare[];
  /** When it was paid. */
  readonly isCertified: boolean;
  readonly channelKind: string;
  /** Whoever runs the counter it was bought at, known by the counter; null elsewhere. */
  readonly operatorId: `chp_${string}` | null;
  readonly originCountyCode: string;
  /** Of the place of sale; for an order that is sent, of its recipient. */
  readonly saleCountyCode: string;
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
  /** Of the split rule or the contribution rule; '' for freight, which follows no rule: it is the shipper's. */
  readonly ruleId: string;
  readonly payeeKind: PayeeKind;
  readonly payeeId: string;
  readonly shareFen: Fen;
}

interface Payee {
  readonly payeeKind: PayeeKind;
  readonly payeeId: string;
  readonly shareFen: Fen;
  readonly ruleId: string;
}

/** What decides a line: the split, and what goods that are not certified contribute; null where nothing is asked. */
export interface LineRules {
  readonly split: SplitRuleRow;
  readonly contribution: ContributionRuleRow | null;
}

/** Second level: the households' part by the weights of their agreement; without any, it waits in the county's pool and is never lost. */
function householdShares(poolFen: Fen, line: SaleLine, ruleId: string): Payee[] {
  const weights = line.households.map(({ weight }) => BigInt(weight));
  if (weights.every((weight) => weight === 0n)) {
    return [{ payeeKind: 'HOUSEHOLD_POOL', payeeId: line.originCountyCode, shareFen: poolFen, ruleId }];
  }
  const shares = allocate(poolFen, weights);
  return line.households.map(({ householdId }, index) => ({
    payeeKind: 'HOUSEHOLD',
    payeeId: householdId,
    shareFen: present(shares[index], 'a share per household'),
    ruleId,
  }));
}

/**
 * Second level: what the merchant of goods that are not certified contributes is so much of the base, out of the merchant's part and never
 * more than that; so nobody else's part depends on it. Ties go to the merchant.
 */
function contributionOf(merchantFen: Fen, merchantBps: number, line: SaleLine, rules: LineRules): Fen {
  if (line.isCertified || rules.contribution === null || merchantFen === 0n) return 0n;
  const bps = Math.min(rules.contribution.bps, merchantBps);
  const [, contribution = 0n] = allocate(merchantFen, [BigInt(merchantBps - bps), BigInt(bps)]);
  return contribution;
}

/**
 * The goods value of one line in the order of ranks; left-over fen go to the largest remainders, ties to the lower rank.
 * Without an operator that part is the merchant's. Shares of nothing are left out.
 */
export function sharesOfLine(rules: LineRules, line: SaleLine): ShareDraft[] {
  const { split, contribution } = rules;
  const operatorBps = line.operatorId === null ? 0 : split.operatorBps;
  const merchantBps = split.merchantBps + split.operatorBps - operatorBps;
  const rates = [merchantBps, split.householdBps, split.platformBps, operatorBps, split.fundBps].map(BigInt);
  const [merchant = 0n, households = 0n, platform = 0n, operator = 0n, fund = 0n] = allocate(
    line.goodsFen,
    rates,
  );
  const contributed = contributionOf(merchant, merchantBps, line, rules);
  const ruleId = split.id;
  const payees: Payee[] = [
    { payeeKind: 'MERCHANT', payeeId: line.merchantId, shareFen: merchant - contributed, ruleId },
    ...householdShares(households, line, ruleId),
    { payeeKind: 'PLATFORM', payeeId: '', shareFen: platform, ruleId },
    { payeeKind: 'OPERATOR', payeeId: line.operatorId ?? '', shareFen: operator, ruleId },
    { payeeKind: 'FUND', payeeId: line.originCountyCode, shareFen: fund, ruleId },
    // Last, so that everybody else has the rank they would have without it.
    {
      payeeKind: 'CONTRIBUTION',
      payeeId: line.saleCountyCode,
      shareFen: contributed,
      ruleId: contribution?.id ?? '',
    },
  ];
  const { lineId, merchantOrderId } = line;
  return payees
    .map((payee, index) => ({ lineId, rankNo: index + 1, merchantOrderId, ...payee }))
    .filter(({ shareFen }) => shareFen > 0n);
}

/** What a line was split by. */
export interface LineDraft {
  readonly lineId: string;
  readonly merchantOrderId: string;
  readonly baseFen: Fen;
  readonly subsidyFen: Fen;
  readonly productId: string;
  readonly channelKind: string;
  readonly isCertified: boolean;
  readonly feeBearer: FeeBearer;
}

/** Freight goes whole to whoever ships, on a line of its own that bears the merchant order's id. */
export function sharesOfFreight({ merchantOrderId, merchantId, freightFen }: SaleFreight): ShareDraft[] {
  if (freightFen === 0n) return [];
  const whole = { ruleId: '', payeeKind: 'MERCHANT', payeeId: merchantId, shareFen: freightFen } as const;
  return [{ lineId: merchantOrderId, rankNo: 1, merchantOrderId, ...whole }];
}

export function lineDraftOf({ split }: LineRules, line: SaleLine): LineDraft {
  const { lineId, merchantOrderId, goodsFen, subsidyFen, productId, channelKind, isCertified } = line;
  const { feeBearer } = split;
  return {
    lineId,
    merchantOrderId,
    baseFen: goodsFen,
    subsidyFen,
    productId,
    channelKind,
    isCertified,
    feeBearer,
  };
}

/** Freight follows no rule of its own: its fee is the sellers' where the fee of everything it is sent with is. */
export function feeBearersOf(lines: readonly LineDraft[]): ReadonlyMap<string, FeeBearer> {
  const bearers = new Map<string, FeeBearer>();
  for (const { merchantOrderId, feeBearer } of lines) {
    const isSellers = feeBearer === 'SELLER' && bearers.get(merchantOrderId) !== 'PLATFORM';
    bearers.set(merchantOrderId, isSellers ? 'SELLER' : 'PLATFORM');
  }
  return bearers;
}

export function freightDraftOf(
  { merchantOrderId, freightFen }: SaleFreight,
  bearers: ReadonlyMap<string, FeeBearer>,
): LineDraft {
  const ofNoGoods = { subsidyFen: 0n, productId: '', channelKind: '', isCertified: false };
  const feeBearer = bearers.get(merchantOrderId) ?? 'PLATFORM';
  return { lineId: merchantOrderId, merchantOrderId, baseFen: freightFen, feeBearer, ...ofNoGoods };
}

/** A share as it stands. */
export interface ShareRow extends ShareDraft {
  readonly reversedFen: Fen;
  readonly releasedFen: Fen;
  /** Passed on by a pool to households that were named later. */
  readonly assignedFen: Fen;
  /** Borne of the payment provider's fee. */
  readonly feeFen: Fen;
  readonly releasedAt: Date | null;
  /** When it came due while a case held it. */
  readonly dueAt: Date | null;
}

/** What a refund may still take back. */
export function remainderOf(share: ShareRow): Fen {
  return share.shareFen - share.reversedFen - share.assignedFen;
}

/** What of it is there: the fee it bears has gone. */
export function heldOf(share: ShareRow): Fen {
  return remainderOf(share) - share.feeFen;
}

/** Nobody may be paid out of a pool without households, so it stays held. */
export function isReleasable(share: ShareRow): boolean {
  return share.releasedAt === null && share.payeeKind !== 'HOUSEHOLD_POOL';
}

/** Whether a case holds the share: by its line (a merchant order stands for its freight), or with the whole order. */
export function isHeldBy(holds: readonly { readonly lineId: string }[]): (share: ShareRow) => boolean {
  const lines = new Set(holds.map(({ lineId }) => lineId));
  return ({ lineId }) => lines.has('') || lines.has(lineId);
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
    case 'CONTRIBUTION':
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
  /** To the buyer. */
  readonly amountFen: Fen;
  /** To others who had paid of it; nothing unless said. */
  readonly subsidyFen?: Fen;
  /** Of that, to finance bureaus; the rest is the platform's. */
  readonly vouchers?: readonly VoucherShare[];
}

/** What the shares give for it. */
export function takenOf({ amountFen, subsidyFen = 0n }: RefundPart): Fen {
  return amountFen + subsidyFen;
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
  for (const part of parts) {
    const { lineId } = part;
    const amountFen = takenOf(part);
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
