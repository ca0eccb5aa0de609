import { Injectable } from '@nestjs/common';
import { assert } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import type { Tx } from '#platform/database';
import { ClawbackService } from './clawback.service.js';
import { creditsOf } from './clawback.rules.js';
import { type Cause, releaseJournals } from './journal.rules.js';
import type { HoldReason } from './share-hold.entity.js';
import { ShareHoldRepository } from './share-hold.repository.js';
import { SplitRepository } from './split.repository.js';
import { type ShareRow, isHeldBy, isReleasable } from './split.rules.js';

/** What a case is about: some lines (a merchant order stands for its freight), or the whole order. */
export interface ShareCase {
  readonly caseRef: string;
  readonly orderId: string;
  readonly lineIds: readonly string[] | 'ALL';
}

/** The way from held to available, and what stops it. Called by consumers: what the ledger refuses is thrown. */
@Injectable()
export class ShareReleaseService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly splits: SplitRepository,
    private readonly holds: ShareHoldRepository,
    private readonly clawbacks: ClawbackService,
  ) {}

  /**
   * Moves what is left of a merchant order's shares from held to available. Lines that a case holds follow when the last one is lifted.
   * Throws while the order has not been split.
   */
  async release(tx: Tx, order: { orderId: string; merchantOrderId: string }, cause: Cause): Promise<void> {
    const shares = await this.splits.lockOfOrder(tx, order.orderId);
    assert(shares.length > 0, `${order.orderId} has been split`);
    const ripe = shares.filter(
      (share) => share.merchantOrderId === order.merchantOrderId && isReleasable(share),
    );
    const holds = await this.holds.openOf(tx, order.orderId);
    const [held, free] = [ripe.filter(isHeldBy(holds)), ripe.filter((share) => !isHeldBy(holds)(share))];
    if (held.length > 0) await this.splits.markDue(tx, linesOf(held), cause.at);
    await this.move(tx, order.orderId, free, order.merchantOrderId, cause);
  }

  /** From now on nothing of it is released. What has been released stays so. Placing it again changes nothing. */
  async hold(tx: Tx, { caseRef, orderId, lineIds }: ShareCase, reason: HoldReason, at: Date): Promise<void> {
    // The lock that a release takes as well: it is either before the hold or sees it.
    await this.splits.lockOfOrder(tx, orderId);
    const lines = lineIds === 'ALL' ? [''] : lineIds;
    await this.holds.place(
      tx,
      lines.map((lineId) => ({ caseRef, orderId, lineId })),
      reason,
      at,
    );
  }

  /** The case is over: what came due meanwhile is released, unless another case holds it too. */
  async lift(tx: Tx, { caseRef, orderId }: Omit<ShareCase, 'lineIds'>, cause: Cause): Promise<void> {
    const shares = await this.splits.lockOfOrder(tx, orderId);
    await this.holds.lift(tx, caseRef, orderId, cause.at);
    const holds = await this.holds.openOf(tx, orderId);
    // By line: households that were named for a pool meanwhile follow the rest of their line.
    const dueLines = new Set(shares.filter(({ dueAt }) => dueAt !== null).map(({ lineId }) => lineId));
    const due = shares.filter(
      (share) => dueLines.has(share.lineId) && isReleasable(share) && !isHeldBy(holds)(share),
    );
    await this.move(tx, orderId, due, caseRef, cause);
  }

  private async move(
    tx: Tx,
    orderId: string,
    shares: readonly ShareRow[],
    occasion: string,
    cause: Cause,
  ): Promise<void> {
    if (shares.length === 0) return;
    const journals = releaseJournals(orderId, shares, cause);
    const key = `clawback:release:${orderId}:${occasion}`;
    const offset = await this.clawbacks.offsetOf(tx, creditsOf(journals), { key, subject: orderId }, cause);
    posted(await this.ledger.post(tx, [...journals, ...offset]));
    await this.splits.markReleased(tx, linesOf(shares), cause.at);
  }
}

function linesOf(shares: readonly ShareRow[]): string[] {
  return [...new Set(shares.map(({ lineId }) => lineId))];
}
