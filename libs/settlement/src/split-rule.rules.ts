import { SplitRuleNotWholeError } from './split.errors.js';

/** The whole, in basis points. */
export const WHOLE_BPS = 10_000;

export interface SplitRate {
  readonly merchantBps: number;
  readonly householdBps: number;
  readonly platformBps: number;
  readonly operatorBps: number;
  readonly fundBps: number;
}

export interface SplitRuleRow extends SplitRate {
  readonly id: `spr_${string}`;
  readonly version: number;
  /** '*' for every channel that has no rule of its own. */
  readonly channelKind: string;
  readonly effectiveFrom: Date;
}

export function refuseRate(rate: SplitRate): SplitRuleNotWholeError | null {
  const parts = [rate.merchantBps, rate.householdBps, rate.platformBps, rate.operatorBps, rate.fundBps];
  const total = parts.reduce((a, b) => a + b, 0);
  const isWhole = total === WHOLE_BPS && parts.every((part) => Number.isInteger(part) && part >= 0);
  return isWhole ? null : new SplitRuleNotWholeError(total);
}

/** The newest rule of the channel that was in force at that moment, else the one for every channel; null if there is neither. */
export function ruleInForce(
  rules: readonly SplitRuleRow[],
  channelKind: string,
  at: Date,
): SplitRuleRow | null {
  const newest = (kind: string) =>
    rules
      .filter((rule) => rule.channelKind === kind && rule.effectiveFrom.getTime() <= at.getTime())
      .toSorted((a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime() || b.version - a.version)[0];
  return newest(channelKind) ?? newest('*') ?? null;
}
