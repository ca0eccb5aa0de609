import { Injectable } from '@nestjs/common';
import { Clock, MINUTE_MS, NotFound, assert, plus, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import { BankRefundRepository } from './bank-refund.repository.js';
import type { Payment, PaymentId } from './payment.entity.js';
import { PaymentGateway, type Outcome, type RefundSnapshot } from './payment.gateway.js';
import { PaymentReader } from './payment.reader.js';
import { PaymentRepository } from './payment.repository.js';
import { nextCheckAt } from './payment.rules.js';
import { RefundPlanService } from './refund-plan.service.js';
import type { Refund, RefundId, RefundReason } from './refund.entity.js';
import { refundFailed, refundSucceeded } from './refund.events.js';
import { RefundReader } from './refund.reader.js';
import { RefundRepository } from './refund.repository.js';
import {
  type RefundWish,
  calledOffOf,
  nextRefundState,
  nextTry,
  refundKey,
  spreadOver,
  unkeptLine,
  wholeOf,
} from './refund.rules.js';
import { isUnreturned } from './whole-refund.rules.js';

/** How long a janitor that has taken a check may need; then another takes it. */
const CLAIM_MS = 2 * MINUTE_MS;

/** Money going back: decided here, set aside by the books, sent to the provider, and followed until it has arrived. */
@Injectable()
export class RefundService {
  constructor(
    private readonly database: Database,
    private readonly refunds: RefundRepository,
    private readonly reader: RefundReader,
    private readonly payments: PaymentRepository,
    private readonly paymentReader: PaymentReader,
    private readonly plans: RefundPlanService,
    private readonly bankRefunds: BankRefundRepository,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Everything of a paid order that has not gone back yet; null if nothing is left. */
  async requestWholeOrder(
    tx: Tx,
    orderId: Payment['orderId'],
    reason: RefundReason,
  ): Promise<RefundId | null> {
    const payments = await this.payments.lockKept(tx, orderId);
    assert(payments.length > 0, `${orderId} has been paid`);
    const lines = wholeOf(await this.plans.remainingOfOrder(tx, payments));
    const [first = null] = await this.plans.insertOver(tx, payments, { reason, kind: 'FULL', lines });
    return first;
  }

  /** What was held for the rest that has not come; null where nothing was. Told twice it goes back once. */
  async requestDeposit(tx: Tx, orderId: Payment['orderId']): Promise<RefundId | null> {
    let first: RefundId | null = null;
    for (const deposit of await this.payments.lockDeposits(tx, orderId)) {
      const lines = wholeOf(await this.plans.remainingOf(tx, deposit));
      if (lines.length === 0) continue;
      const id = await this.plans.insert(tx, deposit, { reason: 'CANCELLED', kind: 'FULL', lines });
      first = first ?? id;
    }
    return first;
  }

  /** Whether anything of a payment has gone back, or is on its way. */
  async hasAny(tx: Tx, paymentId: PaymentId): Promise<boolean> {
    return ((await this.reader.refundedFen([paymentId], tx)).get(paymentId) ?? 0n) > 0n;
  }

  /**
   * What a cancelled order has still not given back, because a refund failed that somebody had asked for before. One of the rule's own that
   * fails is not tried again without a person.
   */
  async requestLeftOver(tx: Tx, failedRefundId: string): Promise<RefundId | null> {
    const failed = present(await this.reader.byId(failedRefundId, tx), 'the refund that has failed');
    if (isUnreturned(failed.reason)) return null;
    const payments = await this.payments.lockKept(tx, failed.orderId);
    // What was not kept went back, or waits, with a refund of its own.
    const isKept = payments.some(({ id }) => id === failed.paymentId);
    return isKept ? this.requestWholeOrder(tx, failed.orderId, 'CANCELLED') : null;
  }

  /**
   * Units of a paid order that will not be sent, as far as they have not gone back before; null if none are left. What the bank disputes or
   * the provider takes back no more is asked for all the same, and fails where somebody looks.
   */
  async requestUnits(
    tx: Tx,
    orderId: Payment['orderId'],
    units: readonly RefundWish[],
    freightOf: readonly string[] = [],
  ): Promise<RefundId | null> {
    const payments = await this.payments.lockKept(tx, orderId);
    assert(payments.length > 0, `${orderId} has been paid`);
    const lines = calledOffOf(await this.plans.remainingOfOrder(tx, payments), units, freightOf);
    const [first = null] = await this.plans.insertOver(tx, payments, {
      reason: 'CALLED_OFF',
      kind: 'LINE',
      lines,
    });
    return first;
  }

  /** The whole of a payment that the order could not keep; the caller holds the payment's lock. */
  requestUnkept(tx: Tx, payment: Payment, reason: 'LATE' | 'DUPLICATE'): Promise<RefundId> {
    return this.plans.insert(tx, payment, { reason, kind: 'FULL', lines: [unkeptLine(payment.amountFen)] });
  }

  /** The books have credited it. Told twice it has succeeded once. */
  async confirmCredited(tx: Tx, refundId: string, at: Date): Promise<void> {
    const locked = await this.refunds.lock(tx, refundId);
    const refund: Pick<Refund, keyof Refund> = present(locked, `the refund ${refundId}`);
    if (refund.state === 'SUCCEEDED') return;
    const succeeded = { state: 'SUCCEEDED', updatedAt: at, nextCheckAt: null } as const;
    await this.refunds.update(tx, refund.id, succeeded);
    await emit(tx, refundSucceeded({ ...refund, ...succeeded }, at));
  }

  /** Asks the provider, once the books have set the money aside. Calling again is harmless. */
  async send(refundId: string): Promise<void> {
    const known = await this.reader.byId(refundId);
    // The books credit it and say so; nothing is sent.
    if (known?.channel === 'ON_ACCOUNT') return;
    if (known?.channel === 'NONE') {
      // Nothing is the buyer's, so nobody sends anything: what the books have set aside has gone back to whoever had paid it.
      await this.database.transaction(async (tx) => {
        const refund = present(await this.refunds.lock(tx, known.id), 'the refund that is set aside');
        if (refund.state === 'REQUESTED') await this.conclude(tx, refund, 'SUCCEEDED', null);
      });
      return;
    }
    if (known?.channel === 'MANUAL_BANK') {
      // What a bank sends is sent by people, once enough of them have agreed and the money is set aside.
      await this.database.transaction((tx) => this.bankRefunds.markSetAside(tx, refundId, this.clock.now()));
      return;
    }
    // Who has asked before looks first: the answer may have been lost, and the key forgotten meanwhile.
    if (known?.state === 'SENT') await this.check(known.id);
    else await this.ask(refundId);
  }

  /**
   * What the provider shows of a refund of this payment. One that is not ours was made at the provider's own desk and is adopted:
   * its amount is spread over what is left of the order. MANUAL where that does not fit what we know.
   */
  apply(paymentId: PaymentId, snapshot: RefundSnapshot): Promise<'APPLIED' | 'MANUAL'> {
    return this.database.transaction(async (tx) => {
      // Before the refund's own lock, as everywhere: adopting needs to know what is left.
      const payment = present(await this.payments.lock(tx, paymentId), 'the payment of a refund');
      const refund = snapshot.refundId
        ? await this.refunds.lock(tx, snapshot.refundId)
        : await this.refunds.lockByProviderRef(tx, snapshot.providerRef);
      // What bears the name of another payment's refund was not made by us.
      if (refund && refund.paymentId !== paymentId) return 'MANUAL';
      if (refund) return this.advance(tx, refund, snapshot);
      return snapshot.refundId === null ? this.adopt(tx, payment, snapshot) : 'MANUAL';
    });
  }

  /** The janitor: follows refunds whose fate is not known yet. Bounded by `limit`; returns how many it took. */
  async checkDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const ids = await this.database.transaction((tx) =>
      this.refunds.claimDue(tx, now, plus(now, CLAIM_MS), limit),
    );
    for (const id of ids) {
      try {
        await this.check(id);
      } catch (error) {
        // One that cannot be checked must not keep the others from it; its next check is already due.
        this.log.fault(error, 'a refund could not be checked', { refundId: id });
      }
    }
    return ids.length;
  }

  private async check(id: RefundId): Promise<void> {
    const refund = present(await this.reader.byId(id), 'a refund that is due');
    const payment = present(await this.paymentReader.byId(refund.paymentId), 'the payment of a refund');
    if (!(await this.putOff(id))) return;
    const known = await this.gateway.refundsOf(
      present(payment.intentRef, 'the intent of a captured payment'),
    );
    if (known.kind !== 'succeeded') return;
    const snapshot = known.value.find(
      (candidate) => candidate.refundId === id || candidate.providerRef === refund.providerRef,
    );
    if (snapshot) await this.apply(payment.id, snapshot);
    else await this.ask(id);
  }

  /** Until the next check. False for what somebody has concluded meanwhile: there is nothing more to learn, and it is not asked about again. */
  private putOff(id: RefundId): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const refund = present(await this.refunds.lock(tx, id), 'a refund that is due');
      const isOpen = refund.state === 'SENT';
      const since = refund.keyTriedAt ?? refund.createdAt;
      const next = isOpen ? nextCheckAt(since, this.clock.now()) : null;
      await this.refunds.update(tx, id, { nextCheckAt: next });
      return isOpen;
    });
  }

  /** Only what the provider does not show: noted before it is asked, so that whoever comes after a crash looks first. */
  private async ask(refundId: string): Promise<void> {
    const asked = await this.database.transaction(async (tx) => {
      const current = await this.refunds.lock(tx, refundId);
      if (!current) throw new NotFound('Refund', refundId);
      const isUnanswered = current.state === 'SENT' && current.providerRef === null;
      if (current.state !== 'REQUESTED' && !isUnanswered) return null;

      const now = this.clock.now();
      const attempt = nextTry(current, now);
      if (!attempt) {
        this.log.warn(
          { refundId },
          'a refund has had no answer for a day, and waits for proof that it never was',
        );
        return null;
      }
      const changes = {
        ...attempt,
        state: 'SENT',
        updatedAt: now,
        nextCheckAt: nextCheckAt(attempt.keyTriedAt ?? now, now),
      } as const;
      await this.refunds.update(tx, current.id, changes);
      return { current, keyNo: attempt.keyNo };
    });
    if (!asked) return;
    const { current: refund, keyNo } = asked;

    const payment = present(await this.paymentReader.byId(refund.paymentId), 'the payment of a refund');
    const outcome = await this.gateway.refund({
      refundId: refund.id,
      paymentId: payment.id,
      orderId: payment.orderId,
      intentRef: present(payment.intentRef, 'the intent of a captured payment'),
      amountFen: refund.amountFen,
      idempotencyKey: refundKey({ id: refund.id, keyNo }),
    });
    await this.record(refund, outcome);
  }

  private async record(refund: Refund, outcome: Outcome<RefundSnapshot>): Promise<void> {
    const refundId = refund.id;
    if (outcome.kind === 'unknown') {
      this.log.info({ refundId, detail: outcome.detail }, 'a refund has no answer yet');
    } else if (outcome.value) {
      const applied = await this.apply(refund.paymentId, outcome.value);
      if (applied !== 'APPLIED') this.log.warn({ refundId, applied }, 'a refund does not fit its object');
    } else if (outcome.kind === 'failed') {
      this.log.info({ refundId, code: outcome.code }, 'a refund was refused by the provider');
      await this.fail(refundId, outcome.code);
    }
  }

  private fail(id: RefundId, code: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const refund = present(await this.refunds.lock(tx, id), 'the refund just sent');
      if (refund.state === 'SENT') await this.conclude(tx, refund, 'FAILED', refund.providerRef, code);
    });
  }

  private async advance(tx: Tx, refund: Refund, snapshot: RefundSnapshot): Promise<'APPLIED' | 'MANUAL'> {
    const state = nextRefundState(refund.state, snapshot.state);
    if (state === null || snapshot.amount !== refund.amountFen || snapshot.currency !== 'cny')
      return 'MANUAL';
    await this.conclude(tx, refund, state, snapshot.providerRef, snapshot.failureCode);
    return 'APPLIED';
  }

  /** How it ended, told once. Needs the refund's lock; also for those that a bank sends. */
  async conclude(
    tx: Tx,
    refund: Refund,
    state: Refund['state'],
    providerRef: string | null,
    failureCode: string | null = null,
  ): Promise<void> {
    const now = this.clock.now();
    const isFinal = state === 'SUCCEEDED' || state === 'FAILED';
    const next = isFinal ? null : nextCheckAt(refund.createdAt, now);
    const changes = { state, providerRef, failureCode, updatedAt: now, nextCheckAt: next };
    await this.refunds.update(tx, refund.id, changes);
    if (state === refund.state) return;
    if (state === 'SUCCEEDED') await emit(tx, refundSucceeded(refund, now));
    if (state === 'FAILED') await emit(tx, refundFailed(refund, now));
  }

  private async adopt(tx: Tx, payment: Payment, snapshot: RefundSnapshot): Promise<'APPLIED' | 'MANUAL'> {
    if (snapshot.state === 'FAILED') return 'APPLIED'; // Nothing has gone back.
    if (snapshot.currency !== 'cny' || payment.state !== 'SUCCEEDED') return 'MANUAL';
    const lines = spreadOver(await this.plans.remainingOf(tx, payment), snapshot.amount);
    if (!lines) return 'MANUAL';
    const id = await this.plans.insert(tx, payment, { reason: 'PROVIDER', kind: 'AMOUNT', lines });
    return this.advance(tx, present(await this.refunds.lock(tx, id), 'the refund just adopted'), snapshot);
  }
}
