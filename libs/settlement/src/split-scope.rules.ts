/** The channels a rule may be for: those that orders know. */
export const SPLIT_CHANNELS = ['PAVILION', 'ZONE', 'COUNTER', 'ONLINE', 'PROCUREMENT', 'FAIR'] as const;

/** What a rule is for; '' and '*' say "every". A product is one merchant's, so a rule names one of the two at most. */
export interface RuleScope {
  readonly productId: string;
  readonly merchantId: string;
  readonly channelKind: string;
}

export const EVERYTHING: RuleScope = { productId: '', merchantId: '', channelKind: '*' };

export function scopeKeyOf({ productId, merchantId, channelKind }: RuleScope): string {
  const parts = [
    ...(productId ? [`P:${productId}`] : []),
    ...(merchantId ? [`M:${merchantId}`] : []),
    ...(channelKind === '*' ? [] : [`C:${channelKind}`]),
  ];
  return parts.join('/') || '*';
}

/**
 * The scopes that a sale falls under, the most specific first: product before merchant before channel before everything; within
 * product and within merchant, with the channel before without it.
 */
export function scopesOf({ productId, merchantId, channelKind }: RuleScope): string[] {
  return [
    { productId, merchantId: '', channelKind },
    { productId, merchantId: '', channelKind: '*' },
    { productId: '', merchantId, channelKind },
    { productId: '', merchantId, channelKind: '*' },
    { productId: '', merchantId: '', channelKind },
    EVERYTHING,
  ].map(scopeKeyOf);
}

interface Versioned {
  readonly scopeKey: string;
  readonly version: number;
  readonly effectiveFrom: Date;
}

/**
 * Of the first of these scopes that has one: the version that took effect last, and of several that took effect together the highest.
 * Null if no scope has a version in force at that moment.
 */
export function inForce<Rule extends Versioned>(
  rules: readonly Rule[],
  scopeKeys: readonly string[],
  at: Date,
): Rule | null {
  for (const scopeKey of scopeKeys) {
    const [newest] = rules
      .filter((rule) => rule.scopeKey === scopeKey && rule.effectiveFrom.getTime() <= at.getTime())
      .toSorted((a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime() || b.version - a.version);
    if (newest) return newest;
  }
  return null;
}
