import { Injectable } from '@nestjs/common';
import { type Fen, MINUTE_MS, plus } from '#libs/kernel';
import { nextDisputeState } from './dispute.rules.js';
import { DisputeReader, type DisputeRow } from './dispute.reader.js';
import type { Payment } from './payment.entity.js';
import { PaymentGateway } from './payment.gateway.js';
import { PaymentReader } from './payment.reader.js';
import { LIVE_STATES, nextState } from './payment.rules.js';
import type { Refund } from './refund.entity.js';
import { RefundReader } from './refund.reader.js';
import { nextRefundState } from './refund.rules.js';

/** What is under way at the provider. */
export const STATE_SUBJECTS = ['PAYMENT', 'REFUND', 'DISPUTE'] as const;
export type StateSubject = (typeof STATE_SUBJECTS)[number];

/** Provider and we say different things of one payment, refund or dispute. */
export interface StateDifference {
  readonly id: string;
  readonly orderId: string;
  readonly amountFen: Fen;
  readonly ours: string;
  /** Null where the provider knows of nothing under the name that it gave us. */
  readonly theirs: string | null;
  readonly since: Date;
}

export interface StateComparison {
  /** Those that the provider has shown. */
  readonly examined: number;
  readonly differences: readonly StateDifference[];
  /** Null where there are no more. */
  readonly last: string | null;
}

/** News takes a moment, and the janitor a round; after that both should say the same. */
const SETTLED_AFTER_MS = 5 * MINUTE_MS;

/** Each is a question to the provider. */
const ASKED_MAX = 20;

/**
 * Asks the provider how what is under way stands, and compares. It changes nothing: the janitors do, and what they cannot mend has to be
 * seen by somebody.
 */
@Injectable()
export class ProviderStateService {
  constructor(
    private readonly payments: PaymentReader,
    private readonly refunds: RefundReader,
    private readonly disputes: DisputeReader,
    private readonly gateway: PaymentGateway,
  ) {}

  /** A bounded piece, from the id `after` on. */
  async compare(subject: StateSubject, after: string, now: Date): Promise<StateComparison> {
    const before = plus(now, -SETTLED_AFTER_MS);
    if (subject === 'PAYMENT') {
      const asked = { after, before, limit: ASKED_MAX };
      return this.each(await this.payments.inStates(LIVE_STATES, asked), (each) => this.ofPayment(each));
    }
    if (subject === 'REFUND')
      return this.each(await this.refunds.sentAfter(after, before, ASKED_MAX), (each) => this.ofRefund(each));
    const open = await this.disputes.undecidedAfter(after, before, ASKED_MAX);
    return this.each(open, (each) => this.ofDispute(each));
  }

  /** 'SILENT' is not examined: no answer proves nothing. */
  private async each<Row extends { readonly id: string }>(
    rows: readonly Row[],
    look: (row: Row) => Promise<StateDifference | 'SILENT' | null>,
  ): Promise<StateComparison> {
    const seen: (StateDifference | 'SILENT' | null)[] = [];
    for (const row of rows) seen.push(await look(row));
    return {
      examined: seen.filter((each) => each !== 'SILENT').length,
      differences: seen.flatMap((each) => (each === null || each === 'SILENT' ? [] : [each])),
      last: rows.length < ASKED_MAX ? null : (rows.at(-1)?.id ?? null),
    };
  }

  private async ofPayment(payment: Payment): Promise<StateDifference | 'SILENT' | null> {
    const { id, orderId, amountFen, createdAt: since } = payment;
    const hasRef = payment.intentRef !== null || payment.checkoutRef !== null;
    const outcome = await (hasRef ? this.gateway.query(payment) : this.gateway.queryByPaymentId(id));
    // Without a reference it may never have been made there; its own janitor proves that in time.
    if (outcome === null && !hasRef) return null;
    if (outcome && (outcome.kind === 'unknown' || outcome.value === null)) return 'SILENT';
    const theirs = outcome?.value?.state ?? null;
    if (theirs !== null && nextState(payment, theirs) === payment.state) return null;
    const current = await this.payments.byId(id);
    // Somebody may have told us while we were asking.
    if (!current || current.state !== payment.state) return null;
    return { id, orderId, amountFen, ours: payment.state, theirs, since };
  }

  private async ofRefund(refund: Refund): Promise<StateDifference | 'SILENT' | null> {
    const { id, orderId, amountFen, createdAt: since, providerRef } = refund;
    const payment = await this.payments.byId(refund.paymentId);
    const known = payment?.intentRef ? await this.gateway.refundsOf(payment.intentRef) : null;
    if (known?.kind !== 'succeeded') return 'SILENT';
    const snapshot = known.value.find(
      (each) => each.refundId === id || (providerRef !== null && each.providerRef === providerRef),
    );
    // One that was never taken in there is sent again by its janitor.
    if (!snapshot && providerRef === null) return null;
    const theirs = snapshot?.state ?? null;
    if (theirs !== null && nextRefundState(refund.state, theirs) === refund.state) return null;
    const current = await this.refunds.byId(id);
    if (!current || current.state !== refund.state) return null;
    return { id, orderId, amountFen, ours: refund.state, theirs, since };
  }

  private async ofDispute(dispute: DisputeRow): Promise<StateDifference | 'SILENT' | null> {
    const { id, orderId, amountFen, openedAt: since, providerRef } = dispute;
    const outcome = await this.gateway.dispute(providerRef);
    if (outcome && outcome.kind !== 'succeeded') return 'SILENT';
    const theirs = outcome?.value.state ?? null;
    if (outcome && nextDisputeState(dispute.state, outcome.value) === dispute.state) return null;
    const [current] = await this.disputes.byIds([id]);
    if (!current || current.state !== dispute.state) return null;
    return { id, orderId, amountFen, ours: dispute.state, theirs, since };
  }
}
