import { Injectable } from '@nestjs/common';
import { sumFen } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import { type Cause, type ProviderFee, feeBorneJournal, feeReturnedJournal } from './journal.rules.js';
import { SellerFeeRepository } from './seller-fee.repository.js';
import { feePartsOf, feeReturnsOf } from './seller-fee.rules.js';
import { SplitRepository } from './split.repository.js';
import type { ReversalDraft } from './split.rules.js';

/**
 * What the payment provider keeps is the platform's expense first, whoever bears it. Where a line's rule says so it is passed on to those
 * with a share in it, as soon as both the fee and the split are known, in whichever order they become so.
 */
@Injectable()
export class SellerFeeService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly fees: SellerFeeRepository,
    private readonly splits: SplitRepository,
  ) {}

  /** Once per fee: the caller has seen that it is new. */
  async charge(tx: Tx, fee: ProviderFee, cause: Cause): Promise<void> {
    await this.fees.insert(tx, fee);
    await this.passOn(tx, fee, cause);
  }

  /** What falls on shares that have been released by now stays with the platform. */
  async passOn(
    tx: Tx,
    payment: { readonly orderId: string; readonly paymentId: string },
    cause: Cause,
  ): Promise<void> {
    const lineIds = await this.fees.sellersLines(tx, payment);
    if (lineIds.size === 0) return;
    // Behind the lock that refunds and releases take, and in the same order: shares, then fees.
    const shares = await this.splits.lockOfOrder(tx, payment.orderId);
    let standing = shares;
    for (const { movementRef, feeFen } of await this.fees.lockPending(tx, payment)) {
      const parts = feePartsOf(standing, lineIds, feeFen);
      if (parts.length > 0) {
        posted(await this.ledger.post(tx, [feeBorneJournal(payment.orderId, movementRef, parts, cause)]));
        await this.fees.addToShares(tx, payment.orderId, parts);
      }
      await this.fees.markBorne(tx, movementRef, sumFen(parts.map((part) => part.feeFen)));
      const added = new Map(parts.map((part) => [part.share, part.feeFen]));
      standing = standing.map((share) => ({ ...share, feeFen: share.feeFen + (added.get(share) ?? 0n) }));
    }
  }

  /** Of what goes back to the buyer nobody bears a fee but the platform: the provider does not return it. Before the refund is taken. */
  async giveBack(
    tx: Tx,
    orderId: string,
    refundId: string,
    reversals: readonly ReversalDraft[],
    cause: Cause,
  ): Promise<void> {
    const returns = feeReturnsOf(reversals);
    if (returns.length === 0) return;
    posted(await this.ledger.post(tx, [feeReturnedJournal(orderId, refundId, returns, cause)]));
    await this.fees.addToShares(
      tx,
      orderId,
      returns.map(({ share, feeFen }) => ({ share, feeFen: 0n - feeFen })),
    );
  }
}
