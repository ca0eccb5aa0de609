import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { CabinetRepository } from './cabinet.repository.js';
import type { CabinetActor } from './cabinet.service.js';
import { CabinetRetiredError } from './counter.errors.js';
import type { TemperatureBand } from './telemetry.entity.js';
import { TelemetryRepository } from './telemetry.repository.js';

/** How cabinets are meant to be. */
@Injectable()
export class CabinetSettingService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetRepository,
    private readonly settings: TelemetryRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** For what is read from now on: what was judged stays judged. */
  setBand(
    cabinetId: string,
    temperatureBand: TemperatureBand,
    { userId, scope }: CabinetActor,
  ): Promise<CabinetId | CabinetRetiredError> {
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
      const changedAt = this.clock.now();
      await this.settings.putSetting(tx, {
        cabinetId: cabinet.id,
        temperatureBand,
        changedBy: userId,
        changedAt,
      });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.temperature_band_set',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { temperatureBand },
      });
      return cabinet.id;
    });
  }
}
