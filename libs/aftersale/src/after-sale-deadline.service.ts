import { Injectable } from '@nestjs/common';
import { isGuestId } from '#libs/identity';
import { Clock, MINUTE_MS, plus, refused } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import type { AfterSale } from './after-sale.entity.js';
import { AfterSaleRefundService } from './after-sale-refund.service.js';
import { AfterSalePlanService } from './after-sale-plan.service.js';
import { AfterSaleReader } from './after-sale.reader.js';
import { AfterSaleRepository } from './after-sale.repository.js';
import { type Doubts, FRESH_CLAIMS_WITHIN_MS, actOfSilence, nextState } from './after-sale.rules.js';
import { AfterSaleService } from './after-sale.service.js';
import { AfterSaleStepService, BY_TIME } from './after-sale-step.service.js';

/** How long a clockwork that has taken a case may need; then another takes it. */
const CLAIM_MS = 2 * MINUTE_MS;

/** What happens because nobody has said anything in time. */
@Injectable()
export class AfterSaleDeadlineService {
  constructor(
    private readonly database: Database,
    private readonly cases: AfterSaleRepository,
    private readonly reader: AfterSaleReader,
    private readonly service: AfterSaleService,
    private readonly refunds: AfterSaleRefundService,
    private readonly steps: AfterSaleStepService,
    private readonly plans: AfterSalePlanService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Bounded by `limit`; returns how many it took. */
  async actDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const until = plus(now, CLAIM_MS);
    const ids = await this.database.transaction((tx) => this.cases.claimDue(tx, now, until, limit));
    for (const id of ids) {
      try {
        await this.actOn(id, until);
      } catch (error) {
        // One that cannot be moved must not keep the others from it; it is due again already.
        this.log.fault(error, 'an after-sale case could not be moved', { afterSaleId: id });
      }
    }
    return ids.length;
  }

  private async actOn(id: string, until: Date): Promise<void> {
    const refusal = await this.database.transaction(async (tx) => {
      const due = await this.lockDue(tx, id, until);
      return due ? this.act(tx, due) : null;
    });
    // Somebody stands before its cell: it is due again when it is known whether they have it.
    if (refused(refusal) && refusal.code === 'PARCEL_BEING_OPENED') return;
    // What cannot be given back by a rule (disputed at the bank, given back meanwhile) waits for a person, with the reason.
    if (refused(refusal)) await this.escalate(id, until, refusal.code);
  }

  private async act(tx: Tx, due: AfterSale) {
    const address = await this.reader.lastReturnAddress(due.merchantId, tx);
    const act = actOfSilence(due, await this.doubtsOf(tx, due, address !== null));
    const to = act && nextState(act, due);
    if (!act || !to) return null;
    if (act === 'APPROVED') return this.service.approved(tx, due, to, address, BY_TIME);
    if (act === 'RETURN_CONFIRMED') return this.service.returned(tx, due, to, BY_TIME);
    if (act === 'REPLACEMENT_OVERDUE') return this.refunds.grant(tx, due, act, BY_TIME);
    if (act === 'REFUND_DECIDED') return this.refunds.grant(tx, due, act, BY_TIME, { isFinal: true });
    if (act === 'RETURN_DECIDED')
      await this.steps.move(tx, due, act, to, BY_TIME, { isFinal: true, returnAddress: address });
    else if (act === 'REPLACEMENT_RECEIVED') await this.service.replaced(tx, due, to, BY_TIME);
    else await this.steps.move(tx, due, act, to, BY_TIME);
    return null;
  }

  private async doubtsOf(tx: Tx, due: AfterSale, hasReturnAddress: boolean): Promise<Doubts> {
    const since = plus(this.clock.now(), -FRESH_CLAIMS_WITHIN_MS);
    return {
      isPhotoReused: (await this.reader.reusedPhotosOf([due.id], tx)).length > 0,
      isGuest: isGuestId(due.buyerId),
      freshClaimsGranted: await this.reader.freshClaimsGranted(due.buyerId, since, tx),
      hasReturnAddress,
      isSignedFor: await this.plans.isSignedFor(due, tx),
      hasRefundFailed: await this.refunds.hasFailed(tx, due.id),
    };
  }

  private escalate(id: string, until: Date, code: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const due = await this.lockDue(tx, id, until);
      const to = due && nextState('ESCALATED', due);
      if (due && to) await this.steps.move(tx, due, 'ESCALATED', to, { ...BY_TIME, note: code });
    });
  }

  /** Null where somebody has acted since it was taken: then it has another time, or none. */
  private async lockDue(tx: Tx, id: string, until: Date): Promise<AfterSale | null> {
    const due = await this.cases.lock(tx, id);
    return due?.dueAt && due.dueAt <= until ? due : null;
  }
}
