import { Injectable } from '@nestjs/common';
import { Clock, type Fen, assert, present, refused, sumFen } from '#libs/kernel';
import { LedgerReader, LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { accountsToAsk, creditsBack, creditsOf, mayOwe, offsetsOf, takingsOf } from './clawback.rules.js';
import { ClawbackService } from './clawback.service.js';
import {
  type CaptureDisposition,
  type Cause,
  type RefundLabel,
  type SettledRefund,
  clawbackOffsetJournal,
  failJournal,
  followReleaseJournal,
  fundersIn,
  fundersOf,
  refundLabel,
  settleJournal,
  strayDebit,
  takeJournal,
  takingsJournal,
} from './journal.rules.js';
import { SellerFeeService } from './seller-fee.service.js';
import { refundReserved } from './refund-reversal.events.js';
import type { RefundExceedsRemainderError } from './split.errors.js';
import { SplitRepository } from './split.repository.js';
import { type RefundPart, accountOf, reversalsOf } from './split.rules.js';

export interface RefundClaim {
  readonly refundId: string;
  readonly orderId: string;
  /** To the buyer. */
  readonly amountFen: Fen;
  /** Of the payment it goes back to. */
  readonly disposition: CaptureDisposition;
  /** PLATFORM: an expense, and nobody's share is touched. */
  readonly borneBy: 'SELLERS' | 'PLATFORM';
  /** What it takes from which line; together the amount, and what others had paid beside it. Without meaning for money that was not kept. */
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
    private readonly clawbacks: ClawbackService,
    private readonly clock: Clock,
  ) {}

  /** Sets the refund's money aside, so that it may be sent. Throws while the order has not been split. */
  async reserve(tx: Tx, claim: RefundClaim, cause: Cause): Promise<RefundExceedsRemainderError | null> {
    const refusal = await this.take(tx, claim, refundLabel(claim.refundId), cause);
    if (refusal) return refusal;
    await emit(tx, refundReserved(claim.refundId, this.clock.now()));
    return null;
  }

  /** What a refund or a lost dispute takes: held first, then available, then from whoever has to bear the rest. */
  async take(
    tx: Tx,
    claim: RefundClaim,
    label: RefundLabel,
    cause: Cause,
  ): Promise<RefundExceedsRemainderError | null> {
    const { disposition, borneBy, amountFen } = claim;
    if (disposition === 'KEPT' && borneBy === 'SELLERS') return this.takeFromShares(tx, claim, label, cause);
    const debit =
      disposition === 'KEPT'
        ? ({ debit: 'expense:goodwill', amountFen } as const)
        : strayDebit(amountFen, disposition);
    posted(await this.ledger.post(tx, [takeJournal(label, [debit], cause)]));
    return null;
  }

  async settle(tx: Tx, refund: SettledRefund, cause: Cause): Promise<void> {
    posted(await this.ledger.post(tx, [settleJournal(refund, cause)]));
  }

  /**
   * The refund could not be delivered: everything goes back to where it was taken from, and on to where it would be by now. Throws while
   * nothing has been set aside. Told twice it gives back once.
   */
  async undo(tx: Tx, refund: { refundId: string; orderId: string }, cause: Cause): Promise<void> {
    const { refundId, orderId } = refund;
    const shares = await this.splits.lockOfOrder(tx, orderId);
    const told = await this.journals.journalsOfSubject(refundId, tx);
    if (told.some(({ kind }) => kind === 'refund_failed')) return;
    const reserved = present(
      told.find(({ kind }) => kind === 'refund_reserved'),
      `the reservation of ${refundId}`,
    );
    const shareAt = new Map(shares.map((share) => [`${share.lineId} ${share.rankNo}`, share]));
    const takings = (await this.splits.lockReversals(tx, refundId)).map((reversal) => ({
      ...reversal,
      share: present(shareAt.get(`${reversal.lineId} ${reversal.rankNo}`), 'the share of a reversal'),
    }));
    if (takings.length === 0) {
      const credits = reserved.transfers.map(({ debit, amountFen }) => ({ credit: debit, amountFen }));
      posted(await this.ledger.post(tx, [failJournal(refundId, credits, cause)]));
      return;
    }

    const released = takings.filter(
      ({ share, takenFrom }) => takenFrom === 'HELD' && share.releasedAt !== null,
    );
    const open = await this.clawbacks.lockOwed(tx, [
      ...new Set(
        takings
          .filter(({ share }) => share.releasedAt !== null && mayOwe(share.payeeKind))
          .map(({ share }) => accountOf(share, 'available')),
      ),
    ]);
    const funders = fundersIn(reserved.transfers);
    const journals = [failJournal(refundId, creditsBack(takings, open), cause, funders)];
    if (released.length > 0) journals.push(followReleaseJournal(orderId, refundId, released, cause));
    // What has just become available pays what its payee owes for other refunds.
    const offsets = offsetsOf(creditsOf(journals), open);
    if (offsets.length > 0)
      journals.push(clawbackOffsetJournal(`clawback:refund:${refundId}`, refundId, offsets, cause));
    posted(await this.ledger.post(tx, journals));
    await this.splits.undoReversals(tx, refundId, cause.at);
  }

  private async takeFromShares(
    tx: Tx,
    claim: RefundClaim,
    label: RefundLabel,
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
    // First, so that what nobody bears any more is there to be taken.
    await this.fees.giveBack(tx, claim.orderId, claim.refundId, reversals, cause);
    const takings = takingsOf(reversals, await this.ledger.lockFree(tx, accountsToAsk(reversals)));
    const subsidyFen = sumFen(claim.parts.map((part) => part.subsidyFen ?? 0n));
    const vouchers = claim.parts.flatMap((part) => part.vouchers ?? []);
    const funders = fundersOf(subsidyFen, vouchers);
    posted(await this.ledger.post(tx, [takingsJournal(label, takings, cause, funders)]));
    await this.splits.insertReversals(tx, claim.refundId, takings);
    return null;
  }
}
