import { Injectable } from '@nestjs/common';
import { AuditService, type UserId } from '#libs/identity';
import { Clock, type InvalidInputError, NotFound, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { ProcurementUnit } from './procurement-unit.entity.js';
import type {
  NoReservedShareDutyError,
  ReservedShareTooLowError,
  UnitMergedError,
} from './procurement-unit.errors.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import type { Registrar } from './procurement-unit.service.js';
import type { ReservedShare } from './reserved-share.entity.js';
import { ReservedShareRepository } from './reserved-share.repository.js';
import { type ShareFiling, refuseFiling } from './reserved-share.rules.js';

type Filed =
  | ReservedShare
  | InvalidInputError
  | UnitMergedError
  | NoReservedShareDutyError
  | ReservedShareTooLowError;

@Injectable()
export class ReservedShareService {
  constructor(
    private readonly database: Database,
    private readonly units: ProcurementUnitRepository,
    private readonly shares: ReservedShareRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** By the unit's own people. What is filed already is not filed again; other amounts are a new version. */
  fileAsMember(unitId: string, filing: ShareFiling, userId: UserId): Promise<Filed> {
    return this.database.transaction(async (tx) =>
      this.file(tx, unitId, await this.units.lockForMember(tx, unitId, userId), filing, userId),
    );
  }

  /** By an official, for a unit of their division. */
  fileAsOfficial(unitId: string, filing: ShareFiling, { userId, scope }: Registrar): Promise<Filed> {
    return this.database.transaction(async (tx) => {
      const [unit] = await this.units.lockWithin(tx, [unitId], scope);
      return this.file(tx, unitId, unit ?? null, filing, userId);
    });
  }

  private async file(
    tx: Tx,
    unitId: string,
    unit: ProcurementUnit | null,
    filing: ShareFiling,
    userId: UserId,
  ): Promise<Filed> {
    if (!unit) throw new NotFound('Unit', unitId);
    const now = this.clock.now();
    const refusal = refuseFiling(unit, filing, businessDay(now));
    if (refusal) return refusal;
    const { year, canteenTotalFen, reservedFen } = filing;
    const latest = await this.shares.latest(tx, unit.id, year);
    if (latest?.canteenTotalFen === canteenTotalFen && latest.reservedFen === reservedFen) return latest;

    const share: ReservedShare = {
      unitId: unit.id,
      year,
      version: (latest?.version ?? 0) + 1,
      canteenTotalFen,
      reservedFen,
      filedBy: userId,
      filedAt: now,
    };
    await this.shares.insert(tx, share);
    await this.audit.record(tx, {
      actorId: userId,
      act: 'reserved_share.filed',
      subject: unit.id,
      divisionCode: unit.divisionCode,
      detail: {
        year,
        version: share.version,
        canteenTotalFen: String(canteenTotalFen),
        reservedFen: String(reservedFen),
      },
    });
    return share;
  }
}
