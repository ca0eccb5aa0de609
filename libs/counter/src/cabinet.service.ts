import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { isWithin } from '#libs/division';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import type { Cabinet, CabinetId } from './cabinet.entity.js';
import { cabinetChanged } from './cabinet.events.js';
import { AlarmRepository } from './alarm.repository.js';
import { CabinetRepository } from './cabinet.repository.js';
import type { CabinetScope } from './cabinet-scope.rules.js';
import { type SlotInput, modelOf, refuseRegistration, refuseSlots } from './cabinet.rules.js';
import { CabinetChangedError, CabinetRetiredError, CabinetTakenError } from './counter.errors.js';

export interface CabinetRegistration {
  readonly channelPointId: string;
  readonly operatorId: string;
  readonly serialNo: string;
  readonly slots: readonly SlotInput[];
}

export interface CabinetActor {
  readonly userId: IdOf<'usr'>;
  readonly scope: CabinetScope;
}

/** Which machine stands where, who runs it, and what it holds. */
@Injectable()
export class CabinetService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetRepository,
    private readonly points: ChannelPointReader,
    private readonly merchants: MerchantReader,
    private readonly alarms: AlarmRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** By whoever answers for the division of the point: no merchant takes a place for itself. */
  async register(
    input: CabinetRegistration,
    { userId, divisions }: { readonly userId: IdOf<'usr'>; readonly divisions: readonly string[] | 'ALL' },
  ): Promise<CabinetId | InvalidInputError | CabinetTakenError> {
    const point = await this.points.byId(input.channelPointId);
    if (!point || !isWithin(point.countyCode, divisions))
      throw new NotFound('ChannelPoint', input.channelPointId);
    const operator = await this.merchants.byId(input.operatorId);
    if (!operator) throw new NotFound('Merchant', input.operatorId);
    const refusal = refuseRegistration(input, point, operator.state === 'ACTIVE');
    if (refusal || point.cabinetKind === null) return refusal ?? new CabinetTakenError();

    const cabinet: Cabinet = {
      id: newId('cab'),
      channelPointId: point.id,
      activePointId: point.id,
      countyCode: point.countyCode,
      operatorId: operator.id,
      serialNo: input.serialNo,
      model: modelOf(point.cabinetKind),
      state: 'ACTIVE',
      slotRevision: 1,
      registeredBy: userId,
      registeredAt: this.clock.now(),
      retiredAt: null,
    };
    try {
      await this.database.transaction(async (tx) => {
        await this.cabinets.insert(tx, cabinet);
        await this.cabinets.replaceSlots(tx, cabinet.id, input.slots);
        await this.audit.record(tx, {
          actorId: userId,
          act: 'cabinet.registered',
          subject: cabinet.id,
          divisionCode: cabinet.countyCode,
          detail: { channelPointId: point.id, operatorId: operator.id, serialNo: cabinet.serialNo },
        });
        await emit(tx, cabinetChanged(cabinet.id, cabinet.registeredAt));
      });
      return cabinet.id;
    } catch (error) {
      // The unique keys decide who was first, not a look beforehand.
      if (isDuplicate(error)) return new CabinetTakenError();
      throw error;
    }
  }

  /** All slots at once, in their order. `revision` is the one that was looked at: two who set them at once do not mix. */
  setSlots(
    cabinetId: string,
    revision: number,
    slots: readonly SlotInput[],
    { userId, scope }: CabinetActor,
  ): Promise<CabinetId | InvalidInputError | CabinetRetiredError | CabinetChangedError> {
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
      const refusal = refuseSlots(cabinet.model, slots);
      if (refusal) return refusal;
      if (cabinet.slotRevision !== revision) return new CabinetChangedError(cabinet.slotRevision);

      await this.cabinets.replaceSlots(tx, cabinet.id, slots);
      await this.cabinets.setSlotRevision(tx, cabinet.id, revision + 1);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.slots_set',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { revision: revision + 1, slots: slots.length },
      });
      await emit(tx, cabinetChanged(cabinet.id, this.clock.now()));
      return cabinet.id;
    });
  }

  /** The machine goes; its point is free for another, its credentials are no longer good, and its record stays. Repeating it is harmless. */
  retire(cabinetId: string, { userId, scope }: CabinetActor): Promise<CabinetId> {
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      if (cabinet.state === 'RETIRED') return cabinet.id;
      const at = this.clock.now();
      await this.cabinets.retire(tx, cabinet.id, at);
      await this.cabinets.revokeAll(tx, cabinet.id, at);
      await this.alarms.closeOf(tx, cabinet.id, at);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.retired',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
      });
      await emit(tx, cabinetChanged(cabinet.id, at));
      return cabinet.id;
    });
  }
}
