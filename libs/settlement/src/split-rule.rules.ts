import type { ContributionRuleId, FeeBearer, RuleState, SplitRuleId } from './split-rule.entity.js';
import {
  RuleNotFutureError,
  RuleStateError,
  SplitCapExceededError,
  SplitRuleNotWholeError,
} from './split.errors.js';
import { type RuleScope, SPLIT_CHANNELS } from './split-scope.rules.js';
import { InvalidInputError, type InvalidField, MINUTE_MS, isId, plus } from '#libs/kernel';

/** The whole, in basis points. */
export const WHOLE_BPS = 10_000;

export interface SplitRate {
  readonly merchantBps: number;
  readonly householdBps: number;
  readonly platformBps: number;
  readonly operatorBps: number;
  readonly fundBps: number;
}

/** A published version, as a sale needs it. */
export interface SplitRuleRow extends SplitRate {
  readonly id: SplitRuleId;
  readonly version: number;
  readonly scopeKey: string;
  readonly feeBearer: FeeBearer;
  readonly effectiveFrom: Date;
}

export interface ContributionRuleRow {
  readonly id: ContributionRuleId;
  readonly version: number;
  readonly scopeKey: string;
  readonly bps: number;
  readonly effectiveFrom: Date;
}

/**
 * A rule takes effect at least this long after it was published. Long enough for the publishing transaction and for clocks that
 * differ: whoever splits a sale under it finds it in the database.
 */
const LEAD_MS = 5 * MINUTE_MS;

/** Years from now are a slip of the pen. */
const AHEAD_DAYS_MAX = 1_096;

export function refuseRate(rate: SplitRate): SplitRuleNotWholeError | null {
  const parts = [rate.merchantBps, rate.householdBps, rate.platformBps, rate.operatorBps, rate.fundBps];
  const total = parts.reduce((a, b) => a + b, 0);
  const isWhole = total === WHOLE_BPS && parts.every((part) => Number.isInteger(part) && part >= 0);
  return isWhole ? null : new SplitRuleNotWholeError(total);
}

const BAD_SCOPE = {
  productId: { zh: '产品编号无效', en: 'This is not the id of a product.' },
  merchantId: { zh: '商家编号无效', en: 'This is not the id of a merchant.' },
  both: {
    zh: '产品本身已确定商家，产品与商家只能指定一项',
    en: 'A product is one merchant’s; name the product or the merchant, not both.',
  },
  channelKind: { zh: '销售渠道无效', en: 'There is no such channel.' },
  bps: {
    zh: `比例须为 0 到 ${WHOLE_BPS} 个基点`,
    en: `A rate lies between 0 and ${WHOLE_BPS} basis points.`,
  },
  key: {
    zh: '请求编号须为 1 到 64 个字母、数字或符号',
    en: 'An idempotency key has 1 to 64 ASCII characters.',
  },
};

function scopeFaults({ productId, merchantId, channelKind }: RuleScope): InvalidField[] {
  const isChannel = channelKind === '*' || SPLIT_CHANNELS.some((kind) => kind === channelKind);
  return [
    ...(productId && !isId('prd', productId) ? [{ path: 'productId', message: BAD_SCOPE.productId }] : []),
    ...(merchantId && !isId('mer', merchantId)
      ? [{ path: 'merchantId', message: BAD_SCOPE.merchantId }]
      : []),
    ...(productId && merchantId ? [{ path: 'merchantId', message: BAD_SCOPE.both }] : []),
    ...(isChannel ? [] : [{ path: 'channelKind', message: BAD_SCOPE.channelKind }]),
  ];
}

function keyFaults(key: string): InvalidField[] {
  return /^[\x21-\x7e]{1,64}$/.test(key) ? [] : [{ path: 'idempotencyKey', message: BAD_SCOPE.key }];
}

function invalid(fields: readonly InvalidField[]): InvalidInputError | null {
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

export function refuseScope(scope: RuleScope, idempotencyKey: string): InvalidInputError | null {
  return invalid([...scopeFaults(scope), ...keyFaults(idempotencyKey)]);
}

export function refuseContribution(
  { bps, channelKind }: { readonly bps: number; readonly channelKind: string },
  idempotencyKey: string,
): InvalidInputError | null {
  const isPart = Number.isInteger(bps) && bps >= 0 && bps <= WHOLE_BPS;
  return invalid([
    ...scopeFaults({ productId: '', merchantId: '', channelKind }),
    ...(isPart ? [] : [{ path: 'bps', message: BAD_SCOPE.bps }]),
    ...keyFaults(idempotencyKey),
  ]);
}

/** Never for sales of the past: what was paid before it was published was split without it. */
export function refuseEffectiveFrom(effectiveFrom: Date, now: Date): RuleNotFutureError | null {
  const [earliestAt, latestAt] = [plus(now, LEAD_MS), plus(now, AHEAD_DAYS_MAX * 86_400_000)];
  const isWithin = effectiveFrom >= earliestAt && effectiveFrom <= latestAt;
  return isWithin ? null : new RuleNotFutureError(earliestAt, latestAt);
}

/** From which states an act may start. */
const FROM: Readonly<Record<'PROPOSE' | 'DECIDE' | 'WITHDRAW', readonly RuleState[]>> = {
  PROPOSE: ['DRAFT'],
  DECIDE: ['PROPOSED'],
  WITHDRAW: ['DRAFT', 'PROPOSED'],
};

export function refuseAct(act: keyof typeof FROM, state: RuleState): RuleStateError | null {
  return FROM[act].includes(state) ? null : new RuleStateError(state);
}

export interface ProviderCap {
  readonly code: string;
  /** Null where the provider sets no limit. */
  readonly nonSellerMaxBps: number | null;
}

/** What leaves the seller: every part but the merchant's, and what the merchant contributes of it. */
export function nonSellerBps(
  { merchantBps }: Pick<SplitRate, 'merchantBps'>,
  contributionBps: number,
): number {
  return WHOLE_BPS - merchantBps + Math.min(contributionBps, merchantBps);
}

/** The first provider in use that would not carry it out. */
export function refuseCaps(bps: number, caps: readonly ProviderCap[]): SplitCapExceededError | null {
  for (const { code, nonSellerMaxBps } of caps) {
    if (nonSellerMaxBps !== null && bps > nonSellerMaxBps)
      return new SplitCapExceededError(code, bps, nonSellerMaxBps);
  }
  return null;
}
