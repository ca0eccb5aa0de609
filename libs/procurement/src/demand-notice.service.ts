import { Injectable } from '@nestjs/common';
import { DivisionReader } from '#libs/division';
import { AuditService, type UserId } from '#libs/identity';
import { Clock, InvalidInputError, NotFound, businessDay, newId, refuseKey } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { DemandNotice } from './demand-notice.entity.js';
import { DemandKeyUsedError, TooManyDemandNoticesError } from './demand-notice.errors.js';
import type { DemandNoticeRow } from './demand-notice.reader.js';
import {
  DEMAND_NOTICES_MAX,
  type DemandWish,
  demandStateOf,
  isSameDemand,
  noSuchCounty,
  refuseDemand,
} from './demand-notice.rules.js';
import type { ProcurementUnit } from './procurement-unit.entity.js';
import { UnitMergedError } from './procurement-unit.errors.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import { PurchaserReader } from './purchaser.reader.js';

type Published =
  | DemandNoticeRow
  | InvalidInputError
  | UnitMergedError
  | DemandKeyUsedError
  | TooManyDemandNoticesError;

/** What a unit will need, said by whoever may order for it. The caller has looked up the kind of goods: the catalogue is not below us. */
@Injectable()
export class DemandNoticeService {
  constructor(
    private readonly database: Database,
    private readonly units: ProcurementUnitRepository,
    private readonly purchasers: PurchaserReader,
    private readonly divisions: DivisionReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One key of a unit, one notice. The unit's lock keeps two of them from both being the fiftieth. */
  async publish(
    userId: UserId,
    { idempotencyKey, ...wish }: DemandWish & { readonly idempotencyKey: string },
  ): Promise<Published> {
    const purchaser = await this.purchasers.forBuyer(wish.unitId, userId);
    if (!purchaser) throw new NotFound('Unit', wish.unitId);
    const now = this.clock.now();
    const today = businessDay(now);
    const refusal = refuseKey(idempotencyKey);
    if (refusal) return refusal;
    const isCounty = await this.divisions.isCountyInForce(wish.countyCode);
    return this.database.transaction(async (tx) => {
      const [unit] = await this.units.lockWithin(tx, [wish.unitId], 'ALL');
      if (!unit) throw new NotFound('Unit', wish.unitId);
      // Before all else: what was published yesterday is answered, though its days may be over today.
      const known = await tx.manager.findOneBy(DemandNotice, { unitId: unit.id, idempotencyKey });
      if (known) return isSameDemand(known, wish) ? this.rowOf(known, today) : new DemandKeyUsedError();
      const bad = refuseDemand(wish, today);
      if (bad) return bad;
      if (!isCounty) return new InvalidInputError([noSuchCounty]);
      if (unit.mergedOn !== null && unit.mergedOn <= today) return new UnitMergedError();
      if ((await this.countOpen(tx, unit, today)) >= DEMAND_NOTICES_MAX)
        return new TooManyDemandNoticesError();
      const notice: DemandNotice = {
        ...wish,
        id: newId('dmn'),
        unitId: unit.id,
        publishedBy: userId,
        idempotencyKey,
        publishedAt: now,
        withdrawnAt: null,
      };
      await tx.manager.insert(DemandNotice, notice);
      await this.record(tx, userId, 'demand_notice.published', { unit, notice });
      return this.rowOf(notice, today);
    });
  }

  /** By anybody who may order for the unit. Twice is harmless, and so is one that is over. */
  async withdraw(userId: UserId, noticeId: string): Promise<DemandNoticeRow> {
    const now = this.clock.now();
    const today = businessDay(now);
    const [named] = await this.database.query<{ unitId: string }>(
      'SELECT unit_id AS unitId FROM demand_notice WHERE id = ?',
      [noticeId],
    );
    // Whose it is never changes, so it may be asked before the unit is locked.
    if (!named || !(await this.purchasers.forBuyer(named.unitId, userId)))
      throw new NotFound('DemandNotice', noticeId);
    return this.database.transaction(async (tx) => {
      const [unit] = await this.units.lockWithin(tx, [named.unitId], 'ALL');
      const notice = await tx.manager.findOneBy(DemandNotice, { id: noticeId as DemandNotice['id'] });
      if (!unit || !notice) throw new NotFound('DemandNotice', noticeId);
      if (demandStateOf(notice, today) !== 'OPEN') return this.rowOf(notice, today);
      await tx.manager.update(DemandNotice, { id: notice.id }, { withdrawnAt: now });
      await this.record(tx, userId, 'demand_notice.withdrawn', { unit, notice });
      return { ...this.rowOf(notice, today), state: 'WITHDRAWN' };
    });
  }

  private async countOpen(tx: Tx, { id }: ProcurementUnit, today: string): Promise<number> {
    const [row] = await tx.query<{ open: string }>(
      'SELECT COUNT(*) AS open FROM demand_notice WHERE unit_id = ? AND to_on >= ? AND withdrawn_at IS NULL',
      [id, today],
    );
    return Number(row?.open ?? 0);
  }

  private rowOf(notice: DemandNotice, today: string): DemandNoticeRow {
    const { id, unitId, kindCode, weightKg, fromOn, toOn, countyCode, note } = notice;
    const state = demandStateOf(notice, today);
    return { id, unitId, kindCode, weightKg, fromOn, toOn, countyCode, note, state };
  }

  private record(
    tx: Tx,
    actorId: UserId,
    act: string,
    { unit, notice }: { readonly unit: ProcurementUnit; readonly notice: DemandNotice },
  ): Promise<void> {
    const detail = { noticeId: notice.id, kindCode: notice.kindCode, weightKg: notice.weightKg };
    return this.audit.record(tx, { actorId, act, subject: unit.id, divisionCode: unit.divisionCode, detail });
  }
}
