import { Injectable } from '@nestjs/common';
import { type BatchId, GoodsKindReader } from '#libs/catalog';
import { DivisionReader, isWithin } from '#libs/division';
import { AuditService, MembershipReader } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, present, refused } from '#libs/kernel';
import { Database } from '#platform/database';
import { HarvestReviewStateError, OwnHarvestError } from './harvest-batch.errors.js';
import { HarvestBatchReader } from './harvest-batch.reader.js';
import { HarvestGrantService } from './harvest-grant.service.js';
import type { HarvestCapacity } from './harvest-capacity.entity.js';
import { HarvestCapacityRepository } from './harvest-capacity.repository.js';
import {
  type CapacityWish,
  refuseCapacity,
  refuseVerdict,
  refuseVerdictReason,
} from './harvest-capacity.rules.js';

/** An official, and where they look at harvests. */
export interface HarvestReviewer {
  readonly userId: IdOf<'usr'>;
  readonly divisions: readonly string[] | 'ALL';
}

export interface HarvestVerdict {
  readonly batchId: string;
  readonly verdict: 'RELEASED' | 'REFUSED';
  readonly reason: string;
}

/** The county's side of harvests: how much its villages grow, and what is more than that. */
@Injectable()
export class HarvestReviewService {
  constructor(
    private readonly database: Database,
    private readonly grants: HarvestGrantService,
    private readonly reader: HarvestBatchReader,
    private readonly capacities: HarvestCapacityRepository,
    private readonly memberships: MembershipReader,
    private readonly divisions: DivisionReader,
    private readonly kinds: GoodsKindReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Released, all of it may come in, or be promised by its presale; refused, no more than was granted. The same verdict again changes nothing. */
  async decide(
    { batchId, verdict, reason }: HarvestVerdict,
    { userId, divisions }: HarvestReviewer,
  ): Promise<BatchId | InvalidInputError | HarvestReviewStateError | OwnHarvestError> {
    return this.database.transaction(async (tx) => {
      const held = await this.grants.lock(tx, batchId);
      const found = await this.reader.byId(batchId, { divisions }, tx);
      if (!found) throw new NotFound('HarvestBatch', batchId);
      // One that came without a registration is granted whatever comes.
      if (!held) return new HarvestReviewStateError('NONE');
      const { batch } = held;
      const said = refuseVerdict(verdict, batch.reviewState);
      if (said === 'DONE') return batch.batchId;
      const refusal = said ?? refuseVerdictReason(reason);
      if (refused(refusal)) return refusal;
      const isOwn =
        batch.registeredBy === userId ||
        (await this.memberships.merchantIdsOf(userId, tx)).includes(batch.merchantId);
      if (isOwn) return new OwnHarvestError();
      const grantedG = verdict === 'RELEASED' ? batch.weightG : batch.grantedG;
      await this.grants.keep(tx, held, {
        grantedG,
        reviewState: verdict,
        reviewReason: reason.trim(),
        reviewedBy: userId,
        reviewedAt: this.clock.now(),
      });
      await this.audit.record(tx, {
        actorId: userId,
        act: `harvest_batch.${verdict === 'RELEASED' ? 'released' : 'refused'}`,
        subject: batch.batchId,
        divisionCode: batch.countyCode,
        detail: { merchantId: batch.merchantId, weightG: Number(batch.weightG), reason: reason.trim() },
      });
      return batch.batchId;
    });
  }

  /** Of a village, a kind and a season, which is known by its first day. What waits goes on waiting: somebody has to look. */
  async setCapacity(
    wish: CapacityWish,
    { userId, divisions }: HarvestReviewer,
  ): Promise<Pick<HarvestCapacity, 'villageCode' | 'kindCode' | 'seasonFrom'> | InvalidInputError> {
    const [[village], kind] = await Promise.all([
      this.divisions.inForce([wish.villageCode]),
      this.kinds.byCode(wish.kindCode),
    ]);
    if (!isWithin(wish.villageCode, divisions)) throw new NotFound('Division', wish.villageCode);
    return this.database.transaction(async (tx) => {
      const others = await this.capacities.othersOf(tx, wish);
      const refusal = refuseCapacity(wish, { village: village ?? null, hasKind: kind !== null, others });
      if (refusal) return refusal;
      const { villageCode, kindCode, seasonFrom, seasonTo, capacityG } = wish;
      const at = this.clock.now();
      await this.capacities.set(tx, {
        villageCode: present(village, 'a village that was looked at').code,
        kindCode,
        seasonFrom,
        seasonTo,
        capacityG: BigInt(capacityG),
        setBy: userId,
        setAt: at,
      });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'harvest_capacity.set',
        subject: villageCode,
        divisionCode: villageCode,
        detail: { kindCode, seasonFrom, seasonTo, capacityG },
      });
      return { villageCode, kindCode, seasonFrom };
    });
  }
}
