import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, present, refused } from '#libs/kernel';
import {
  type MismatchedRefundRefusal,
  PaymentReader,
  type RefundId,
  UnreturnedPaymentReader,
  type UnreturnedRefundRefusal,
  type WholeRefund,
  type WholeRefundAsked,
  WholeRefundService,
} from '#libs/payment';
import { Database, type Tx } from '#platform/database';
import { findingOfMismatch, findingOfUnreturned } from './provider-comparison.rules.js';
import type { BreakId } from './reconciliation-break.entity.js';
import { ReconciliationBreakRepository } from './reconciliation-break.repository.js';
import { ReconciliationRepository } from './reconciliation.repository.js';
import type { Finding } from './reconciliation.rules.js';

export interface MoneyBack {
  readonly refundId: RefundId;
  /** Null where it is closed: all has gone back, or a person has said why it stays. */
  readonly breakId: BreakId | null;
}

const CHECK = 'PROVIDER_STATE';

/** A person gives back, whole, what is nobody's to keep. The break says so, and is over once the money has arrived. */
@Injectable()
export class MoneyBackService {
  constructor(
    private readonly database: Database,
    private readonly refunds: WholeRefundService,
    private readonly payments: PaymentReader,
    private readonly unreturned: UnreturnedPaymentReader,
    private readonly checks: ReconciliationRepository,
    private readonly breaks: ReconciliationBreakRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** B10: what a buyer paid and no order asked for. */
  ofMismatched(request: WholeRefund): Promise<MoneyBack | MismatchedRefundRefusal> {
    return this.database.transaction(async (tx) => {
      const asked = await this.refunds.ofMismatched(tx, request);
      if (refused(asked)) return asked;
      const payment = await this.payments.byId(request.paymentId as `pay_${string}`, tx);
      return this.noted(
        tx,
        request,
        asked,
        findingOfMismatch(present(payment, 'the payment just given back')),
      );
    });
  }

  /** What should have gone back by itself, and whose refund failed. */
  ofUnreturned(request: WholeRefund): Promise<MoneyBack | UnreturnedRefundRefusal> {
    return this.database.transaction(async (tx) => {
      const asked = await this.refunds.ofUnreturned(tx, request);
      if (refused(asked)) return asked;
      const payment = await this.unreturned.byId(request.paymentId, tx);
      return this.noted(
        tx,
        request,
        asked,
        findingOfUnreturned(present(payment, 'the payment just given back')),
      );
    });
  }

  private async noted(
    tx: Tx,
    { requestedBy: actorId, note, paymentId }: WholeRefund,
    { refundId, isNew }: WholeRefundAsked,
    finding: Finding,
  ): Promise<MoneyBack> {
    const open = await this.breaks.lockOpen(tx, CHECK, finding);
    if (!isNew) return { refundId, breakId: open?.id ?? null };
    const breakId = open?.id ?? (await this.opened(tx, finding));
    const step = { act: 'REFUND_REQUESTED', actorId, note: `${refundId}: ${note.trim()}` } as const;
    if (breakId) await this.breaks.addSteps(tx, [{ breakId, ...step }], this.clock.now());
    await this.audit.record(tx, {
      actorId,
      act: 'reconciliation_break.refund_requested',
      subject: breakId ?? refundId,
      detail: { refundId, paymentId },
    });
    return { refundId, breakId };
  }

  /** Whoever is faster than the check opens it; null where a person has closed the same already. */
  private async opened(tx: Tx, finding: Finding): Promise<BreakId | null> {
    const seen = {
      name: CHECK,
      runNo: await this.checks.lockRunNo(tx, CHECK),
      at: this.clock.now(),
    } as const;
    const { opened } = await this.breaks.note(tx, seen, [finding]);
    return opened[0]?.id ?? null;
  }
}
