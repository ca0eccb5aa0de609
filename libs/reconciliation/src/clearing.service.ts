import { Injectable } from '@nestjs/common';
import { DAY_MS, HOUR_MS, leastIdAt, plus } from '#libs/kernel';
import { type AccountCode, ClearingReader, LedgerPendingReader } from '#libs/ledger';
import { OrderReader } from '#libs/ordering';
import {
  DisputeReader,
  type DisputeRow,
  type Refund,
  RefundReader,
  UnreturnedPaymentReader,
} from '#libs/payment';
import { ReceivableCheckReader } from '#libs/receivable';
import { PayoutReader } from '#libs/settlement';
import {
  type ClearingCase,
  findingOfClearing,
  findingOfReceivable,
  sumsByOrder,
  waitingByOrder,
} from './clearing.rules.js';
import type { Comparison, Round, Sight } from './reconciliation.rules.js';

/** Units, or orders on account, of one round. */
const RECEIVABLES_MAX = 500;
/** Journals of one round. */
const JOURNALS_MAX = 500;
/** What is younger may still be on its way. */
const SETTLED_AFTER_MS = HOUR_MS;
/** Ids are made by the clocks of several processes, and seen once committed. */
const SKEW_MS = DAY_MS;

const PARTS = ['escrow', 'deposit', 'refund', 'dispute', 'payout', 'receivable'] as const;
type Part = (typeof PARTS)[number];

const ACCOUNT: Readonly<Record<Exclude<Part, 'payout' | 'receivable'>, AccountCode>> = {
  escrow: 'liability:escrow',
  deposit: 'liability:deposit',
  refund: 'liability:refund_payable',
  dispute: 'asset:receivable:dispute',
};

/** R2: what is only passed through leaves nothing behind, order by order, refund by refund, dispute by dispute, payout by payout; and what units owe. */
@Injectable()
export class ClearingService implements Comparison {
  readonly name = 'CLEARING';

  constructor(
    private readonly ledger: ClearingReader,
    private readonly orders: OrderReader,
    private readonly pendings: LedgerPendingReader,
    private readonly refunds: RefundReader,
    private readonly disputes: DisputeReader,
    private readonly unreturned: UnreturnedPaymentReader,
    private readonly payouts: PayoutReader,
    private readonly receivables: ReceivableCheckReader,
  ) {}

  async look({ position, coversFrom, now }: Sight): Promise<Round> {
    const [word = 'escrow', reached = '', further = ''] = position?.split(' ') ?? [];
    const part = PARTS.find((each) => each === word) ?? 'escrow';
    const before = plus(now, -SETTLED_AFTER_MS);
    if (part === 'payout') return this.payoutsAfter(reached, before);
    if (part === 'receivable') return this.receivablesAfter(reached, further, now);
    const from = reached === '' ? leastIdAt('jrn', plus(coversFrom, -SKEW_MS)) : reached;
    const touched = await this.ledger.touches(ACCOUNT[part], from, JOURNALS_MAX);
    const subjects = [...new Set(touched.map(({ subject }) => subject))];
    const cases = await this.casesOf(part, subjects);
    const due = cases.filter(({ isOver, lastAt }) => isOver && lastAt < before);
    const findings = due.flatMap((each) => findingOfClearing(ACCOUNT[part], each));
    const last = touched.length < JOURNALS_MAX ? undefined : touched.at(-1);
    const next = PARTS[PARTS.indexOf(part) + 1] ?? 'payout';
    return {
      findings,
      examined: due.length,
      matched: due.filter(({ balanceFen }) => balanceFen === 0n).length,
      position: last ? `${part} ${last.journalId}` : `${next} `,
    };
  }

  private async casesOf(
    part: Exclude<Part, 'payout' | 'receivable'>,
    subjects: readonly string[],
  ): Promise<ClearingCase[]> {
    if (part === 'escrow') return this.ordersOf('escrow', subjects);
    if (part === 'deposit') return this.deposits(subjects);
    const balances = await this.ledger.balancesOf(ACCOUNT[part], subjects);
    const ends =
      part === 'refund'
        ? endsOfRefunds(await this.refunds.byIds(subjects))
        : endsOfDisputes(await this.disputes.byIds(subjects));
    return balances.map(({ subject, balanceFen, lastAt }) => {
      const end = ends.get(subject);
      // What nobody knows is over: it will never come to an end by itself.
      return { subject, balanceFen, lastAt: later(lastAt, end?.at), isOver: end?.isOver ?? true };
    });
  }

