import { Injectable } from '@nestjs/common';
import { type Fen, assert } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import { type Cause, disputeLabel, disputeOpenedJournal, disputeWonJournal } from './journal.rules.js';
import { type RefundClaim, RefundReversalService } from './refund-reversal.service.js';
import { ShareReleaseService } from './share-release.service.js';

export interface DisputedMoney {
  readonly disputeId: string;
  readonly amountFen: Fen;
}

export interface DisputedOrder {
  readonly disputeId: string;
  readonly orderId: string;
}

/** What buyers' banks take, give back and keep. Called by consumers, in any order: what the ledger refuses is thrown. */
@Injectable()
export class DisputeBookingService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly reversals: RefundReversalService,
    private readonly releases: ShareReleaseService,
  ) {}

  /** Whatever of the order has not been released stays held until the bank has decided. */
  open(tx: Tx, { disputeId, orderId }: DisputedOrder, at: Date): Promise<void> {
    return this.releases.hold(tx, { caseRef: disputeId, orderId, lineIds: 'ALL' }, 'DISPUTE', at);
  }

  /** The bank owes us the decision, and the fee is gone whatever it decides. */
  async withdraw(tx: Tx, dispute: DisputedMoney & { readonly feeFen: Fen }, cause: Cause): Promise<void> {
    posted(await this.ledger.post(tx, [disputeOpenedJournal(dispute, cause)]));
  }

  async win(tx: Tx, dispute: DisputedMoney & DisputedOrder, cause: Cause): Promise<void> {
    posted(await this.ledger.post(tx, [disputeWonJournal(dispute, cause)]));
    await this.drop(tx, dispute, cause);
  }

  /** The money stays with the buyer: it is taken from the shares as a refund would be. */
  async lose(tx: Tx, disputeId: string, claim: RefundClaim, cause: Cause): Promise<void> {
    const refusal = await this.reversals.take(tx, claim, disputeLabel(disputeId), cause);
    assert(!refusal, `the shares of ${claim.orderId} hold what ${disputeId} takes`);
    await this.drop(tx, { disputeId, orderId: claim.orderId }, cause);
  }

  /** Nothing holds the order any longer. Told before the hold was placed, it leaves the hold lifted. */
  async drop(tx: Tx, { disputeId, orderId }: DisputedOrder, cause: Cause): Promise<void> {
    const whole = { caseRef: disputeId, orderId, lineIds: 'ALL' } as const;
    await this.releases.hold(tx, whole, 'DISPUTE', cause.at);
    await this.releases.lift(tx, whole, cause);
  }
}
