import { Injectable } from '@nestjs/common';
import { type Fen, present, refused } from '#libs/kernel';
import { RefundReader, type RefundRefusal, RefundRequestService } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { AfterSale, AfterSaleAct } from './after-sale.entity.js';
import { AfterSalePlanService, refundAskOf } from './after-sale-plan.service.js';
import { AfterSaleRepository } from './after-sale.repository.js';
import { isFreightBack, nextState } from './after-sale.rules.js';
import { type Actor, AfterSaleStepService } from './after-sale-step.service.js';

/** Money of a case. It goes back through payment, on what is left at that moment, and once: behind the case's lock the state has moved on. */
@Injectable()
export class AfterSaleRefundService {
  constructor(
    private readonly refunds: RefundRequestService,
    private readonly reader: RefundReader,
    private readonly plans: AfterSalePlanService,
    private readonly cases: AfterSaleRepository,
    private readonly steps: AfterSaleStepService,
  ) {}

  /** What was asked for unless an amount is named. Whoever calls holds the case's lock, and returns what is refused. */
  async grant(
    tx: Tx,
    granted: AfterSale,
    act: AfterSaleAct,
    actor: Actor,
    { amountFen = null, ...changes }: { readonly amountFen?: Fen | null; readonly isFinal?: boolean } = {},
  ): Promise<RefundRefusal | null> {
    const named = amountFen ?? (granted.isWhole ? null : granted.askedFen);
    const hasFreight = named === null && isFreightBack(granted, await this.plans.soldUnits(granted, tx));
    const refundId = await this.refunds.request(tx, {
      orderId: granted.orderId,
      ask: refundAskOf(granted, { amountFen: named, hasFreight }),
      borneBy: 'SELLERS',
      note: `after-sale ${granted.id}`,
      requestedBy: actor.userId,
      bankAccount: null,
    });
    if (refused(refundId)) return refundId;
    const refund = present(await this.reader.byId(refundId, tx), 'the refund just asked for');
    await this.steps.move(tx, granted, act, 'REFUNDING', actor, {
      ...changes,
      refundId,
      grantedFen: refund.amountFen,
    });
    return null;
  }

  /** The provider has sent it. Refunds that belong to no case are none of ours. */
  succeeded(tx: Tx, refundId: string): Promise<void> {
    return this.settle(tx, refundId, 'REFUND_SUCCEEDED');
  }

  /** The provider could not deliver it: a person has to find another way. */
  failed(tx: Tx, refundId: string): Promise<void> {
    return this.settle(tx, refundId, 'REFUND_FAILED');
  }

  private async settle(tx: Tx, refundId: string, act: 'REFUND_SUCCEEDED' | 'REFUND_FAILED'): Promise<void> {
    const id = await this.cases.idOfRefund(tx, refundId);
    const settled = id ? await this.cases.lock(tx, id) : null;
    if (!settled) return;
    const to = nextState(act, settled);
    // Told again, or of a refund that a later one has followed.
    if (to === null || settled.refundId !== refundId) return;
    // What failed gives nothing: the next refund is another one.
    const undone = act === 'REFUND_FAILED' ? { refundId: null, grantedFen: null } : {};
    await this.steps.move(tx, settled, act, to, { side: 'PLATFORM', userId: null }, undone);
  }
}
