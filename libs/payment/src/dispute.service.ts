import { Injectable } from '@nestjs/common';
import { Clock, HOUR_MS, MINUTE_MS, newId, plus, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import type { Dispute } from './dispute.entity.js';
import { disputeClosed, disputeOpened, disputeWithdrawn } from './dispute.events.js';
import { DisputeRepository } from './dispute.repository.js';
import { isClosed, nextDisputeState } from './dispute.rules.js';
import type { Payment } from './payment.entity.js';
import { type DisputeSnapshot, PaymentGateway } from './payment.gateway.js';
import { PaymentRepository } from './payment.repository.js';
import type { NotificationOutcome } from './provider-notification.entity.js';
import { RefundPlanService } from './refund-plan.service.js';
import type { Refund, RefundId } from './refund.entity.js';
import { refundSucceeded } from './refund.events.js';
import { RefundRepository } from './refund.repository.js';
import { spreadOver } from './refund.rules.js';

/** A bank takes weeks; a deadline that passed unseen would cost the sale. */
const CHECK_EVERY_MS = 6 * HOUR_MS;
/** How long a janitor that has taken a check may need; then another takes it. */
const CLAIM_MS = 2 * MINUTE_MS;

/** A dispute's columns, to be copied with changes. */
type DisputeFacts = Pick<Dispute, keyof Dispute>;

/** What buyers' banks take back, as the provider shows it; nothing is decided here. */
@Injectable()
export class DisputeService {
  constructor(
    private readonly database: Database,
    private readonly disputes: DisputeRepository,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly plans: RefundPlanService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Fetches the dispute as it is now and applies it; throws while the provider is silent. */
  async look(disputeRef: string): Promise<NotificationOutcome> {
    const outcome = await this.gateway.dispute(disputeRef);
    if (outcome === null) return 'FOREIGN';
    if (outcome.kind === 'unknown' && outcome.reason === 'UNRECOGNISED') {
      this.log.warn({ disputeRef, detail: outcome.detail }, 'a dispute needs a person');
      return 'MANUAL';
    }
    if (outcome.kind !== 'succeeded') throw new Error(`The provider did not show ${disputeRef}`);
    return this.apply(outcome.value);
  }

  /** In whatever order it is seen: what counts is the object, and each step is told once. */
  apply(snapshot: DisputeSnapshot): Promise<NotificationOutcome> {
    const { intentRef } = snapshot;
    if (intentRef === null) return Promise.resolve('FOREIGN');
    return this.database.transaction(async (tx) => {
      // The payment's lock first, as everywhere: what is left to give back is known only behind it.
      const payment = await this.payments.lockByIntent(tx, intentRef);
      if (!payment) return 'FOREIGN';
      if (snapshot.currency !== 'cny' || payment.capturedFen === null) return 'MANUAL';
      const known = await this.disputes.lockByProviderRef(tx, snapshot.providerRef);
      return this.advance(tx, payment, known ?? (await this.open(tx, payment, snapshot)), snapshot);
    });
  }

  /** The janitor: follows disputes that are not decided yet. Bounded by `limit`; returns how many it took. */
  async checkDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const refs = await this.database.transaction((tx) =>
      this.disputes.claimDue(tx, now, plus(now, CLAIM_MS), limit),
    );
    for (const ref of refs) {
      try {
        await this.look(ref);
      } catch (error) {
        // One that cannot be checked must not keep the others from it; its next check is already due.
        this.log.fault(error, 'a dispute could not be checked', { disputeRef: ref });
      }
    }
    return refs.length;
  }

  private async open(tx: Tx, payment: Payment, snapshot: DisputeSnapshot): Promise<Dispute> {
    const now = this.clock.now();
    const dispute: Dispute = {
      id: newId('dsp'),
      paymentId: payment.id,
      orderId: payment.orderId,
      providerRef: snapshot.providerRef,
      state: 'INQUIRY',
      reason: snapshot.reason,
      amountFen: snapshot.amount,
      feeFen: null,
      withdrawnAt: null,
      respondBy: snapshot.respondBy,
      openedAt: now,
      closedAt: null,
      refundId: null,
      updatedAt: now,
      nextCheckAt: plus(now, CHECK_EVERY_MS),
    };
    await this.disputes.insert(tx, dispute);
    await emit(tx, disputeOpened(dispute, now));
    return dispute;
  }

  private async advance(
    tx: Tx,
    payment: Payment,
    before: DisputeFacts,
    snapshot: DisputeSnapshot,
  ): Promise<NotificationOutcome> {
    if (before.closedAt !== null) return 'APPLIED';
    // Once taken the amount stands: the books have been told of it.
    if (before.withdrawnAt !== null && before.amountFen !== snapshot.amount) return 'MANUAL';
    const now = this.clock.now();
    const state = nextDisputeState(before.state, snapshot);
    const isTaken = before.withdrawnAt === null && snapshot.withdrawal !== null;
    const dispute: DisputeFacts = {
      ...before,
      state,
      amountFen: snapshot.amount,
      feeFen: isTaken ? (snapshot.withdrawal?.feeFen ?? 0n) : before.feeFen,
      withdrawnAt: isTaken ? now : before.withdrawnAt,
      respondBy: snapshot.respondBy,
      closedAt: isClosed(state) ? now : null,
      updatedAt: now,
      nextCheckAt: isClosed(state) ? null : plus(now, CHECK_EVERY_MS),
    };
    if (isTaken) await emit(tx, disputeWithdrawn(dispute, now));
    if (state === 'LOST') {
      const refundId = await this.giveUp(tx, payment, dispute);
      if (!refundId) {
        // Other refunds have left less than the bank took: whose money that was is for a person to say. It stays open, is looked at again
        // (a refund may yet fail), and what was taken is written down, so that it is told once.
        const { id, ...known } = dispute;
        const open = { state: 'OPEN', closedAt: null, nextCheckAt: plus(now, CHECK_EVERY_MS) } as const;
        await this.disputes.update(tx, id, { ...known, ...open });
        return 'MANUAL';
      }
      dispute.refundId = refundId;
    }
    const { id, ...changes } = dispute;
    await this.disputes.update(tx, id, changes);
    if (isClosed(state)) await emit(tx, disputeClosed(dispute, state, now));
    return 'APPLIED';
  }

  /** What is lost counts among the payment's refunds from now on, and as volume that is no longer. */
  private async giveUp(tx: Tx, payment: Payment, dispute: DisputeFacts): Promise<RefundId | null> {
    const lines = spreadOver(await this.plans.remainingOf(tx, payment), dispute.amountFen);
    if (!lines) return null;
    const id = await this.plans.insert(tx, payment, {
      reason: 'DISPUTE',
      kind: 'AMOUNT',
      channel: 'DISPUTE',
      state: 'SUCCEEDED',
      providerRef: dispute.providerRef,
      lines,
    });
    const refund: Refund = present(await this.refunds.lock(tx, id), 'the refund just written');
    await emit(tx, refundSucceeded(refund, this.clock.now()));
    return id;
  }
}
