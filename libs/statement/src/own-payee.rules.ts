import { type IdOf, businessDay, leastIdAt } from '#libs/kernel';
import type { PayoutOutlook } from '#libs/settlement';

/** Whose money somebody may see: that of a merchant, or of a counter that the merchant runs. */
export type OwnPayee = (
  | { readonly kind: 'MERCHANT'; readonly id: IdOf<'mer'> }
  | { readonly kind: 'OPERATOR'; readonly id: IdOf<'chp'> }
) & {
  /** Since when the merchant has run the counter that somebody else ran before; null where everything is theirs. */
  readonly since: Date | null;
};

type Since = Pick<OwnPayee, 'since'>;

/** The least id of what was written down in their time: '' for all. */
export function ownFrom(prefix: 'jrn' | 'pyo', { since }: Since): string {
  return since === null ? '' : leastIdAt(prefix, since);
}

export function isInOwnTime({ since }: Since, at: Date): boolean {
  return since === null || at >= since;
}

/** Of the day on which it changed hands a statement would tell of both. */
export function isOwnStatement({ since }: Since, { fromOn }: { readonly fromOn: string }): boolean {
  return since === null || fromOn > businessDay(since);
}

/** What goes to the account of whoever ran the counter before is nothing that this merchant is paid. */
export function ownOutlook(own: Since, outlook: PayoutOutlook): PayoutOutlook {
  const { account } = outlook;
  if (account === null || isInOwnTime(own, account.proposedAt)) return outlook;
  return { ...outlook, account: null, nextFen: 0n, obstacle: 'NO_ACCOUNT' };
}
