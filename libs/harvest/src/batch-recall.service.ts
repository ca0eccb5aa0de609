import { Injectable } from '@nestjs/common';
import { BatchService } from '#libs/catalog';
import { AuditService } from '#libs/identity';
import { BatchStockReader, BatchStopService } from '#libs/inventory';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId, present, refused } from '#libs/kernel';
import { BatchOrderReader } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { BatchRecall, BatchRecallId, RecallAdvice } from './batch-recall.entity.js';
import type { BatchRecallByAnotherError, BatchRecallStateError } from './batch-recall.errors.js';
import { batchRecallNoticed } from './batch-recall.events.js';
import { BatchRecallRepository } from './batch-recall.repository.js';
import { RECALL_MOVES, type RecallMove, refuseRecallMove, refuseRecallReason } from './batch-recall.rules.js';
import { HarvestBatchReader, type HarvestBatchRow, type HarvestScope } from './harvest-batch.reader.js';
import type { HarvestKeeper } from './harvest-batch.service.js';

export interface RecallWish {
  readonly batchId: string;
  readonly reason: string;
  readonly advice: RecallAdvice;
}

/** An official, and where they may recall. */
export interface RecallOfficial {
  readonly userId: IdOf<'usr'>;
  readonly divisions: readonly string[] | 'ALL';
}

type Moved = BatchRecallId | InvalidInputError | BatchRecallStateError | BatchRecallByAnotherError;

/** Facts of one INSERT into the outbox. */
const FACTS_AT_ONCE = 500;

/**
 * Whoever recalls stops the sale at once; nobody waits for anybody with that. A merchant's own word is enough to tell its buyers, an official's needs a second one. There is one recall of a batch at a time, so asking twice, or
 * merchant and county at once, is one.
 */
@Injectable()
export class BatchRecallService {
  constructor(
    private readonly database: Database,
    private readonly recalls: BatchRecallRepository,
    private readonly harvests: HarvestBatchReader,
    private readonly batches: BatchService,
    private readonly stops: BatchStopService,
    private readonly stock: BatchStockReader,
    private readonly orders: BatchOrderReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** By its merchant: buyers are told. What an official has proposed before, this is the second word to. */
  recallOwn(
    wish: RecallWish,
    { userId, merchantIds }: HarvestKeeper,
  ): Promise<BatchRecallId | InvalidInputError> {
    return this.open(wish, userId, { merchantIds }, true);
  }

  /** By an official: nothing is sold from now on; buyers are told once a second official agrees. */
  propose(
    wish: RecallWish,
    { userId, divisions }: RecallOfficial,
  ): Promise<BatchRecallId | InvalidInputError> {
    return this.open(wish, userId, { divisions }, false);
  }

  confirm(recallId: string, by: RecallOfficial): Promise<Moved> {
    return this.move(recallId, 'confirm', '', by);
  }

  /** Not needed after all, before buyers were told. */
  drop(recallId: string, reason: string, by: RecallOfficial): Promise<Moved> {
    return this.move(recallId, 'drop', reason, by);
  }

  /** Nothing is wrong with it any more: it is sold again. */
  lift(recallId: string, reason: string, by: RecallOfficial): Promise<Moved> {
    return this.move(recallId, 'lift', reason, by);
  }

  /** The message to the buyer of this order was taken. */
  async told(recallId: string, orderId: string): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction((tx) => this.recalls.markTold(tx, recallId, orderId, at));
  }

