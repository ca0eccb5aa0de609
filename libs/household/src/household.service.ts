import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, NotFound, newId } from '#libs/kernel';
import { Database } from '#platform/database';
import type { Household, HouseholdKind } from './household.entity.js';
import { HouseholdRepository } from './household.repository.js';
import { type LinkedHousehold, refuseLinked } from './household.rules.js';
import type { LinkageAgreement, LinkageKind } from './linkage.entity.js';

export interface HouseholdInput {
  readonly headName: string;
  readonly villageCode: string;
  readonly kind: HouseholdKind;
  /** YYYY-MM-DD. */
  readonly registeredOn: string;
  /** The others; the head is a member by herself. */
  readonly members: readonly { readonly name: string; readonly birthYear: number | null }[];
}

export interface LinkageInput {
  readonly merchantId: LinkageAgreement['merchantId'];
  readonly kind: LinkageKind;
  /** YYYY-MM-DD in Shanghai; in force from that day. */
  readonly startsOn: string;
  readonly households: readonly LinkedHousehold[];
}

@Injectable()
export class HouseholdService {
  constructor(
    private readonly database: Database,
    private readonly households: HouseholdRepository,
    private readonly clock: Clock,
  ) {}

  register({ members, ...input }: HouseholdInput): Promise<Household> {
    return this.database.transaction(async (tx) => {
      const household: Household = {
        id: newId('hhd'),
        ...input,
        createdAt: this.clock.now(),
        registeredBy: null,
        idempotencyKey: null,
      };
      const head = { name: input.headName, birthYear: null, isHead: true };
      const all = [head, ...members.map((member) => ({ ...member, isHead: false }))];
      await this.households.insert(
        tx,
        household,
        all.map((member) => ({
          id: newId('hmb'),
          householdId: household.id,
          state: 'PRESENT' as const,
          leftOn: null,
          ...member,
        })),
      );
      return household;
    });
  }

  /** A linkage agreement between a merchant and households; the whole or nothing. */
  agree({ households, ...input }: LinkageInput): Promise<LinkageAgreement | InvalidInputError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseLinked(households);
      if (refusal) return refusal;

      const agreement: LinkageAgreement = {
        id: newId('lnk'),
        ...input,
        endsBefore: null,
        createdAt: this.clock.now(),
        signedAt: this.clock.now(),
        revision: 0,
        idempotencyKey: null,
        endedAt: null,
      };
      const linked = households.map(({ householdId, weight }) => ({
        agreementId: agreement.id,
        householdId,
        weight,
      }));
      await this.households.insertAgreement(tx, agreement, linked);
      return agreement;
    });
  }

  /** From that day on nobody receives by it; an agreement ends once. */
  end(agreementId: string, endsBefore: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!(await this.households.endAgreement(tx, agreementId, endsBefore)))
        throw new NotFound('LinkageAgreement', agreementId);
    });
  }
}
