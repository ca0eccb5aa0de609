import { Injectable } from '@nestjs/common';
import { Clock, type Fen, assert, present, refused, sumFen } from '#libs/kernel';
import { LedgerReader, LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import {
  type Cause,
  followReleaseJournal,
  mirrorJournal,
  reserveJournal,
  settleJournal,
  strayReserveJournal,
} from './journal.rules.js';
import { SellerFeeService } from './seller-fee.service.js';
import { refundReserved } from './refund-reversal.events.js';
import type { RefundExceedsRemainderError } from './split.errors.js';
import { SplitRepository } from './split.repository.js';
import { type RefundPart, reversalsOf } from './split.rules.js';

export interface RefundClaim {
  readonly refundId: string;
  readonly orderId: string;
  readonly amountFen: Fen;
  /** Of the payment it goes back to. */
  readonly disposition: 'KEPT' | 'LATE' | 'DUPLICATE' | 'MISMATCHED';
  /** What it takes from which line; together the amount. Without meaning for money that was not kept. */
  readonly parts: readonly RefundPart[];
}

/** Money going back. Called by consumers: what the ledger refuses is thrown. */
@Injectable()
export class RefundReversalService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly journals: LedgerReader,
    private readonly splits: SplitRepository,
    private readonly fees: SellerFeeService,
    private readonly clock: Clock,
  ) {}

  /** Sets the refund's money aside, so that it may be sent. Throws while the order has not been split. */
  async reserve(tx: Tx, claim: RefundClaim, cause: Cause): Promise<RefundExceedsRemainderError | null> {
    const refusal = claim.disposition === 'KEPT' ? await this.takeFromShares(tx, claim, cause) : null;
    if (refusal) return refusal;
    if (claim.disposition !== 'KEPT') {
      const isMismatched = claim.disposition === 'MISMATCHED';
      posted(await this.ledger.post(tx, [strayReserveJournal({ ...claim, isMismatched }, cause)]));
    }
    await emit(tx, refundReserved(claim.refundId, this.clock.now()));
    return null;
  }

  async settle(tx: Tx, refundId: string, amountFen: Fen, cause: Cause): Promise<void> {
    posted(await this.ledger.post(tx, [settleJournal(refundId, amountFen, cause)]));
  }

  /** The provider has refused: everything goes back to where it was taken from, and on to where it would be by now. */
  async undo(tx: Tx, refund: { refundId: string; orderId: string }, cause: Cause): Promise<void> {
    const shares = await this.splits.lockOfOrder(tx, refund.orderId);
    const reserved = (await this.journals.journalsOfSubject(refund.refundId, tx)).find(
      ({ kind }) => kind === 'refund_reserved',
    );
    const { transfers } = present(reserved, `the reservation of ${refund.refundId}`);
    const shareAt = new Map(shares.map((share) => [`${share.lineId} ${share.rankNo}`, share]));
    const returned = (await this.splits.lockReversals(tx, refund.refundId)).map((reversal) => ({
      ...reversal,
      share: present(shareAt.get(`${reversal.lineId} ${reversal.rankNo}`), 'the share of a reversal'),
    }));
    const released = returned.filter(
      ({ share, takenFrom }) => takenFrom === 'HELD' && share.releasedAt !== null,
    );
    const journals = [mirrorJournal(refund.refundId, transfers, cause)];
    if (released.length > 0)
      journals.push(followReleaseJournal(refund.orderId, refund.refundId, released, cause));
    posted(await this.ledger.post(tx, journals));
    await this.splits.undoReversals(tx, refund.refundId, cause.at);
  }

  private async takeFromShares(
    tx: Tx,
    claim: RefundClaim,
    cause: Cause,
  ): Promise<RefundExceedsRemainderError | null> {
    assert(
      sumFen(claim.parts.map(({ amountFen }) => amountFen)) === claim.amountFen,
      'the parts make the refund',
    );
    const shares = await this.splits.lockOfOrder(tx, claim.orderId);
    assert(shares.length > 0, `${claim.orderId} has been split`);
    // Looked at behind the lock: the same refund told twice takes once.
    if (await this.splits.isReserved(tx, claim.refundId)) return null;
    const reversals = reversalsOf(shares, claim.parts);
    if (refused(reversals)) return reversals;
    await this.fees.giveBack(tx, claim.orderId, claim.refundId, reversals, cause);
    posted(await this.ledger.post(tx, [reserveJournal(claim.refundId, reversals, cause)]));
    await this.splits.insertReversals(tx, claim.refundId, reversals);
    return null;
  }
}
