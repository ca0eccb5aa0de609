import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, refused } from '#libs/kernel';
import {
  type MismatchedRefund,
  type MismatchedRefundRefusal,
  MismatchedRefundService,
  PaymentReader,
  type RefundId,
} from '#libs/payment';
import { Database, type Tx } from '#platform/database';
import { findingOfMismatch, mismatchBreak } from './provider-comparison.rules.js';
import type { BreakId } from './reconciliation-break.entity.js';
import { ReconciliationBreakRepository } from './reconciliation-break.repository.js';
import { ReconciliationRepository } from './reconciliation.repository.js';

export interface MismatchedMoney {
  readonly refundId: RefundId;
  readonly breakId: BreakId | null;
}

const CHECK = 'PROVIDER_STATE';

/** B10: a person gives back what a buyer paid and no order asked for. The break says so, and is over once the money has arrived. */
@Injectable()
export class MismatchedMoneyService {
  constructor(
    private readonly database: Database,
    private readonly refunds: MismatchedRefundService,
    private readonly payments: PaymentReader,
    private readonly checks: ReconciliationRepository,
    private readonly breaks: ReconciliationBreakRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  giveBack(request: MismatchedRefund): Promise<MismatchedMoney | MismatchedRefundRefusal> {
    return this.database.transaction(async (tx) => {
      const asked = await this.refunds.request(tx, request);
      if (refused(asked)) return asked;
      const { refundId, isNew } = asked;
      const breakId = await this.breakOf(tx, request.paymentId);
      if (!isNew || !breakId) return { refundId, breakId };
      const actorId = request.requestedBy;
      await this.breaks.addSteps(
        tx,
        [{ breakId, act: 'REFUND_REQUESTED', actorId, note: `${refundId}: ${request.note.trim()}` }],
        this.clock.now(),
      );
      await this.audit.record(tx, {
        actorId,
        act: 'reconciliation_break.refund_requested',
        subject: breakId,
        detail: { refundId, paymentId: request.paymentId },
      });
      return { refundId, breakId };
    });
  }

  /** Whoever is faster than the check opens it; null where it is closed because all has gone back. */
  private async breakOf(tx: Tx, paymentId: string): Promise<BreakId | null> {
    const open = await this.breaks.lockOpen(tx, CHECK, mismatchBreak(paymentId));
    if (open) return open.id;
    const payment = await this.payments.byId(paymentId as `pay_${string}`, tx);
    if (!payment) return null;
    const seen = {
      name: CHECK,
      runNo: await this.checks.lockRunNo(tx, CHECK),
      at: this.clock.now(),
    } as const;
    const { opened } = await this.breaks.note(tx, seen, [findingOfMismatch(payment)]);
    return opened[0]?.id ?? null;
  }
}
