import { Injectable } from '@nestjs/common';
import { dayAfter } from '#libs/division';
import { AuditService, type UserId, UserService, normalisePhone } from '#libs/identity';
import { Clock, type InvalidField, InvalidInputError, NotFound, businessDay, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { ProcurementContractor, ProcurementUnit } from './procurement-unit.entity.js';
import { CanteenNotOutsourcedError, UnitMergedError } from './procurement-unit.errors.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import { type ContractorInput, phoneMalformed, refuseContractor } from './procurement-unit.rules.js';

export interface ContractorOpening extends ContractorInput {
  /** Of whoever buys for the unit on the contractor's part. */
  readonly phone: string;
}

const ONE_OF_ITS_OWN: InvalidField = {
  path: 'phone',
  message: {
    zh: '此人已是本单位采购人，不能同时代表承包商',
    en: 'This person buys for the unit as one of its own already, and cannot do so for a contractor.',
  },
};

const ENDED: InvalidField = {
  path: 'startsOn',
  message: {
    zh: '自该日起的承包已经终止，请以新的开始日期登记',
    en: 'What began on that day has ended; open it anew from another day on.',
  },
};

/** Who runs its canteen, by the unit itself: its approvers let a contractor buy for it, and end that. */
@Injectable()
export class UnitContractorService {
  constructor(
    private readonly database: Database,
    private readonly units: ProcurementUnitRepository,
    private readonly users: UserService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Unit, credit code and first day name the contractor, so opening it again for another phone lets one more person buy. Twice is once. */
  open(
    userId: UserId,
    { phone, ...input }: ContractorOpening,
  ): Promise<ProcurementContractor | InvalidInputError | UnitMergedError | CanteenNotOutsourcedError> {
    return this.database.transaction(async (tx) => {
      const unit = await this.lock(tx, input.unitId, userId);
      const normal = normalisePhone(phone);
      const malformed = normal === null ? [phoneMalformed] : [];
      const fields = [...(refuseContractor(input)?.fields ?? []), ...malformed];
      if (fields.length > 0 || normal === null) return new InvalidInputError(fields);
      if (unit.mergedOn !== null && unit.mergedOn <= businessDay(this.clock.now()))
        return new UnitMergedError();
      if (unit.canteen !== 'OUTSOURCED') return new CanteenNotOutsourcedError();

      const person = await this.users.ensure(tx, normal);
      if (await this.units.isOwnMember(tx, unit.id, person.id))
        return new InvalidInputError([ONE_OF_ITS_OWN]);
      const contractor = await this.known(tx, unit, input, userId);
      // Whoever was let in now could buy nothing, and nobody would know why.
      if (contractor.endsBefore !== null && contractor.endsBefore <= businessDay(this.clock.now()))
        return new InvalidInputError([ENDED]);
      await this.units.addMember(tx, {
        unitId: unit.id,
        userId: person.id,
        role: 'BUYER',
        contractorId: contractor.id,
        addedAt: this.clock.now(),
        endedAt: null,
      });
      const detail = { unitId: unit.id, role: 'BUYER', contractorId: contractor.id };
      await this.audit.record(tx, {
        actorId: userId,
        act: 'procurement_member.added',
        subject: person.id,
        divisionCode: unit.divisionCode,
        detail,
      });
      return contractor;
    });
  }

  /** From that day on, today unless said, nobody buys on the contractor's part; what was bought stays as it is. Twice is harmless. */
  end(userId: UserId, contractorId: string, endsBefore: string | null): Promise<ProcurementContractor> {
    return this.database.transaction(async (tx) => {
      const unitId = await this.units.unitOfContractor(tx, contractorId);
      const unit = unitId === null ? null : await this.units.lockForApprover(tx, unitId, userId);
      const known = unit && (await this.units.contractorsOf(tx, unit.id));
      const contractor = known?.find(({ id }) => id === contractorId);
      if (!unit || !contractor) throw new NotFound('Contractor', contractorId);

      const now = this.clock.now();
      const [today, day] = [businessDay(now), endsBefore ?? businessDay(now)];
      // What ends on its first day, or before, has run for that one day: no time is empty.
      const last = day > contractor.startsOn ? day : dayAfter(contractor.startsOn, 1);
      const isEarlier = contractor.endsBefore === null || last < contractor.endsBefore;
      const ended = Object.assign(contractor, { endsBefore: isEarlier ? last : contractor.endsBefore });
      if (isEarlier) await this.units.endContractor(tx, contractor.id, last);
      if (day <= today) await this.units.endMembersOf(tx, contractor.id, now);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'procurement_contractor.ended',
        subject: unit.id,
        divisionCode: unit.divisionCode,
        detail: { contractorId: contractor.id, endsBefore: ended.endsBefore },
      });
      return ended;
    });
  }

  private async known(
    tx: Tx,
    unit: ProcurementUnit,
    input: ContractorInput,
    userId: UserId,
  ): Promise<ProcurementContractor> {
    const known = (await this.units.contractorsOf(tx, unit.id)).find(
      ({ creditCode, startsOn }) => creditCode === input.creditCode && startsOn === input.startsOn,
    );
    if (known) return known;
    const contractor: ProcurementContractor = { ...input, id: newId('prc'), unitId: unit.id };
    await this.units.insertContractor(tx, contractor);
    await this.audit.record(tx, {
      actorId: userId,
      act: 'procurement_contractor.added',
      subject: unit.id,
      divisionCode: unit.divisionCode,
      detail: { contractorId: contractor.id },
    });
    return contractor;
  }

  private async lock(tx: Tx, unitId: string, userId: string): Promise<ProcurementUnit> {
    const unit = await this.units.lockForApprover(tx, unitId, userId);
    if (!unit) throw new NotFound('Unit', unitId);
    return unit;
  }
}
