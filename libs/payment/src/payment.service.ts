import { Injectable } from '@nestjs/common';
import {
  Clock,
  type Fen,
  MINUTE_MS,
  NotFound,
  assert,
  fen,
  newId,
  plus,
  present,
  refused,
  sumFen,
} from '#libs/kernel';
import { OrderReader, OrderSellerReader, OrderService, type SellerSuspendedError } from '#libs/ordering';
import { Database, Together, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import type { Disposition, Payment, PaymentId, PaymentMethod } from './payment.entity.js';
import type { OrderNotPayableError } from './payment.errors.js';
import { paymentCaptured, paymentFailed, paymentFeeCharged, paymentPromised } from './payment.events.js';
import { PaymentGateway, type Outcome, type PaymentSnapshot } from './payment.gateway.js';
import { PaymentReader, type PaymentView, viewOf } from './payment.reader.js';
import { PaymentRepository } from './payment.repository.js';
import {
  NOTHING_CAPTURED,
  dueOf,
  isAbsenceProven,
  isAsAsked,
  isLive,
  isUnanswered,
  nextCheckOf,
  nextState,
  refundReasonOf,
  refuseStart,
  capturedAt,
} from './payment.rules.js';
import { RefundService } from './refund.service.js';

/** How long a janitor that has taken a check may need; then another takes it. */
const CLAIM_MS = 2 * MINUTE_MS;

/** Belongs to nobody until a person has looked at it. */
const MISMATCHED = { disposition: 'MISMATCHED', depositFen: 0n } as const;

/** A payment's columns, to be copied with changes. */
type PaymentFacts = Pick<Payment, keyof Payment>;

interface Start {
  readonly payment: Payment;
  readonly isNew: boolean;
  /** Live attempts of other methods, which the buyer has turned away from. */
  readonly superseded: readonly Payment[];
}

type StartRefusal = OrderNotPayableError | SellerSuspendedError;

interface StartWish {
  readonly buyerId: string;
  readonly orderId: string;
  readonly method: PaymentMethod;
}

/** The attempt that goes on, or a new one that has to be written. */
function startOf(
  { orderId, method, stage, amountFen }: Pick<Payment, 'orderId' | 'method' | 'stage' | 'amountFen'>,
  attempts: readonly Payment[],
  now: Date,
): Start {
  const live = attempts.filter(isLive);
  const isSame = (attempt: Payment) => attempt.method === method && attempt.stage === stage;
  // Also an attempt at the deposit that another one has paid.
  const superseded = live.filter((attempt) => !isSame(attempt));
  const open = live.find(isSame);
  if (open) return { payment: open, isNew: false, superseded };

  const payment: Payment = {
    id: newId('pay'),
    orderId,
    attempt: attempts.length + 1,
    method,
    stage,
    state: 'STARTING',
    amountFen,
    intentRef: null,
    checkoutRef: null,
    ...NOTHING_CAPTURED,
    createdAt: now,
    updatedAt: now,
    nextCheckAt: nextCheckOf({ state: 'STARTING', createdAt: now, feeRef: null }, now),
  };
  return { payment, isNew: true, superseded };
}

/** Money coming in: started here, followed from the provider's own objects until it is captured or given up. */
@Injectable()
export class PaymentService {
  /** Of one order one after the other, so that the second finds the first one's attempt. */
  private readonly starts = new Together<StartWish, Start | StartRefusal | NotFound>(
    this.database,
    ({ orderId }) => orderId,
    (wish) =>
      this.database.transaction(async (tx) => present((await this.beginAll(tx, [wish]))[0], 'an outcome')),
    (wishes) => this.database.transaction((tx) => this.beginAll(tx, wishes)),
  );
  private readonly answers = new Together<Payment, boolean>(
    this.database,
    ({ id }) => id,
    (payment) => this.payments.answer(this.database, [payment]),
    async (payments) => {
      const areWritten = await this.payments.answer(this.database, payments);
      return payments.map(() => areWritten);
    },
  );

  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly reader: PaymentReader,
    private readonly orders: OrderService,
    private readonly orderReader: OrderReader,
    private readonly sellers: OrderSellerReader,
    private readonly refunds: RefundService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Begins to pay, or goes on with the attempt of the same method that is still open. What comes back may lack an action: then the
   * provider has not answered, and asking again is safe.
   */
  async start(buyerId: string, orderId: string, method: PaymentMethod): Promise<PaymentView | StartRefusal> {
    const start = await this.starts.of({ buyerId, orderId, method });
    if (start instanceof NotFound) throw start;
    if (refused(start)) return start;
    const { payment, superseded } = start;

    const [shown] = await Promise.all([
      isUnanswered(payment) ? this.create(payment) : payment,
      ...superseded.map((earlier) => this.cancel(earlier)),
    ]);
    return viewOf(shown ?? present(await this.reader.byId(payment.id), 'the payment just started'));
  }

  /**
   * What the provider shows of a payment, in whatever order it is seen. FOREIGN if it is not of this installation; MANUAL if it does
   * not fit what we know.
   */
  async apply(snapshot: PaymentSnapshot): Promise<'APPLIED' | 'FOREIGN' | 'MANUAL'> {
    const { paymentId } = snapshot;
    if (paymentId === null) return 'FOREIGN';
    return this.database.transaction(async (tx) => {
      const payment = await this.payments.lock(tx, paymentId);
      if (!payment) return 'FOREIGN';
      const { intentRef } = payment;
      // A second object that bears our id was not made by us.
      if (intentRef !== null && snapshot.intentRef !== null && intentRef !== snapshot.intentRef)
        return 'MANUAL';
      await this.advance(tx, payment, snapshot);
      return 'APPLIED';
    });
  }

  /** An order was signed for: what is owed stands in the place of a payment that it keeps. Told twice it is recorded once. */
  async promise(
    tx: Tx,
    { orderId, amountFen, at }: { orderId: Payment['orderId']; amountFen: Fen; at: Date },
  ): Promise<void> {
    if ((await this.payments.lockKept(tx, orderId)).length > 0) return;
    const now = this.clock.now();
    const payment: Payment = { ...withoutProvider(orderId, now), method: 'ON_ACCOUNT', amountFen };
    await this.payments.insert(tx, payment);
    await emit(tx, paymentPromised(payment, at, now));
  }

  /** Of an order that others have paid whole nothing is asked: it is paid as soon as it is placed, and the books are told of nothing. Told twice it is paid once. */
  async waive(tx: Tx, orderId: Payment['orderId'], at: Date): Promise<void> {
    const order = present(await this.orderReader.byId(orderId, tx), `the order ${orderId}`);
    if (order.totalFen !== '0' || order.paymentTerm === 'ON_ACCOUNT') return;
    const now = this.clock.now();
    const payment: Payment = {
      ...withoutProvider(orderId, now),
      method: 'NONE',
      amountFen: 0n,
      capturedFen: 0n,
      capturedAt: at,
    };
    // Cancelled before, or told before: then there is nothing to keep, and nothing to give back.
    if ((await this.orders.markPaid(tx, { orderId, paymentId: payment.id, paidAt: at })) !== 'KEPT') return;
    await this.payments.insert(tx, payment);
    const fact = { amountFen: 0n, at, disposition: 'KEPT', intentRef: payment.id } as const;
    await emit(tx, paymentCaptured(payment, fact, now));
  }

  /** The janitor: asks about payments that nobody has told us of. Bounded by `limit`; returns how many it took. */
  async checkDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const ids = await this.database.transaction((tx) =>
      this.payments.claimDue(tx, now, plus(now, CLAIM_MS), limit),
    );
    for (const id of ids) {
      try {
        await this.check(id);
      } catch (error) {
        // One that cannot be checked must not keep the others from it; its next check is already due.
        this.log.fault(error, 'a payment could not be checked', { paymentId: id });
      }
    }
    return ids.length;
  }

  private async beginAll(tx: Tx, wishes: readonly StartWish[]): Promise<(Start | StartRefusal | NotFound)[]> {
    // The orders' locks: two browsers that start at once make two attempts with two numbers, or share one.
    const orders = await this.orders.lockAllPayable(tx, wishes);
    const now = this.clock.now();
    const open = orders.flatMap((order) => (order && !refuseStart(order, now) ? [order.id] : []));
    const suspended = await this.sellers.refusalsOf(tx, open);
    const refusals = orders.map(
      (order) => order && (refuseStart(order, now) ?? suspended.get(order.id) ?? null),
    );
    const payable = orders.flatMap((order, index) => (order && !refusals[index] ? [order.id] : []));
    const attempts = await this.payments.ofOrders(tx, payable);
    const starts = wishes.map(({ orderId, method }, index) => {
      const order = orders[index];
      if (!order) return new NotFound('Order', orderId);
      const before = attempts.filter((attempt) => attempt.orderId === order.id);
      return refusals[index] ?? startOf({ ...dueOf(order), orderId: order.id, method }, before, now);
    });
    const made = starts.flatMap((start) => ('isNew' in start && start.isNew ? [start.payment] : []));
    await this.payments.insert(tx, ...made);
    return starts;
  }

  /** As it stands then; null where it has to be looked up. */
  private async create(payment: Payment): Promise<Payment | null> {
    const { id: paymentId, orderId, method, amountFen } = payment;
    assert(
      method !== 'ON_ACCOUNT' && method !== 'NONE',
      'what nobody pays by a provider is no attempt to pay',
    );
    const outcome = await this.gateway.create({ paymentId, orderId, method, amountFen });
    const answered =
      outcome.kind !== 'unknown' && outcome.value ? await this.answer(payment, outcome.value) : null;
    if (!answered) await this.record(payment, outcome);
    return answered;
  }

  /** What nearly every payment is told first: how it is paid. Nothing else follows from it, so no lock is needed; null where it is something else. */
  private async answer(payment: Payment, snapshot: PaymentSnapshot): Promise<Payment | null> {
    const now = this.clock.now();
    const seen = seenAs(payment, snapshot, now);
    if (snapshot.paymentId !== payment.id || seen.state !== 'AWAITING_BUYER') return null;
    const answered = { ...seen, nextCheckAt: nextCheckOf(seen, now) };
    return (await this.answers.of(answered)) ? answered : null;
  }

  /** As well as it goes: what is paid all the same is noticed, and given back. */
  private async cancel(payment: Payment): Promise<void> {
    if (payment.intentRef === null && payment.checkoutRef === null) return;
    const outcome = await this.gateway.cancel(payment);
    if (outcome) await this.record(payment, outcome);
  }

  private async record(payment: Payment, outcome: Outcome<PaymentSnapshot>): Promise<void> {
    const paymentId = payment.id;
    if (outcome.kind === 'unknown') {
      this.log.info({ paymentId, detail: outcome.detail }, 'a payment has no answer yet');
      await this.close(paymentId, 'UNKNOWN');
    } else if (outcome.value) {
      const applied = await this.apply(outcome.value);
      if (applied !== 'APPLIED') this.log.warn({ paymentId, applied }, 'a payment does not fit its object');
    } else if (outcome.kind === 'failed') {
      this.log.info({ paymentId, code: outcome.code }, 'a payment was refused by the provider');
      await this.close(paymentId, 'FAILED');
    }
  }

  /** Only what nobody has learned more of meanwhile. */
  private async close(id: PaymentId, state: 'UNKNOWN' | 'FAILED' | 'CANCELLED'): Promise<void> {
    await this.database.transaction(async (tx) => {
      const payment = present(await this.payments.lock(tx, id), 'the payment just asked about');
      if (!isUnanswered(payment)) return;
      const now = this.clock.now();
      const { createdAt, feeRef } = payment;
      const nextCheckAt = nextCheckOf({ state, createdAt, feeRef }, now);
      await this.payments.update(tx, id, { state, updatedAt: now, nextCheckAt });
      if (state === 'FAILED') await emit(tx, paymentFailed(payment, now));
    });
  }

  private async check(id: PaymentId): Promise<void> {
    const payment = present(await this.reader.byId(id), 'a payment that is due');
    const now = this.clock.now();
    await this.database.transaction((tx) =>
      this.payments.update(tx, id, { nextCheckAt: nextCheckOf(payment, now) }),
    );
    const hasRef = payment.intentRef !== null || payment.checkoutRef !== null;
    const outcome = await (hasRef ? this.gateway.query(payment) : this.gateway.queryByPaymentId(id));
    if (!outcome) {
      if (isAbsenceProven(payment, now)) await this.close(id, 'CANCELLED');
      return;
    }
    await this.record(payment, outcome);
    if (outcome.kind === 'pending') await this.giveUpUnlessPayable(id);
  }

  /** Nobody shall pay for an order that cannot keep the money. */
  private async giveUpUnlessPayable(id: PaymentId): Promise<void> {
    const payment = present(await this.reader.byId(id), 'a payment that is due');
    const order = present(await this.orderReader.byId(payment.orderId), 'the order of a payment');
    const isOver = refuseStart({ ...order, totalFen: fen(order.totalFen) }, this.clock.now()) !== null;
    if (isOver) await this.cancel(payment);
  }

  private async advance(tx: Tx, payment: PaymentFacts, snapshot: PaymentSnapshot): Promise<void> {
    const now = this.clock.now();
    const known = seenAs(payment, snapshot, now);
    const { state } = known;
    const isNews = state !== payment.state;
    const captured = isNews && state === 'SUCCEEDED' ? await this.capture(tx, known, snapshot) : known;
    if (isNews && state === 'FAILED') await emit(tx, paymentFailed(known, now));
    const { id, ...final } = await this.charge(tx, captured, snapshot.fee);
    await this.payments.update(tx, id, { ...final, nextCheckAt: nextCheckOf(final, now) });
  }

  /** The money is here: the order says whether it can keep it, in the same transaction. */
  private async capture(tx: Tx, payment: PaymentFacts, snapshot: PaymentSnapshot): Promise<PaymentFacts> {
    const captured = present(snapshot.captured, 'what a succeeded payment captured');
    const intentRef = present(payment.intentRef, 'the intent of a succeeded payment');
    const at = capturedAt(captured, this.clock.now());
    const { disposition, depositFen } = isAsAsked(payment, captured)
      ? await this.settle(tx, payment, at)
      : MISMATCHED;
    // The books are kept in CNY; money of another currency waits at the provider for a person.
    const capturedFen = captured.currency === 'cny' ? captured.amount : 0n;
    const paid: PaymentFacts = { ...payment, capturedFen, capturedAt: at, disposition };
    if (capturedFen > 0n) {
      const fact = { amountFen: capturedFen, at, disposition, intentRef, depositFen };
      await emit(tx, paymentCaptured(paid, fact, this.clock.now()));
    }
    if (disposition === 'MISMATCHED') {
      this.log.warn(
        { paymentId: payment.id, ...captured, amount: String(captured.amount) },
        'AMOUNT_MISMATCH: a person must refund',
      );
    }
    const reason = refundReasonOf(disposition);
    if (reason) await this.refunds.requestUnkept(tx, paid, reason);
    return paid;
  }

  /**
   * What the order makes of it. A balance is kept together with the deposit, whose payment is locked before the order, like every payment. Where the
   * deposit is no longer whole (the buyer's bank, or somebody at the provider's desk, has given of it back), the balance does not make the order
   * paid: it waits for a person, and the order for its time to be over.
   */
  private async settle(
    tx: Tx,
    { id: paymentId, orderId, stage }: PaymentFacts,
    paidAt: Date,
  ): Promise<{ readonly disposition: Disposition; readonly depositFen: Fen }> {
    const deposits = stage === 'BALANCE' ? await this.payments.lockDeposits(tx, orderId) : [];
    let isDepositWhole = true;
    for (const { id } of deposits) isDepositWhole &&= !(await this.refunds.hasAny(tx, id));
    const payment = { orderId, paymentId, stage, isDepositWhole, paidAt };
    const disposition = await this.orders.markPaid(tx, payment);
    if (disposition !== 'KEPT') return { disposition, depositFen: 0n };
    for (const { id } of deposits)
      await this.payments.update(tx, id, { disposition: 'KEPT', updatedAt: this.clock.now() });
    return { disposition, depositFen: sumFen(deposits.map(({ capturedFen }) => capturedFen ?? 0n)) };
  }

  /** Once, when it first becomes known. */
  private async charge(tx: Tx, payment: PaymentFacts, fee: PaymentSnapshot['fee']): Promise<PaymentFacts> {
    if (payment.state !== 'SUCCEEDED' || payment.feeRef !== null || !fee) return payment;
    if (fee.feeFen > 0n) await emit(tx, paymentFeeCharged(payment, fee, this.clock.now()));
    return { ...payment, feeFen: fee.feeFen, feeRef: fee.ref };
  }
}

