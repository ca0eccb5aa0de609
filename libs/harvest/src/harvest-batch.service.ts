import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type BatchId, BatchService, OwnProductReader, type OwnProductRow } from '#libs/catalog';
import { DivisionReader } from '#libs/division';
import { LinkageAgreementReader } from '#libs/household';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay, refuseKey, refused } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import type { HarvestBatch } from './harvest-batch.entity.js';
import { HarvestClosedError, HarvestKeyUsedError } from './harvest-batch.errors.js';
import { stateAfter } from './harvest-capacity.rules.js';
import { HarvestGrantService, type LockedHarvest } from './harvest-grant.service.js';
import { HarvestBatchReader } from './harvest-batch.reader.js';
import { HarvestBatchRepository } from './harvest-batch.repository.js';
import {
  type HarvestAmount,
  type HarvestWish,
  amountFaults,
  refuseHarvest,
  weightOf,
} from './harvest-batch.rules.js';

/** Whoever registers, and for which merchants they may. */
export interface HarvestKeeper {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

export interface RegisteredHarvest extends HarvestWish {
  readonly idempotencyKey: string;
}

/** What may still be said otherwise of a batch that is open. */
export type HarvestChange = Omit<HarvestAmount, 'harvestedFrom'>;

const hashOf = (wish: HarvestWish): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        wish.productId,
        wish.villageCode,
        wish.harvestedFrom,
        wish.harvestedUntil,
        wish.dailyG,
        wish.weightG,
        wish.bestBeforeOn,
        wish.linkageAgreementId,
      ]),
    )
    .digest('hex');

