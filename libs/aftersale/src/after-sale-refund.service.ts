import { Injectable } from '@nestjs/common';
import { type Fen, refused, sumFen } from '#libs/kernel';
import { type Refund, RefundReader, type RefundRequestRefusal, RefundRequestService } from '#libs/payment';
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
  ): Promise<RefundRequestRefusal | null> {
    // Of an earlier try a part may have gone back, or be on its way: where deposit and balance have paid, there is a refund of each.
    const earlierFen = standingFen(await this.reader.askedBy(granted.id, tx));
    const isFresh = granted.isWhole && earlierFen === 0n;
    const named = amountFen ?? (isFresh ? null : granted.askedFen);
    const hasFreight = named === null && isFreightBack(granted, await this.plans.soldUnits(granted, tx));
    const refundId = await this.refunds.request(tx, {
      orderId: granted.orderId,
      ask: refundAskOf(granted, {
        amountFen: named === null ? null : named - earlierFen,
        hasFreight,
        // The units may have gone back with the earlier try.
        isOfLine: earlierFen > 0n,
      }),
      borneBy: 'SELLERS',
      note: `after-sale ${granted.id}`,
      requestedBy: actor.userId,
      bankAccount: null,
      forRef: granted.id,
    });
    if (refused(refundId)) return refundId;
    const grantedFen = standingFen(await this.reader.askedBy(granted.id, tx));
    await this.steps.move(tx, granted, act, 'REFUNDING', actor, { ...changes, refundId, grantedFen });
    return null;
  }

  /** Whether the provider has refused before what the case gives. */
  async hasFailed(tx: Tx, caseId: string): Promise<boolean> {
    return (await this.reader.askedBy(caseId, tx)).some(({ state }) => state === 'FAILED');
  }

  /** The provider has sent it: the case is over once all that it gives has arrived. Refunds that belong to no case are none of ours. */
  async succeeded(tx: Tx, refundId: string): Promise<void> {
    const heard = await this.lockAsking(tx, refundId);
    if (!heard) return;
    const { asking, refunds, grantedFen } = heard;
    const arrived = refunds.filter(({ id, state }) => id === refundId || state === 'SUCCEEDED');
    if (sumFen(arrived.map((each) => each.amountFen)) < grantedFen) return;
    await this.move(tx, asking, 'REFUND_SUCCEEDED', {});
  }

  /** The provider could not deliver it: a person has to find another way for what is missing. What was tried before the case granted anew is missed no more. */
  async failed(tx: Tx, refundId: string): Promise<void> {
    const heard = await this.lockAsking(tx, refundId);
    if (!heard) return;
    const { asking, refunds, grantedFen } = heard;
    if (standingFen(refunds.filter(({ id }) => id !== refundId)) >= grantedFen) return;
    // What failed gives nothing: the next refund is another one.
    await this.move(tx, asking, 'REFUND_FAILED', { refundId: null, grantedFen: null });
  }

  /** The case behind its lock, with all that it has ever asked for; null where there is none, or where it waits for no money. */
  private async lockAsking(tx: Tx, refundId: string) {
    const heard = await this.reader.byId(refundId, tx);
    const asking = heard?.forRef ? await this.cases.lock(tx, heard.forRef) : null;
    if (!asking || asking.grantedFen === null) return null;
    const { grantedFen } = asking;
    return { asking, grantedFen, refunds: await this.reader.askedBy(asking.id, tx) };
  }

  private async move(
    tx: Tx,
    asking: AfterSale,
    act: 'REFUND_SUCCEEDED' | 'REFUND_FAILED',
    changes: Partial<Pick<AfterSale, 'refundId' | 'grantedFen'>>,
  ): Promise<void> {
    const to = nextState(act, asking);
    // Told again.
    if (to !== null) await this.steps.move(tx, asking, act, to, { side: 'PLATFORM', userId: null }, changes);
  }
}

/** What has not failed: it has gone back, or will. */
function standingFen(refunds: readonly Pick<Refund, 'state' | 'amountFen'>[]): Fen {
  return sumFen(refunds.filter(({ state }) => state !== 'FAILED').map(({ amountFen }) => amountFen));
}
