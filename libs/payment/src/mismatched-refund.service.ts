import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, type InvalidInputError, NotFound, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { type BuyerAccount, plainAccount, refuseAccount } from './bank-refund.rules.js';
import { BankRefundService } from './bank-refund.service.js';
import { DisputeRepository } from './dispute.repository.js';
import type { Payment, PaymentId } from './payment.entity.js';
import { PaymentNotInBooksError, PaymentNotMismatchedError } from './payment.errors.js';
import { PaymentGateway } from './payment.gateway.js';
import { PaymentRepository } from './payment.repository.js';
import { refundWindowEnd } from './payment.rules.js';
import { RefundPlanService } from './refund-plan.service.js';
import type { RefundId } from './refund.entity.js';
import { PaymentDisputedError, RefundWindowOverError } from './refund.errors.js';
import { RefundReader } from './refund.reader.js';
import { refuseNote, wholeOf } from './refund.rules.js';

export interface MismatchedRefund {
  readonly paymentId: string;
  /** Why, for those who read it later; never shown to the buyer. */
  readonly note: string;
  readonly requestedBy: IdOf<'usr'>;
  /** Where our bank sends it, for when the provider takes it back no more; null for the way it came. */
  readonly bankAccount: BuyerAccount | null;
}

export type MismatchedRefundRefusal =
  | InvalidInputError
  | PaymentNotMismatchedError
  | PaymentNotInBooksError
  | PaymentDisputedError
  | RefundWindowOverError;

/** Money that was not what the order asked for goes back whole, once a person has looked at it. */
@Injectable()
export class MismatchedRefundService {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundReader,
    private readonly plans: RefundPlanService,
    private readonly disputes: DisputeRepository,
    private readonly bankRefunds: BankRefundService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
  ) {}

  /** All that is left of it. Asked again, also at once, it answers with the refund that is under way or has arrived: there is never a second one. */
  async request(
    tx: Tx,
    { paymentId, note, requestedBy, bankAccount }: MismatchedRefund,
  ): Promise<{ readonly refundId: RefundId; readonly isNew: boolean } | MismatchedRefundRefusal> {
    const account = bankAccount && plainAccount(bankAccount);
    const refusal = refuseNote(note) ?? (account && refuseAccount(account));
    if (refusal) return refusal;
    // The lock by which whoever asks takes turns.
    const payment = await this.payments.lock(tx, paymentId as PaymentId);
    if (!payment) throw new NotFound('Payment', paymentId);
    if (payment.disposition !== 'MISMATCHED') return new PaymentNotMismatchedError();
    if (payment.capturedFen === null || payment.capturedFen === 0n) return new PaymentNotInBooksError();
    // Less what somebody has given back at the provider's own desk.
    const lines = wholeOf(await this.plans.remainingOf(tx, payment));
    if (lines.length === 0) {
      const earlier = await this.refunds.ofPayments([payment.id], tx);
      const standing = earlier.findLast(({ state }) => state !== 'FAILED');
      return { refundId: present(standing, 'the refund that took all').id, isNew: false };
    }
    const disputeId = await this.disputes.openOf(tx, payment.id);
    if (disputeId) return new PaymentDisputedError(disputeId);
    const late = account ? null : this.refuseLate(payment);
    if (late) return late;
    const refundId = await this.plans.insert(tx, payment, {
      channel: account ? 'MANUAL_BANK' : 'PROVIDER',
      reason: 'MISMATCHED',
      kind: 'FULL',
      note,
      requestedBy,
      lines,
    });
    if (account) await this.bankRefunds.open(tx, refundId, { account, requestedBy });
    return { refundId, isNew: true };
  }

  private refuseLate(payment: Payment): RefundWindowOverError | null {
    // Nothing has come for what is on account, so nothing that does not match.
    if (payment.method === 'ON_ACCOUNT') return null;
    const capability = this.gateway.capabilities[payment.method];
    const endsAt = refundWindowEnd(capability, payment);
    if (!endsAt || this.clock.now() <= endsAt) return null;
    return new RefundWindowOverError(
      payment.method,
      present(capability.refundWindowDays, 'the days of a window that ends'),
      endsAt,
    );
  }
}
