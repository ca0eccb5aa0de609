import type { Fen } from '#libs/kernel';
import type { SubjectBalance } from '#libs/ledger';
import type { UnreturnedPayment } from '#libs/payment';
import type { Disagreement } from '#libs/receivable';
import type { Finding } from './reconciliation.rules.js';

/** Something that passed through an account. */
export interface ClearingCase {
  readonly subject: string;
  /** Left there; zero once it is over. */
  readonly balanceFen: Fen;
  /** What of it is explained: money whose refund failed waits where it was, and has a break of its own (R5). Nothing unless said. */
  readonly explainedFen?: Fen;
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
  'liability:deposit': 'ord_',
  'liability:refund_payable': 'rfd_',
  'asset:receivable:dispute': 'dsp_',
  pending: 'pyo_',
};

/**
 * What waits of money that did not go back by itself, by order: of deposits, or of what was never the order's. A kept payment's has left both long ago
 * and waits with its shares.
 */
export function waitingByOrder(
  payments: readonly UnreturnedPayment[],
  isDeposit = false,
): ReadonlyMap<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const { orderId, disposition, leftFen } of payments)
    if (disposition !== 'KEPT' && (disposition === 'DEPOSIT') === isDeposit)
      sums.set(orderId, (sums.get(orderId) ?? 0n) + leftFen);
  return sums;
}

/** Cleared is also what the books have not been told to take back yet: of that, others watch over the delivery. */
export function findingOfClearing(account: string, each: ClearingCase): Finding[] {
  const { subject, balanceFen, explainedFen = 0n, lastAt } = each;
  if (balanceFen === 0n || balanceFen === explainedFen) return [];
  const isOwn = subject.startsWith(OWN[account] ?? '');
  return [
    {
      breakClass: 'AMOUNT',
      subject: isOwn ? subject : `${subject} ${account}`,
      expectedFen: explainedFen,
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
