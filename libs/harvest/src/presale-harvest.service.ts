import { Injectable } from '@nestjs/common';
import { BatchService } from '#libs/catalog';
import {
  type AnnouncedHarvest,
  type HarvestGranter,
  type PresaleCapacity,
  type PresaleGrounds,
  PresaleService,
  type PresaleWish,
} from '#libs/inventory';
import { Clock, type IdOf } from '#libs/kernel';
import { type Delay, DelayService } from '#libs/ordering';
import type { Tx } from '#platform/database';
import type { HarvestBatch } from './harvest-batch.entity.js';
import { HarvestBatchRepository } from './harvest-batch.repository.js';
import { stateAfter } from './harvest-capacity.rules.js';
import { HarvestGrantService } from './harvest-grant.service.js';
import type { HarvestKeeper } from './harvest-batch.service.js';

/** What presales promise is a harvest like any other: its batch is registered with what the days have room for, and granted beside the batches of its village. */
@Injectable()
export class PresaleHarvestService {
  private readonly granter: HarvestGranter = {
    announced: (tx, harvest) => this.announced(tx, harvest),
    changed: (tx, batchId, grounds) => this.changed(tx, batchId, grounds),
  };

  constructor(
    private readonly presales: PresaleService,
    private readonly delays: DelayService,
    private readonly harvests: HarvestBatchRepository,
    private readonly grants: HarvestGrantService,
    private readonly batches: BatchService,
    private readonly clock: Clock,
  ) {}

  open(wish: PresaleWish, { userId, merchantIds }: HarvestKeeper): ReturnType<PresaleService['open']> {
    return this.presales.open(merchantIds, wish, userId, this.granter);
  }

  setCapacity(
    merchantIds: readonly string[],
    capacity: PresaleCapacity,
  ): ReturnType<PresaleService['setCapacity']> {
    return this.presales.setCapacity(merchantIds, capacity, this.granter);
  }

  close(merchantIds: readonly string[], presaleId: string): ReturnType<PresaleService['close']> {
    return this.presales.close(merchantIds, presaleId, this.granter);
  }

  announceDelay(
    merchantIds: readonly string[],
    delay: Delay,
    actorId: IdOf<'usr'>,
  ): ReturnType<DelayService['announce']> {
    return this.delays.announce(merchantIds, delay, actorId, this.granter);
  }

  private async announced(tx: Tx, harvest: AnnouncedHarvest): Promise<number> {
    const { batchId, presaleId, kindCode, countyCode, villageCode, announcedG } = harvest;
    // Of no village nobody has registered how much it grows.
    if (villageCode === null) return announcedG;
    const weightG = BigInt(announcedG);
    const place = { villageCode, kindCode, harvestedFrom: harvest.firstOn, batchId };
    const { grantedG, isWaiting, isCapped } = await this.grants.ask(tx, place, weightG, 0n);
    // All that is granted is promised. More of it comes in once its merchant has said how much more there is.
    if (isCapped) await this.batches.setReceivable(tx, batchId, 0n);
    const batch: HarvestBatch = {
      batchId,
      merchantId: harvest.merchantId,
      productId: harvest.productId,
      kindCode,
      countyCode,
      villageCode,
      harvestedFrom: harvest.firstOn,
      harvestedUntil: harvest.lastOn,
      dailyG: null,
      weightG,
      grantedG,
      reviewState: isWaiting ? 'WAITING' : 'NONE',
      reviewReason: '',
      reviewedBy: null,
      reviewedAt: null,
      registeredBy: harvest.openedBy,
      idempotencyKey: presaleId,
      contentHash: '',
      registeredAt: this.clock.now(),
      closedAt: null,
      presaleId,
      presoldG: weightG,
    };
    await this.harvests.insert(tx, batch);
    return Number(grantedG);
  }

  private async changed(tx: Tx, batchId: HarvestBatch['batchId'], grounds: PresaleGrounds): Promise<number> {
    const held = await this.grants.lockBehind(tx, batchId, grounds);
    if (!held) return grounds.announcedG;
    const { batch } = held;
    const { grantedG, isWaiting } = await this.grants.ask(tx, batch, batch.weightG, batch.grantedG);
    return this.grants.save(tx, held, { grantedG, reviewState: stateAfter(batch.reviewState, isWaiting) });
  }
}
