import { type Fen, sumFen } from '#libs/kernel';
import type { Payment, Refund } from '#libs/payment';
import type { BreakClass } from './reconciliation-break.entity.js';
import type { Finding } from './reconciliation.rules.js';

/** A refund, and what the books say has left for it. */
export interface RefundInBooks extends Pick<Refund, 'id' | 'amountFen' | 'state' | 'updatedAt'> {
  readonly settledFen: Fen;
}

/** One order, as trade and as the books have it. */
export interface OrderMoney {
  readonly orderId: string;
  readonly isPaid: boolean;
  readonly totalFen: Fen;
  readonly placedAt: Date;
  readonly paidAt: Date | null;
  readonly payments: readonly Pick<Payment, 'disposition' | 'capturedFen' | 'updatedAt'>[];
  /** Signed for by a unit, which owes it: no payment will come by the provider. */
  readonly isSigned: boolean;
  /** By the books, what the unit owed when it was signed for. */
  readonly onAccountFen: Fen;
  /** By the books, for all of its payments. */
  readonly capturedFen: Fen;
  readonly refunds: readonly RefundInBooks[];
}

/** What a lost dispute took bears the dispute's id in the books. A settlement is a debit of what was set aside. */
export function settledOf(
  { id, channel }: Pick<Refund, 'id' | 'channel'>,
  disputeOf: ReadonlyMap<string, string>,
  settledOfRefund: ReadonlyMap<string, Fen>,
  lostOf: ReadonlyMap<string, Fen>,
): Fen {
  if (channel === 'DISPUTE') return lostOf.get(disputeOf.get(id) ?? '') ?? 0n;
  return 0n - (settledOfRefund.get(id) ?? 0n);
}

/** When something of it last changed. */
export function lastAtOf({ placedAt, paidAt, payments, refunds }: OrderMoney): Date {
  const instants = [
    placedAt,
    paidAt ?? placedAt,
    ...[...payments, ...refunds].map(({ updatedAt }) => updatedAt),
  ];
  return new Date(Math.max(...instants.map((at) => at.getTime())));
}

function classOf(expectedFen: Fen, bookedFen: Fen): BreakClass {
  if (bookedFen === 0n) return 'MISSING_INTERNAL';
  if (expectedFen === 0n) return 'MISSING_EXTERNAL';
  return bookedFen === 2n * expectedFen ? 'DUPLICATE' : 'AMOUNT';
}

/** The order against its payments, its payments against the books, and each refund against the books. */
export function findingsOfOrder(order: OrderMoney): Finding[] {
  const { orderId, isPaid, totalFen, placedAt, payments, capturedFen: bookedFen, refunds } = order;
  const captured = (rows: OrderMoney['payments']) => sumFen(rows.map((row) => row.capturedFen ?? 0n));
  const keptFen = captured(payments.filter(({ disposition }) => disposition === 'KEPT'));
  const found = (
    breakClass: BreakClass,
    subject: string,
    what: string,
    expectedFen: Fen,
    actualFen: Fen,
  ): Finding => ({
    breakClass,
    subject,
    expectedFen,
    actualFen,
    detail: { orderId, what },
    happenedAt: placedAt,
  });
  const findings: Finding[] = [];
  const owedFen = isPaid ? totalFen : 0n;
  if (keptFen !== owedFen) {
    const breakClass = keptFen === 0n ? 'MISSING_EXTERNAL' : owedFen === 0n ? 'MISSING_INTERNAL' : 'AMOUNT';
    findings.push(
      found(
        breakClass,
        `${orderId}:paid`,
        'what the order asked for and what its payment kept',
        owedFen,
        keptFen,
      ),
    );
  }
  const expectedFen = captured(payments);
  if (expectedFen !== bookedFen)
    findings.push(
      found(classOf(expectedFen, bookedFen), orderId, 'captured: payments and books', expectedFen, bookedFen),
    );
  const signedFen = order.isSigned ? totalFen : 0n;
  if (signedFen !== order.onAccountFen)
    findings.push(
      found(
        classOf(signedFen, order.onAccountFen),
        `${orderId}:signed`,
        'signed for on account: order and books',
        signedFen,
        order.onAccountFen,
      ),
    );
  for (const { id, state, amountFen, settledFen } of refunds) {
    const backFen = state === 'SUCCEEDED' ? amountFen : 0n;
    if (backFen !== settledFen)
      findings.push(
        found(classOf(backFen, settledFen), id, 'gone back: refund and books', backFen, settledFen),
      );
  }
  return findings;
}
