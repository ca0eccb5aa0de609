import { Injectable } from '@nestjs/common';
import { isWithin } from '#libs/division';
import { AuditService, type UserId, UserService, normalisePhone } from '#libs/identity';
import { Clock, InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database, type Tx, unlessTaken } from '#platform/database';
import type { ProcurementContractor, ProcurementRole, ProcurementUnit } from './procurement-unit.entity.js';
import { UnitMergedError } from './procurement-unit.errors.js';
import { ProcurementUnitRepository } from './procurement-unit.repository.js';
import {
  type ContractorInput,
  type ProcurementUnitFacts,
  creditCodeOfAnother,
  isSameUnit,
  mergedIntoItself,
  phoneMalformed,
  refuseContractor,
  refuseUnit,
} from './procurement-unit.rules.js';

/** An official, and the divisions they answer for. */
export interface Registrar {
  readonly userId: UserId;
  readonly scope: readonly string[] | 'ALL';
}

export interface MemberInput {
  readonly unitId: string;
  readonly phone: string;
  readonly role: ProcurementRole;
  readonly contractorId: string | null;
}

const CONTRACTOR_UNKNOWN = { zh: '该单位没有这个承包商', en: 'The unit has no such contractor.' };

/** Keeps the book of units. Whoever answers for a division changes the units in it and sees no others. */
@Injectable()
export class ProcurementUnitService {
  constructor(
    private readonly database: Database,
    private readonly units: ProcurementUnitRepository,
    private readonly users: UserService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The credit code is the key: the same facts again answer with the same unit, other facts are refused. */
  async register(
    facts: ProcurementUnitFacts,
    registrar: Registrar,
  ): Promise<ProcurementUnit | InvalidInputError> {
    const refusal = refuseUnit(facts);
    if (refusal) return refusal;
    if (!isWithin(facts.divisionCode, registrar.scope)) throw new NotFound('Division', facts.divisionCode);
    return this.database.transaction(async (tx) => {
      const named = [facts.representedById, facts.parentId].filter((id) => id !== null);
      const found = await this.units.lockWithin(tx, named, registrar.scope);
      for (const id of named) if (!found.some((unit) => unit.id === id)) throw new NotFound('Unit', id);

      const known = await this.units.byCreditCode(tx, facts.creditCode);
      if (known) return isSameUnit(known, facts) ? known : new InvalidInputError([creditCodeOfAnother]);
      return this.insert(tx, facts, registrar);
    });
  }

  /** From that day on, what it buys counts for the other. Again with the same content changes nothing. */
  merge(
    unitId: string,
    intoId: string,
    mergedOn: string,
    registrar: Registrar,
  ): Promise<ProcurementUnit | InvalidInputError | UnitMergedError> {
    return this.database.transaction(async (tx) => {
      if (unitId === intoId) return new InvalidInputError([mergedIntoItself]);
      const locked = await this.units.lockWithin(tx, [unitId, intoId], registrar.scope);
      const unit = locked.find(({ id }) => id === unitId);
      const into = locked.find(({ id }) => id === intoId);
      if (!unit || !into) throw new NotFound('Unit', unit ? intoId : unitId);
      if (unit.mergedIntoId === into.id && unit.mergedOn === mergedOn) return unit;
      // One step at a time and never backwards: what has ended takes nobody in, so no circle can arise.
      if (unit.mergedIntoId !== null || into.mergedIntoId !== null) return new UnitMergedError();

      await this.units.merge(tx, unit.id, into.id, mergedOn);
      await this.audit.record(tx, {
        actorId: registrar.userId,
        act: 'procurement_unit.merged',
        subject: unit.id,
        divisionCode: unit.divisionCode,
        detail: { intoId: into.id, mergedOn },
      });
      return Object.assign(unit, { mergedIntoId: into.id, mergedOn });
    });
  }

  /** The person of that phone buys or approves for the unit; they are made known if they are new. Twice is once. */
  addMember(
    { unitId, phone, role, contractorId }: MemberInput,
    registrar: Registrar,
  ): Promise<ProcurementUnit | InvalidInputError> {
    const normal = normalisePhone(phone);
    return this.database.transaction(async (tx) => {
      if (normal === null) return new InvalidInputError([phoneMalformed]);
      const unit = await this.lock(tx, unitId, registrar);
      const contractor = (await this.units.contractorsOf(tx, unit.id)).find(({ id }) => id === contractorId);
      if (contractorId !== null && !contractor)
        return new InvalidInputError([{ path: 'contractorId', message: CONTRACTOR_UNKNOWN }]);

      const user = await this.users.ensure(tx, normal);
      await this.units.addMember(tx, {
        unitId: unit.id,
        userId: user.id,
        role,
        contractorId: contractor?.id ?? null,
        addedAt: this.clock.now(),
        endedAt: null,
      });
      await this.audit.record(tx, {
        actorId: registrar.userId,
        act: 'procurement_member.added',
        subject: user.id,
        divisionCode: unit.divisionCode,
        detail: { unitId, role },
      });
      return unit;
    });
  }

  endMember(
    member: { readonly unitId: string; readonly userId: string; readonly role: ProcurementRole },
    registrar: Registrar,
  ): Promise<ProcurementUnit> {
    return this.database.transaction(async (tx) => {
      const unit = await this.lock(tx, member.unitId, registrar);
      const userId = member.userId as UserId;
      if (!(await this.units.endMember(tx, { unitId: unit.id, userId, role: member.role }, this.clock.now())))
        throw new NotFound('Member', member.userId);
      await this.audit.record(tx, {
        actorId: registrar.userId,
        act: 'procurement_member.ended',
        subject: member.userId,
        divisionCode: unit.divisionCode,
        detail: { unitId: unit.id, role: member.role },
      });
      return unit;
    });
  }

  /** Who runs the unit's canteen, and from when. Unit, credit code and first day are the key. */
  addContractor(
    input: ContractorInput,
    registrar: Registrar,
  ): Promise<ProcurementContractor | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseContractor(input);
      if (refusal) return refusal;
      const unit = await this.lock(tx, input.unitId, registrar);
      const known = (await this.units.contractorsOf(tx, unit.id)).find(
        ({ creditCode, startsOn }) => creditCode === input.creditCode && startsOn === input.startsOn,
      );
      if (known) return known;

      const contractor: ProcurementContractor = { ...input, id: newId('prc'), unitId: unit.id };
      await this.units.insertContractor(tx, contractor);
      await this.audit.record(tx, {
        actorId: registrar.userId,
        act: 'procurement_contractor.added',
        subject: unit.id,
        divisionCode: unit.divisionCode,
        detail: { contractorId: contractor.id },
      });
      return contractor;
    });
  }

  private async insert(tx: Tx, facts: ProcurementUnitFacts, registrar: Registrar): Promise<ProcurementUnit> {
    const unit: ProcurementUnit = {
      id: newId('pru'),
      ...facts,
      mergedIntoId: null,
      mergedOn: null,
      createdAt: this.clock.now(),
    };
    // Somebody registered the same code in between: again from BEGIN, where it is found.
    await unlessTaken('somebody else came first', () => this.units.insert(tx, unit));
    await this.audit.record(tx, {
      actorId: registrar.userId,
      act: 'procurement_unit.registered',
      subject: unit.id,
      divisionCode: unit.divisionCode,
    });
    return unit;
  }

  private async lock(tx: Tx, unitId: string, { scope }: Registrar): Promise<ProcurementUnit> {
    const [unit] = await this.units.lockWithin(tx, [unitId], scope);
    if (!unit) throw new NotFound('Unit', unitId);
    return unit;
  }
}
