import { Injectable } from '@nestjs/common';
import { businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { HouseholdId } from './household.entity.js';

export interface LinkageShare {
  readonly householdId: HouseholdId;
  /** Relative to the others of the agreement; 0 receives nothing. */
  readonly weight: number;
}

@Injectable()
export class LinkageReader {
  constructor(private readonly database: Database) {}

  /** The households behind an agreement, in order of id; nobody if the agreement was not in force on that business day. */
  householdsOf(
    agreementId: string,
    at: Date,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<LinkageShare[]> {
    const day = businessDay(at);
    return on.query<LinkageShare>(
      `SELECT linked.household_id AS householdId, linked.weight
       FROM linkage_agreement agreement
       JOIN linkage_household linked ON linked.agreement_id = agreement.id
       WHERE agreement.id = ? AND agreement.starts_on <= ? AND (agreement.ends_before IS NULL OR agreement.ends_before > ?)
       ORDER BY linked.household_id`,
      [agreementId, day, day],
    );
  }
}
