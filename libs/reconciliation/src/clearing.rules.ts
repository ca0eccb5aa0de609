import type { Fen } from '#libs/kernel';
import type { SubjectBalance } from '#libs/ledger';
import type { Disagreement } from '#libs/receivable';
import type { Finding } from './reconciliation.rules.js';

/** Something that passed through an account. */
export interface ClearingCase {
  readonly subject: string;
  /** Left there; zero once it is over. */
  readonly balanceFen: Fen;
  readonly lastAt: Date;
  readonly isOver: boolean;
}

/** An order, with the refunds and lost disputes of it that took their money from escrow. An order is over as soon as its money has come and gone on. */
export function sumsByOrder(
  balances: readonly SubjectBalance[],
  orderOf: ReadonlyMap<string, string>,
): ClearingCase[] {
  const sums = new Map<string, ClearingCase>();
  for (const { subject: told, balanceFen, lastAt } of balances) {
    const subject = orderOf.get(told) ?? told;
    const before = sums.get(subject);
    sums.set(subject, {
      subject,
      balanceFen: (before?.balanceFen ?? 0n) + balanceFen,
      lastAt: before && before.lastAt > lastAt ? before.lastAt : lastAt,
      isOver: true,
    });
  }
  return [...sums.values()];
}

/** What each account is for; anything else in it is named with it. */
const OWN: Readonly<Record<string, string>> = {
  'liability:escrow': 'ord_',
  'liability:refund_payable': 'rfd_',
  'asset:receivable:dispute': 'dsp_',
  pending: 'pyo_',
};

export function findingOfClearing(account: string, { subject, balanceFen, lastAt }: ClearingCase): Finding[] {
  if (balanceFen === 0n) return [];
  const isOwn = subject.startsWith(OWN[account] ?? '');
  return [
    {
      breakClass: 'AMOUNT',
      subject: isOwn ? subject : `${subject} ${account}`,
      expectedFen: 0n,
      actualFen: balanceFen,
      detail: { account, what: 'left over after the end' },
      happenedAt: lastAt,
    },
  ];
}

const SAID_BY: Readonly<Record<Disagreement['about'], string>> = {
  LEDGER: 'what a unit owes, and its account',
  PARTS: "what is owed of an order, and its merchants' parts",
  ENTRIES: 'what is owed of an order, and its history',
};

export function findingOfReceivable({ about, subject, keptFen, foundFen }: Disagreement, now: Date): Finding {
  return {
    breakClass: 'AMOUNT',
    subject: `${subject} receivable ${about}`,
    expectedFen: foundFen,
    actualFen: keptFen,
    detail: { about: subject, what: SAID_BY[about] },
    happenedAt: now,
  };
}
