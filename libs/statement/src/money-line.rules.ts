import { type Fen, sumFen } from '#libs/kernel';
import type { OthersShare } from '#libs/settlement';

/** MERCHANT: whose goods they are. FUND: of a county, with what goods that are not certified contribute to it. */
export const MONEY_DEDUCTION_KINDS = ['MERCHANT', 'HOUSEHOLD', 'FUND', 'OPERATOR', 'PLATFORM'] as const;
export type MoneyDeductionKind = (typeof MONEY_DEDUCTION_KINDS)[number];

export interface MoneyDeduction {
  readonly kind: MoneyDeductionKind;
  readonly amountFen: Fen;
}

const KINDS_OF: Readonly<Record<MoneyDeductionKind, readonly OthersShare['payeeKind'][]>> = {
  MERCHANT: ['MERCHANT'],
  HOUSEHOLD: ['HOUSEHOLD', 'HOUSEHOLD_POOL'],
  FUND: ['FUND', 'CONTRIBUTION'],
  OPERATOR: ['OPERATOR'],
  PLATFORM: ['PLATFORM'],
};

/** What others got of what was sold, the kinds in one order; those that got nothing are left out. */
export function deductionsOf(others: readonly OthersShare[]): MoneyDeduction[] {
  return MONEY_DEDUCTION_KINDS.map((kind) => {
    const theirs = others.filter(({ payeeKind }) => KINDS_OF[kind].includes(payeeKind));
    return { kind, amountFen: sumFen(theirs.map(({ shareFen }) => shareFen)) };
  }).filter(({ amountFen }) => amountFen !== 0n);
}
