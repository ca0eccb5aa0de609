import { Injectable } from '@nestjs/common';
import {
  Clock,
  type DomainError,
  type IdOf,
  type InvalidInputError,
  NotFound,
  present,
  refused,
} from '#libs/kernel';
import type { Tx } from '#platform/database';
import { type BuyerAccount, plainAccount, refuseAccount } from './bank-refund.rules.js';
import { BankRefundService } from './bank-refund.service.js';
import { DisputeRepository } from './dispute.repository.js';
import type { Payment, PaymentId } from './payment.entity.js';
import type {
  PaymentNotInBooksError,
  PaymentNotMismatchedError,
  PaymentNotUnreturnedError,
} from './payment.errors.js';
import { PaymentGateway } from './payment.gateway.js';
import { PaymentRepository } from './payment.repository.js';
import { refundWindowEnd } from './payment.rules.js';
import { RefundPlanService } from './refund-plan.service.js';
import type { Refund, RefundId } from './refund.entity.js';
import { PaymentDisputedError, RefundWindowOverError } from './refund.errors.js';
import { RefundReader } from './refund.reader.js';
import { refuseNote, wholeOf } from './refund.rules.js';
import { type Judged, judgeMismatched, judgeUnreturned } from './whole-refund.rules.js';

export interface WholeRefund {
  readonly paymentId: string;
  /** Why, for those who read it later; never shown to the buyer. */
  readonly note: string;
  readonly requestedBy: IdOf<'usr'>;
  /** Where our bank sends it, for when the provider takes it back no more; null for the way it came. */
  readonly bankAccount: BuyerAccount | null;
}

export interface WholeRefundAsked {
  readonly refundId: RefundId;
  /** Whether it was asked for by this. */
  readonly isNew: boolean;
}

type WholeRefundRefusal = InvalidInputError | PaymentDisputedError | RefundWindowOverError;
export type MismatchedRefundRefusal = WholeRefundRefusal | PaymentNotMismatchedError | PaymentNotInBooksError;
export type UnreturnedRefundRefusal = WholeRefundRefusal | PaymentNotUnreturnedError;

/** Money that is nobody's to keep goes back whole, once a person has looked at it. */
@Injectable()
export class WholeRefundService {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundReader,
    private readonly plans: RefundPlanService,
    private readonly disputes: DisputeRepository,
    private readonly bankRefunds: BankRefundService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
  ) {}

  /** Of what was not what the order asked for. */
  ofMismatched(tx: Tx, request: WholeRefund): Promise<WholeRefundAsked | MismatchedRefundRefusal> {
    return this.request(tx, request, (payment) => judgeMismatched(payment));
  }

  /** Of what should have gone back by itself (late, twice, of a cancelled order), and whose refund has failed. */
  ofUnreturned(tx: Tx, request: WholeRefund): Promise<WholeRefundAsked | UnreturnedRefundRefusal> {
    return this.request(tx, request, (_payment, refunds) => judgeUnreturned(refunds));
  }

  /** Until when the provider takes it back to where it came from; null without end. */
  windowEndsAt({ method, capturedAt }: Pick<Payment, 'method' | 'capturedAt'>): Date | null {
    // Nothing has come for what is on account.
    if (method === 'ON_ACCOUNT' || method === 'NONE') return null;
    return refundWindowEnd(this.gateway.capabilities[method], { capturedAt });
  }

  /** All that is left of it. Asked again, also at once, it answers with the refund that is under way or has arrived: there is never a second one. */
  private async request<Refusal extends DomainError>(
    tx: Tx,
    { paymentId, note, requestedBy, bankAccount }: WholeRefund,
    judge: (payment: Payment, refunds: readonly Refund[]) => Judged<Refusal>,
  ): Promise<WholeRefundAsked | WholeRefundRefusal | Refusal> {
    const account = bankAccount && plainAccount(bankAccount);
    const refusal = refuseNote(note) ?? (account && refuseAccount(account));
    if (refusal) return refusal;
    // The lock by which whoever asks takes turns.
    const payment = await this.payments.lock(tx, paymentId as PaymentId);
    if (!payment) throw new NotFound('Payment', paymentId);
    const earlier = await this.refunds.ofPayments([payment.id], tx);
    const reason = judge(payment, earlier);
    if (refused(reason)) return reason;
    // Less what somebody has given back at the provider's own desk.
    const lines = wholeOf(await this.plans.remainingOf(tx, payment));
    if (lines.length === 0) {
      const standing = earlier.findLast(({ state }) => state !== 'FAILED');
      return { refundId: present(standing, 'the refund that took all').id, isNew: false };
    }
    const disputeId = await this.disputes.openOf(tx, payment.id);
    if (disputeId) return new PaymentDisputedError(disputeId);
    const late = account ? null : this.refuseLate(payment);
    if (late) return late;
    const refundId = await this.plans.insert(tx, payment, {
      channel: account ? 'MANUAL_BANK' : 'PROVIDER',
      reason,
      kind: 'FULL',
      note,
      requestedBy,
      lines,
    });
    if (account) await this.bankRefunds.open(tx, refundId, { account, requestedBy });
    return { refundId, isNew: true };
  }

  private refuseLate(payment: Payment): RefundWindowOverError | null {
    const endsAt = this.windowEndsAt(payment);
    const { method } = payment;
    if (method === 'ON_ACCOUNT' || method === 'NONE' || !endsAt || this.clock.now() <= endsAt) return null;
    const { refundWindowDays } = this.gateway.capabilities[method];
    return new RefundWindowOverError(
      method,
      present(refundWindowDays, 'the days of a window that ends'),
      endsAt,
    );
  }
}
