import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { InvalidInputError, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { CabinetReader, type CabinetRow } from './cabinet.reader.js';
import type { CabinetActor } from './cabinet.service.js';
import { CabinetRetiredError } from './counter.errors.js';
import { SlotLockService } from './slot-lock.service.js';

const REASON_LENGTH_MAX = 200;

/** Somebody wants nothing to be sold from a slot, or no longer minds. Locks for other reasons stay as they are. */
@Injectable()
export class OperatorLockService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetReader,
    private readonly locks: SlotLockService,
    private readonly audit: AuditService,
  ) {}

  /** The first who locks is kept; repeating it is harmless. */
  lock(
    cabinetId: string,
    slotCode: string,
    reason: string,
    actor: CabinetActor,
  ): Promise<CabinetId | InvalidInputError | CabinetRetiredError> {
    const detail = reason.trim();
    return this.atSlot(cabinetId, slotCode, actor, async (tx, cabinet) => {
      if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
      if (detail.length < 2 || detail.length > REASON_LENGTH_MAX) return invalidReason();
      const by = actor.userId;
      const locked = await this.locks.lock(tx, cabinet.id, [slotCode], { reason: 'OPERATOR', detail, by });
      if (locked.length > 0)
        await this.note(tx, actor, cabinet, 'cabinet.slot_locked', { slotCode, reason: detail });
      return cabinet.id;
    });
  }

  /** Where nobody has locked it by hand nothing happens. */
  unlock(cabinetId: string, slotCode: string, actor: CabinetActor): Promise<CabinetId> {
    return this.atSlot(cabinetId, slotCode, actor, async (tx, cabinet) => {
      const by = actor.userId;
      const released = await this.locks.release(tx, cabinet.id, [slotCode], { reason: 'OPERATOR', by });
      if (released > 0) await this.note(tx, actor, cabinet, 'cabinet.slot_unlocked', { slotCode });
      return cabinet.id;
    });
  }

  private async atSlot<Outcome>(
    cabinetId: string,
    slotCode: string,
    { scope }: CabinetActor,
    work: (tx: Tx, cabinet: CabinetRow) => Promise<Outcome>,
  ): Promise<Outcome> {
    const cabinet = await this.cabinets.byId(cabinetId, scope);
    if (!cabinet) throw new NotFound('Cabinet', cabinetId);
    const slots = await this.cabinets.slotsOf([cabinet.id]);
    if (!slots.some(({ code }) => code === slotCode)) throw new NotFound('CabinetSlot', slotCode);
    return this.database.transaction((tx) => work(tx, cabinet));
  }

  private note(
    tx: Tx,
    { userId }: CabinetActor,
    { id, countyCode }: CabinetRow,
    act: string,
    detail: Readonly<Record<string, string>>,
  ): Promise<void> {
    return this.audit.record(tx, { actorId: userId, act, subject: id, divisionCode: countyCode, detail });
  }
}

function invalidReason(): InvalidInputError {
  return new InvalidInputError([
    {
      path: 'reason',
      message: {
        zh: `请说明理由（2 到 ${REASON_LENGTH_MAX} 字）`,
        en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
      },
    },
  ]);
}
