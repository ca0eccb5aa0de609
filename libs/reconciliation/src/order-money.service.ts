import { Injectable } from '@nestjs/common';
import { DAY_MS, type Fen, MINUTE_MS, fen, leastIdAt, plus } from '#libs/kernel';
import { ClearingReader, type SubjectSum } from '#libs/ledger';
import { OrderReader, type OrderRow } from '#libs/ordering';
import { DisputeReader, PaymentReader, RefundReader } from '#libs/payment';
import { type OrderMoney, findingsOfOrder, lastAtOf, settledOf } from './order-money.rules.js';
import { type Comparison, type Finding, type Round, type Sight } from './reconciliation.rules.js';

const PROVIDER = 'asset:psp:stripe:cny';

const ORDERS_MAX = 300;
const JOURNALS_MAX = 500;
/** What has just changed has not reached the books yet; whether it does in time is for the watch over deliveries. */
const SETTLED_AFTER_MS = 15 * MINUTE_MS;
/** Ids are made by the clocks of several processes. */
const SKEW_MS = DAY_MS;

/** R3: what orders say was paid and went back is in the books, to the fen; and nothing else is. */
@Injectable()
export class OrderMoneyService implements Comparison {
  readonly name = 'ORDERS';

  constructor(
    private readonly orders: OrderReader,
    private readonly payments: PaymentReader,
    private readonly refunds: RefundReader,
    private readonly disputes: DisputeReader,
    private readonly ledger: ClearingReader,
  ) {}

  async look({ position, coversFrom, now }: Sight): Promise<Round> {
    const [part = 'order', reached] = position?.split(' ') ?? [];
    const from = plus(coversFrom, -SKEW_MS);
    return part === 'order'
      ? this.ordersAfter(reached ?? leastIdAt('ord', from), now)
      : this.journalsAfter(reached ?? leastIdAt('jrn', from), now);
  }

  private async ordersAfter(reached: string, now: Date): Promise<Round> {
    const orders = await this.orders.after(reached, ORDERS_MAX);
    const told = (await this.moneyOf(orders)).filter((each) => lastAtOf(each) < plus(now, -SETTLED_AFTER_MS));
    const findings = told.flatMap((each) => findingsOfOrder(each));
    const wrong = new Set(findings.map(({ detail }) => detail['orderId'])).size;
    const last = orders.length < ORDERS_MAX ? undefined : orders.at(-1);
    return {
      findings,
      examined: told.length,
      matched: told.length - wrong,
      position: last ? `order ${last.id}` : 'journal',
    };
  }

  private async moneyOf(orders: readonly OrderRow[]): Promise<OrderMoney[]> {
    const ids = orders.map(({ id }) => id);
    if (ids.length === 0) return [];
    const payments = await this.payments.factsOfOrders(ids);
    const refunds = await this.refunds.ofOrders(ids);
    const disputes = await this.disputes.ofOrders(ids);
    const capturedOf = sumsBySubject(await this.ledger.sumsOf('payment_captured', PROVIDER, ids));
    const onAccountOf = sumsBySubject(await this.ledger.sumsOf('sale_on_account', 'liability:escrow', ids));
    const settledOfRefund = sumsBySubject(
      await this.ledger.sumsOf(
        'refund_settled',
        'liability:refund_payable',
        refunds.map(({ id }) => id),
      ),
    );
    const lostOf = sumsBySubject(
      await this.ledger.sumsOf(
        'dispute_lost',
        'asset:receivable:dispute',
        disputes.map(({ id }) => id),
      ),
    );
    const disputeOf = new Map(disputes.map(({ refundId, id }) => [refundId as string, id]));
    return orders.map((order) => ({
      orderId: order.id,
      isPaid: order.paidAt !== null,
      isSigned: order.signedAt !== null,
      onAccountFen: onAccountOf.get(order.id) ?? 0n,
      totalFen: fen(order.totalFen),
      placedAt: order.placedAt,
      paidAt: order.paidAt,
      payments: payments.filter(({ orderId }) => orderId === order.id),
      // Debits of the provider's account are what came in.
      capturedFen: 0n - (capturedOf.get(order.id) ?? 0n),
      refunds: refunds
        .filter(({ orderId }) => orderId === order.id)
        .map((refund) => {
          const { id, amountFen, state, updatedAt } = refund;
          return {
            id,
            amountFen,
            state,
            updatedAt,
            settledFen: settledOf(refund, disputeOf, settledOfRefund, lostOf),
          };
        }),
    }));
  }

  /** Money of the provider's account that is about an order, refund or dispute which does not exist. */
  private async journalsAfter(reached: string, now: Date): Promise<Round> {
    const touched = await this.ledger.touches(PROVIDER, reached, JOURNALS_MAX);
    const subjects = [...new Set(touched.map(({ subject }) => subject))];
    const of = (prefix: string) => subjects.filter((subject) => subject.startsWith(`${prefix}_`));
    const known = new Set<string>([
      ...(await this.orders.byIds(of('ord'))).map(({ id }) => id),
      ...(await this.refunds.byIds(of('rfd'))).map(({ id }) => id),
      ...(await this.disputes.byIds(of('dsp'))).map(({ id }) => id),
    ]);
    const asked = [...of('ord'), ...of('rfd'), ...of('dsp')];
    const strangers = asked.filter((subject) => !known.has(subject));
    const balances = await this.ledger.balancesOf(PROVIDER, strangers);
    const findings = balances.map(({ subject, balanceFen, lastAt }): Finding => ({
      breakClass: 'MISSING_EXTERNAL',
      subject,
      expectedFen: 0n,
      // The account's debits are what came in.
      actualFen: 0n - balanceFen,
      detail: { orderId: subject, what: 'in the books, and nowhere else' },
      happenedAt: lastAt < now ? lastAt : now,
    }));
    const last = touched.length < JOURNALS_MAX ? undefined : touched.at(-1);
    return {
      findings,
      examined: asked.length,
      matched: asked.length - findings.length,
      position: last ? `journal ${last.journalId}` : null,
    };
  }
}

function sumsBySubject(sums: readonly SubjectSum[]): ReadonlyMap<string, Fen> {
  return new Map(sums.map(({ subject, sumFen }) => [subject, sumFen]));
}