/** A payment with what the provider shows of it. */
function seenAs(payment: PaymentFacts, snapshot: PaymentSnapshot, now: Date): PaymentFacts {
  const state = nextState(payment, snapshot.state);
  return {
    ...payment,
    ...actionOf(payment, snapshot, state),
    state,
    intentRef: payment.intentRef ?? snapshot.intentRef,
    checkoutRef: payment.checkoutRef ?? snapshot.checkoutRef,
    updatedAt: now,
  };
}

/** A payment that no provider knows of, and that its order keeps. */
function withoutProvider(orderId: Payment['orderId'], now: Date): Omit<Payment, 'method' | 'amountFen'> {
  return {
    id: newId('pay'),
    orderId,
    attempt: 1,
    stage: 'WHOLE',
    state: 'SUCCEEDED',
    intentRef: null,
    checkoutRef: null,
    ...NOTHING_CAPTURED,
    disposition: 'KEPT',
    createdAt: now,
    updatedAt: now,
    nextCheckAt: null,
  };
}

/** A hosted page stays the buyer's way in, whatever its intent asks for meanwhile; what is over needs nobody. */
function actionOf(
  payment: Payment,
  snapshot: PaymentSnapshot,
  state: Payment['state'],
): Pick<Payment, 'actionKind' | 'actionUrl'> {
  if (state !== 'AWAITING_BUYER') return { actionKind: null, actionUrl: null };
  const isInsidePage = payment.checkoutRef !== null && snapshot.checkoutRef === null;
  if (!snapshot.action || isInsidePage)
    return { actionKind: payment.actionKind, actionUrl: payment.actionUrl };
  return { actionKind: snapshot.action.kind, actionUrl: snapshot.action.url };
}