  private async open(
    wish: RecallWish,
    userId: IdOf<'usr'>,
    scope: HarvestScope,
    isMerchant: boolean,
  ): Promise<BatchRecallId | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      // The lock by which recalls of a batch take turns, and receipts of it wait.
      await this.batches.lockReceivable(tx, wish.batchId);
      const batch = await this.harvests.byId(wish.batchId, scope, tx);
      if (!batch) throw new NotFound('HarvestBatch', wish.batchId);
      const refusal = refuseRecallReason(wish.reason);
      if (refusal) return refusal;
      const known = await this.recalls.openOf(tx, batch.id);
      if (known) {
        if (isMerchant && known.state === 'PROPOSED') await this.start(tx, known, userId);
        return known.id;
      }
      const recall = this.made(wish, batch, userId, isMerchant);
      await this.recalls.insert(tx, recall);
      await this.stops.stop(tx, batch.id, 'RECALLED');
      await this.note(tx, recall, userId, 'batch_recall.asked', {
        reason: recall.reason,
        advice: wish.advice,
      });
      if (isMerchant) await this.start(tx, recall, userId);
      return recall.id;
    });
  }

  private async move(
    recallId: string,
    move: RecallMove,
    reason: string,
    { userId, divisions }: RecallOfficial,
  ): Promise<Moved> {
    // What a recall is of never changes; what has become of it is looked at behind the lock.
    const batchId = await this.recalls.batchOf(this.database, recallId, divisions);
    if (batchId === null) throw new NotFound('BatchRecall', recallId);
    const refusal = move === 'confirm' ? null : refuseRecallReason(reason);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      await this.batches.lockReceivable(tx, batchId);
      const recall = present(await this.recalls.byId(tx, recallId), 'the recall just found');
      const said = refuseRecallMove(move, recall, userId);
      if (said === 'DONE') return recall.id;
      if (refused(said)) return said;
      if (move === 'confirm') {
        await this.start(tx, recall, userId);
        return recall.id;
      }
      await this.recalls.save(tx, {
        id: recall.id,
        state: RECALL_MOVES[move].to,
        openBatchId: null,
        endedBy: userId,
        endedAt: this.clock.now(),
        endReason: reason.trim(),
      });
      await this.stops.letGo(tx, recall.batchId, 'RECALLED');
      await this.note(tx, recall, userId, `batch_recall.${move === 'drop' ? 'dropped' : 'lifted'}`, {
        reason,
      });
      return recall.id;
    });
  }

  /** Everybody who holds some of it is told, each by a fact of its own. */
  private async start(tx: Tx, recall: BatchRecall, userId: IdOf<'usr'>): Promise<void> {
    const at = this.clock.now();
    await this.recalls.save(tx, { id: recall.id, state: 'ACTIVE', startedBy: userId, startedAt: at });
    const bought = await this.orders.orderIdsOf(tx, recall.batchId);
    const replaced = await this.stock.replacedOrdersOf(tx, recall.batchId);
    const orderIds = [...new Set([...bought, ...replaced])].toSorted();
    await this.recalls.addNotices(tx, recall.id, orderIds);
    for (let from = 0; from < orderIds.length; from += FACTS_AT_ONCE)
      await emit(
        tx,
        ...orderIds
          .slice(from, from + FACTS_AT_ONCE)
          .map((orderId) => batchRecallNoticed(recall.id, orderId, at)),
      );
    await this.note(tx, recall, userId, 'batch_recall.started', { orders: orderIds.length });
  }

  private made(
    { reason, advice }: RecallWish,
    { id, merchantId, countyCode }: HarvestBatchRow,
    askedBy: IdOf<'usr'>,
    isMerchant: boolean,
  ): BatchRecall {
    return {
      id: newId('rcl'),
      batchId: id,
      openBatchId: id,
      merchantId,
      countyCode,
      byKind: isMerchant ? 'MERCHANT' : 'OFFICIAL',
      state: 'PROPOSED',
      advice,
      reason: reason.trim(),
      askedBy,
      askedAt: this.clock.now(),
      startedBy: null,
      startedAt: null,
      endedBy: null,
      endedAt: null,
      endReason: '',
    };
  }

  private note(
    tx: Tx,
    { id, batchId, merchantId, countyCode }: BatchRecall,
    actorId: IdOf<'usr'>,
    act: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act,
      subject: id,
      divisionCode: countyCode,
      detail: { batchId, merchantId, ...detail },
    });
  }
}
