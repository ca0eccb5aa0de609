import { Injectable } from '@nestjs/common';
import { isWithin } from '#libs/division';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, businessDay, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { Household, HouseholdId, HouseholdMember, MemberState } from './household.entity.js';
import { HouseholdRepository } from './household.repository.js';
import { type RegisterWish, refuseLeaving, refuseRegistration } from './household-register.rules.js';
import type { LinkageFlagId } from './linkage-payment.entity.js';
import { LinkagePaymentRepository } from './linkage-payment.repository.js';
import { LinkageFlagDecidedError, LinkageKeyUsedError } from './linkage.errors.js';
import { refuseReason } from './linkage.rules.js';
import { suspicionsOf } from './payment-check.rules.js';

export interface Registrar {
  readonly userId: IdOf<'usr'>;
  readonly divisions: readonly string[] | 'ALL';
}

/** Payments that are looked at again when somebody turns out to have left before; more wait for nobody. */
const LOOKED_AT_MAX = 1_000;

/** What the officials of a county do about its households. */
@Injectable()
export class HouseholdRegisterService {
  constructor(
    private readonly database: Database,
    private readonly households: HouseholdRepository,
    private readonly payments: LinkagePaymentRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key and content again is the same household. Throws NotFound for a village outside the divisions. */
  register(
    wish: RegisterWish,
    { userId, divisions }: Registrar,
  ): Promise<HouseholdId | InvalidInputError | LinkageKeyUsedError> {
    return this.database.transaction(async (tx) => {
      const invalid = refuseRegistration(wish, businessDay(this.clock.now()));
      if (invalid) return invalid;
      if (!isWithin(wish.villageCode, divisions)) throw new NotFound('Division', wish.villageCode);
      const { members, ...rest } = wish;
      const input = { ...rest, headName: rest.headName.trim() };
      const known = await this.households.byKey(tx, userId, wish.idempotencyKey);
      if (known) return this.isSame(known, input) ? known.id : new LinkageKeyUsedError();
      const household: Household = {
        id: newId('hhd'),
        ...input,
        createdAt: this.clock.now(),
        registeredBy: userId,
      };
      const head = { name: input.headName, birthYear: null, isHead: true };
      const all = [head, ...members.map((member) => ({ ...member, isHead: false }))];
      await this.households.insert(
        tx,
        household,
        all.map((member): HouseholdMember => ({
          id: newId('hmb'),
          householdId: household.id,
          ...member,
          name: member.name.trim(),
          state: 'PRESENT',
          leftOn: null,
        })),
      );
      await this.note(tx, household, 'household.registered', userId);
      return household.id;
    });
  }

  /** Who has died or moved away, and since when. What was paid to who had left is looked at again. */
  setMember(
    memberId: string,
    state: MemberState,
    leftOn: string | null,
    { userId, divisions }: Registrar,
  ): Promise<HouseholdId | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const household = await this.households.lockOfMember(tx, memberId, divisions);
      if (!household) throw new NotFound('HouseholdMember', memberId);
      const invalid = refuseLeaving(state, leftOn, businessDay(this.clock.now()));
      if (invalid) return invalid;
      await this.households.setMember(tx, memberId, state, leftOn);
      if (leftOn !== null) await this.lookAgain(tx, household.id, leftOn);
      await this.note(tx, household, 'household.member_set', userId, { memberId, state });
      return household.id;
    });
  }

  /** A merchant may agree with it from now on. Repeating it changes nothing. */
  introduce(
    householdId: string,
    merchantId: IdOf<'mer'>,
    { userId, divisions }: Registrar,
  ): Promise<HouseholdId> {
    return this.database.transaction(async (tx) => {
      const household = await this.households.lock(tx, householdId, divisions);
      if (!household) throw new NotFound('Household', householdId);
      const isNew = await this.households.introduce(tx, {
        merchantId,
        householdId: household.id,
        introducedBy: userId,
        introducedAt: this.clock.now(),
      });
      if (isNew) await this.note(tx, household, 'household.introduced', userId, { merchantId });
      return household.id;
    });
  }

  /** With a reason. The same again changes nothing. */
  decide(
    flagId: string,
    decision: { readonly isUpheld: boolean; readonly note: string },
    { userId, divisions }: Registrar,
  ): Promise<LinkageFlagId | InvalidInputError | LinkageFlagDecidedError> {
    return this.database.transaction(async (tx) => {
      const flag = await this.payments.lockFlag(tx, flagId, { divisions });
      if (!flag) throw new NotFound('LinkageFlag', flagId);
      const invalid = refuseReason(decision.note, 'note');
      if (invalid) return invalid;
      const state = decision.isUpheld ? 'UPHELD' : 'CLEARED';
      const note = decision.note.trim();
      if (flag.state !== 'OPEN')
        return flag.state === state && flag.note === note ? flag.id : new LinkageFlagDecidedError(flag.state);
      await this.payments.decide(tx, flag.id, {
        state,
        note,
        decidedBy: userId,
        decidedAt: this.clock.now(),
      });
      await this.audit.record(tx, {
        actorId: userId,
        act: decision.isUpheld ? 'linkage_flag.upheld' : 'linkage_flag.cleared',
        subject: flag.id,
        divisionCode: flag.villageCode,
        detail: { paymentId: flag.paymentId, rule: flag.rule },
      });
      return flag.id;
    });
  }

  private isSame(
    { headName, villageCode, kind, registeredOn }: Household,
    wish: Omit<RegisterWish, 'members'>,
  ): boolean {
    return (
      headName === wish.headName &&
      villageCode === wish.villageCode &&
      kind === wish.kind &&
      registeredOn === wish.registeredOn
    );
  }

  private async lookAgain(tx: Tx, householdId: string, leftOn: string): Promise<void> {
    const members = await this.payments.membersOf(tx, householdId);
    const paid = await this.payments.paidAfter(tx, householdId, leftOn, LOOKED_AT_MAX);
    for (const payment of paid) {
      // Of the rules only the one about who was there has something new to say.
      const nothingElse = {
        amountFen: 1n,
        statedYearFen: null,
        paidOfYearFen: 0n,
        householdsWithSameSum: 0,
      };
      const rules = suspicionsOf({ ...payment, ...nothingElse, members });
      await this.payments.raise(tx, payment, rules, this.clock.now());
    }
  }

  private note(
    tx: Tx,
    { id, villageCode }: Pick<Household, 'id' | 'villageCode'>,
    act: string,
    actorId: IdOf<'usr'>,
    detail: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    return this.audit.record(tx, { actorId, act, subject: id, divisionCode: villageCode, detail });
  }
}