/** The merchant's side of its harvests. */
@Injectable()
export class HarvestBatchService {
  constructor(
    private readonly database: Database,
    private readonly harvests: HarvestBatchRepository,
    private readonly reader: HarvestBatchReader,
    private readonly grants: HarvestGrantService,
    private readonly batches: BatchService,
    private readonly products: OwnProductReader,
    private readonly agreements: LinkageAgreementReader,
    private readonly divisions: DivisionReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Everything that is wrong with it is said at once. The same key answers with the first batch, whatever has become of it. */
  async register(
    { idempotencyKey, ...wish }: RegisteredHarvest,
    by: HarvestKeeper,
  ): Promise<BatchId | InvalidInputError | HarvestKeyUsedError> {
    const product = await this.products.byId(wish.productId, by.merchantIds);
    if (!product) throw new NotFound('Product', wish.productId);
    const badKey = refuseKey(idempotencyKey);
    if (badKey) return badKey;
    const known = await this.known(idempotencyKey, wish, by);
    if (known) return known;
    const refusal = await this.refuse(wish, product);
    if (refusal) return refusal;
    try {
      return await this.database.transaction((tx) => this.keep(tx, wish, idempotencyKey, product, by.userId));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Sent twice at once: the unique key decides, not a look beforehand.
      const first = await this.known(idempotencyKey, wish, by);
      if (!first) throw error;
      return first;
    }
  }

  /** Set to what is said, so that saying it twice changes nothing more. Not below what has come in already and a presale has announced. */
  change(
    id: string,
    change: HarvestChange,
    by: HarvestKeeper,
  ): Promise<BatchId | InvalidInputError | HarvestClosedError> {
    return this.database.transaction(async (tx) => {
      const held = await this.lockOwn(tx, id, by);
      if (refused(held)) return held;
      const { batch, presale, receivedG } = held;
      const amount = { ...change, harvestedFrom: batch.harvestedFrom };
      const faults = amountFaults(amount);
      if (faults.length > 0) return new InvalidInputError(faults);
      const weightG = weightOf(amount);
      const goneG = receivedG + (presale?.announcedG ?? 0);
      if (weightG < goneG) return new InvalidInputError([belowReceived(goneG)]);
      // What was granted once is not taken back while that much is said to be there.
      const { grantedG, isWaiting } = await this.grants.ask(tx, batch, BigInt(weightG), batch.grantedG);
      await this.grants.keep(tx, held, {
        harvestedUntil: change.harvestedUntil,
        dailyG: change.dailyG === null ? null : BigInt(change.dailyG),
        weightG: BigInt(weightG),
        grantedG,
        reviewState: stateAfter(batch.reviewState, isWaiting),
      });
      await this.note(tx, batch, by.userId, 'harvest_batch.changed', { ...change, weightG });
      return batch.batchId;
    });
  }

  /** Nothing more comes in; what there is goes on being sold. Closed already, nothing happens. */
  close(id: string, by: HarvestKeeper): Promise<BatchId | HarvestClosedError> {
    return this.database.transaction(async (tx) => {
      const held = await this.lockOwn(tx, id, by, true);
      if (refused(held)) return held;
      const { batch, presale, receivedG } = held;
      if (batch.closedAt !== null) return batch.batchId;
      // What has not come in and is not promised is free for other batches of the village; only what is to be promised may still wait.
      const closedAt = this.clock.now();
      const grantedG = BigInt(receivedG + (presale?.roomG ?? 0));
      const weightG = presale ? BigInt(receivedG + presale.announcedG) : batch.weightG;
      const isWaiting = presale !== null && grantedG < weightG;
      const reviewState = isWaiting ? batch.reviewState : stateAfter(batch.reviewState, false);
      await this.grants.keep(tx, held, { grantedG, weightG, reviewState, closedAt });
      await this.note(tx, batch, by.userId, 'harvest_batch.closed', {});
      return batch.batchId;
    });
  }

  private async known(
    idempotencyKey: string,
    wish: HarvestWish,
    { userId }: HarvestKeeper,
  ): Promise<BatchId | HarvestKeyUsedError | null> {
    const batch = await this.harvests.byKey(this.database, userId, idempotencyKey);
    if (!batch) return null;
    return batch.contentHash === hashOf(wish) ? batch.batchId : new HarvestKeyUsedError();
  }

  private async refuse(wish: HarvestWish, product: OwnProductRow): Promise<InvalidInputError | null> {
    const { villageCode, linkageAgreementId } = wish;
    const [[village], agreementIds] = await Promise.all([
      this.divisions.inForce([villageCode]),
      this.agreements.ownOf(linkageAgreementId === null ? [] : [linkageAgreementId], product.merchantId),
    ]);
    const { originCountyCode, isPerishable } = product;
    const today = businessDay(this.clock.now());
    const ground = { today, originCountyCode, isPerishable, village: village ?? null, agreementIds };
    return refuseHarvest(wish, ground);
  }

  private async keep(
    tx: Tx,
    wish: HarvestWish,
    idempotencyKey: string,
    product: OwnProductRow,
    userId: IdOf<'usr'>,
  ): Promise<BatchId> {
    const weightG = BigInt(weightOf(wish));
    const { harvestedFrom, harvestedUntil, dailyG, villageCode } = wish;
    const facts = {
      productId: product.id,
      originCountyCode: product.originCountyCode,
      originVillageCode: villageCode,
      linkageAgreementId: wish.linkageAgreementId,
      harvestedOn: harvestedFrom,
      bestBeforeOn: wish.bestBeforeOn,
    };
    const place = { villageCode, kindCode: product.kindCode, harvestedFrom, batchId: '' };
    const { grantedG, isWaiting } = await this.grants.ask(tx, place, weightG, 0n);
    const batchId = await this.batches.register(tx, facts, grantedG);
    const batch: HarvestBatch = {
      batchId,
      merchantId: product.merchantId,
      productId: product.id,
      kindCode: product.kindCode,
      countyCode: product.originCountyCode,
      villageCode,
      harvestedFrom,
      harvestedUntil,
      dailyG: dailyG === null ? null : BigInt(dailyG),
      weightG,
      grantedG,
      reviewState: isWaiting ? 'WAITING' : 'NONE',
      reviewReason: '',
      reviewedBy: null,
      reviewedAt: null,
      registeredBy: userId,
      idempotencyKey,
      contentHash: hashOf(wish),
      registeredAt: this.clock.now(),
      closedAt: null,
      presaleId: null,
      presoldG: 0n,
    };
    await this.harvests.insert(tx, batch);
    await this.note(tx, batch, userId, 'harvest_batch.registered', {
      productId: product.id,
      villageCode,
      weightG: Number(weightG),
      grantedG: Number(grantedG),
    });
    return batchId;
  }

  /** Behind the batch's own lock, which receipts wait for as well. */
  private async lockOwn(
    tx: Tx,
    id: string,
    { merchantIds }: HarvestKeeper,
    mayBeClosed = false,
  ): Promise<LockedHarvest | HarvestClosedError> {
    const held = await this.grants.lock(tx, id);
    if (!(await this.reader.byId(id, { merchantIds }, tx))) throw new NotFound('HarvestBatch', id);
    // One that came without a registration says nothing that could be changed.
    return held && (mayBeClosed || held.batch.closedAt === null) ? held : new HarvestClosedError();
  }

  private note(
    tx: Tx,
    { batchId, merchantId, countyCode }: HarvestBatch,
    actorId: IdOf<'usr'>,
    act: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act,
      subject: batchId,
      divisionCode: countyCode,
      detail: { merchantId, ...detail },
    });
  }
}

function belowReceived(receivedG: number) {
  const kg = Math.ceil(receivedG / 100) / 10;
  return {
    path: 'weightG',
    message: {
      zh: `已入库和预售的有 ${kg} 公斤，登记重量不能再少`,
      en: `${kg} kg have come in already or are presold; the batch weighs no less.`,
    },
  };
}