  /** What was late or twice never left escrow but with a refund or a lost dispute, whose journals bear their own ids. */
  private async ordersOf(part: 'escrow' | 'deposit', subjects: readonly string[]): Promise<ClearingCase[]> {
    const told = (prefix: string) => subjects.filter((subject) => subject.startsWith(prefix));
    const orderIds = new Set(told('ord_'));
    const causes = [
      ...(await this.refunds.byIds(told('rfd_'))),
      ...(await this.disputes.byIds(told('dsp_'))),
    ];
    for (const { orderId } of causes) orderIds.add(orderId);
    const refunds = await this.refunds.ofOrders([...orderIds]);
    const parts = [...refunds, ...(await this.disputes.ofOrders([...orderIds]))];
    const all = new Set([...subjects, ...orderIds, ...parts.map(({ id }) => id)]);
    const balances = await this.ledger.balancesOf(ACCOUNT[part], [...all]);
    const cases = sumsByOrder(balances, new Map(parts.map(({ id, orderId }) => [id, orderId])));
    const waiting = waitingByOrder(await this.unreturned.ofOrders([...orderIds]), part === 'deposit');
    // A refund that has just begun or failed has not reached the books yet.
    const movedAt = new Map<string, Date>();
    for (const { orderId, updatedAt } of refunds)
      movedAt.set(orderId, later(updatedAt, movedAt.get(orderId)));
    return cases.map((each) => ({
      ...each,
      explainedFen: waiting.get(each.subject) ?? 0n,
      lastAt: later(each.lastAt, movedAt.get(each.subject)),
    }));
  }

  /** What is held for a buyer stays while the order waits for the rest. */
  private async deposits(subjects: readonly string[]): Promise<ClearingCase[]> {
    const cases = await this.ordersOf('deposit', subjects);
    const orders = await this.orders.byIds(
      cases.map(({ subject }) => subject).filter((subject) => subject.startsWith('ord_')),
    );
    const ends = new Map(
      orders.map(({ id, state, paidAt, cancelledAt }): [string, End] => [
        id,
        { isOver: state !== 'PLACED', at: cancelledAt ?? paidAt },
      ]),
    );
    return cases.map((each) => {
      const end = ends.get(each.subject);
      return { ...each, lastAt: later(each.lastAt, end?.at), isOver: end?.isOver ?? true };
    });
  }

  private async payoutsAfter(reached: string, before: Date): Promise<Round> {
    const after = reached === '' ? null : [reached];
    const { nodes } = await this.pendings.page('PENDING', { first: JOURNALS_MAX, after });
    const own = nodes.filter(({ subject }) => subject.startsWith('pyo_'));
    const payouts = new Map(
      (await this.payouts.byIds(own.map(({ subject }) => subject))).map((each) => [each.id as string, each]),
    );
    const due = own.flatMap(({ subject, amountFen, recordedAt }): ClearingCase[] => {
      const payout = payouts.get(subject);
      const isOver = !payout || !['PLANNED', 'BATCHED', 'SENT'].includes(payout.state);
      const lastAt = payout?.settledAt ?? payout?.plannedAt ?? recordedAt;
      return isOver && lastAt < before ? [{ subject, balanceFen: amountFen, lastAt, isOver }] : [];
    });
    const findings = due.flatMap((each) => findingOfClearing('pending', each));
    const last = nodes.length < JOURNALS_MAX ? undefined : nodes.at(-1);
    return {
      findings,
      examined: own.length,
      matched: own.length - findings.length,
      position: last ? `payout ${last.journalId}` : 'receivable',
    };
  }

  /** What units owe is what the books say they owe, and what their orders' parts and history make. */
  private async receivablesAfter(side: string, last: string, now: Date): Promise<Round> {
    const isOrders = side === 'order';
    const { found, examined, next } = isOrders
      ? await this.receivables.ordersAfter(last, RECEIVABLES_MAX)
      : await this.receivables.unitsAfter(last, RECEIVABLES_MAX);
    const wrong = new Set(found.map(({ subject }) => subject));
    const end = isOrders ? null : 'receivable order';
    return {
      findings: found.map((each) => findingOfReceivable(each, now)),
      examined,
      matched: examined - wrong.size,
      position: next === null ? end : `receivable ${isOrders ? 'order' : 'unit'} ${next}`,
    };
  }
}

interface End {
  readonly isOver: boolean;
  readonly at: Date | null;
}

function later(a: Date, b: Date | null | undefined): Date {
  return b && b > a ? b : a;
}

function endsOfRefunds(refunds: readonly Refund[]): Map<string, End> {
  return new Map(
    refunds.map(({ id, state, updatedAt }) => [
      id,
      { isOver: state === 'SUCCEEDED' || state === 'FAILED', at: updatedAt },
    ]),
  );
}

function endsOfDisputes(disputes: readonly DisputeRow[]): Map<string, End> {
  return new Map(disputes.map(({ id, closedAt }) => [id, { isOver: closedAt !== null, at: closedAt }]));
}
