import { Injectable } from '@nestjs/common';
import {
  AlarmService,
  AlarmStillOnError,
  type CabinetActor,
  type CabinetId,
  CabinetReader,
  SlotLockService,
  TelemetryReader,
  DEFAULT_BAND,
} from '#libs/counter';
import { AuditService } from '#libs/identity';
import { type SlotHeldError, SlotStockService } from '#libs/inventory';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId, plus, refused } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { PhotoService } from '#platform/files';
import { type GoodsDecision, MEASURED_GOOD_FOR_MS, refuseDeciding } from './goods-decision.rules.js';
import { PlanogramRepository } from './planogram.repository.js';

export interface GoodsDeciding {
  readonly cabinetId: string;
  /** Null: all that are locked for it. */
  readonly slotCodes: readonly string[] | null;
  readonly decision: GoodsDecision;
  readonly reason: string;
  /** Of RELEASE_MEASURED alone: what another thermometer says, and a photo of it. */
  readonly measuredDeciCelsius: number | null;
  readonly photoId: string | null;
}

/** What becomes of goods that were too warm or too cold for too long. */
@Injectable()
export class GoodsDecisionService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetReader,
    private readonly plans: PlanogramRepository,
    private readonly stock: SlotStockService,
    private readonly locks: SlotLockService,
    private readonly alarms: AlarmService,
    private readonly telemetry: TelemetryReader,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Slots that are not locked for it stay as they are, so repeating it is harmless. The last one that is decided resolves the alarm. */
  async decide(
    deciding: GoodsDeciding,
    { userId, scope }: CabinetActor,
  ): Promise<CabinetId | InvalidInputError | AlarmStillOnError | SlotHeldError> {
    const { cabinetId, slotCodes, decision } = deciding;
    const cabinet = await this.cabinets.byId(cabinetId, scope);
    if (!cabinet) throw new NotFound('Cabinet', cabinetId);
    const known = new Set((await this.cabinets.slotsOf([cabinet.id])).map(({ code }) => code));
    const stray = slotCodes?.find((code) => !known.has(code));
    if (stray !== undefined) throw new NotFound('CabinetSlot', stray);
    const said = deciding.reason.trim();
    const [setting] = await this.telemetry.settingsOf([cabinet.id]);
    const invalid = refuseDeciding(deciding, setting?.temperatureBand ?? DEFAULT_BAND);
    if (invalid) return invalid;
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      // Whoever has looked at them: they are getting worse.
      const isTooWarm = await this.alarms.isTooWarm(tx, cabinet.id);
      if (isTooWarm && decision === 'RELEASE') return new AlarmStillOnError();
      const locked = await this.locks.openFor(tx, cabinet.id, 'TEMPERATURE');
      const codes = locked.filter((code) => slotCodes === null || slotCodes.includes(code));
      if (codes.length === 0) return cabinet.id;
      if (decision === 'RELEASE_MEASURED') await this.noteMeasured(tx, cabinet.id, deciding, said, userId);
      if (decision === 'DISPOSE') {
        await this.plans.lock(tx, cabinet.id, at);
        const cause = `dispose:${newId('dsp')}`;
        for (const slotCode of codes) {
          const slot = { channelPointId: cabinet.channelPointId, slotCode };
          const thrownAway = await this.stock.count(tx, slot, [], cause);
          if (refused(thrownAway)) return thrownAway;
        }
        // Whatever had passed its day is gone as well.
        await this.locks.release(tx, cabinet.id, codes, { reason: 'EXPIRED', by: userId });
      }
      await this.locks.release(tx, cabinet.id, codes, { reason: 'TEMPERATURE', by: userId });
      await this.alarms.resolveDecided(tx, cabinet.id, userId, said);
      await this.audit.record(tx, {
        actorId: userId,
        act: decision === 'DISPOSE' ? 'cabinet.goods_disposed' : 'cabinet.goods_released',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: {
          slotCodes: codes,
          reason: said,
          ...(decision === 'RELEASE_MEASURED'
            ? { measuredDeciCelsius: deciding.measuredDeciCelsius, photoId: deciding.photoId }
            : {}),
        },
      });
      return cabinet.id;
    });
  }

  /** What was measured stays on record with its photo; the thermometer is not believed for a day, so that whoever relies on their own measures again. */
  private async noteMeasured(
    tx: Tx,
    cabinetId: CabinetId,
    { measuredDeciCelsius, photoId }: GoodsDeciding,
    reason: string,
    by: IdOf<'usr'>,
  ): Promise<void> {
    const at = this.clock.now();
    const [photo] = await this.photos.attach(tx, [photoId ?? ''], by);
    if (!photo) throw new NotFound('Photo', photoId ?? '');
    await this.plans.insertMeasurement(tx, {
      id: newId('gms'),
      cabinetId,
      measuredDeciCelsius: measuredDeciCelsius ?? 0, // Refused without one.
      photoId: photo.id,
      reason,
      measuredBy: by,
      measuredAt: at,
    });
    const until = plus(at, MEASURED_GOOD_FOR_MS);
    await this.alarms.ignoreThermometer(tx, cabinetId, { by, until, detail: reason });
  }
}
