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

  /** The households behind each agreement, in order of id; nobody where it was not in force on that business day. One statement for all. */
  async householdsOf(
    agreementIds: readonly string[],
    at: Date,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, readonly LinkageShare[]>> {
    const households = new Map<string, LinkageShare[]>(agreementIds.map((id) => [id, []]));
    if (agreementIds.length === 0) return households;
    const day = businessDay(at);
    const rows = await on.query<LinkageShare & { readonly agreementId: string }>(
      `SELECT agreement.id AS agreementId, linked.household_id AS householdId, linked.weight
       FROM linkage_agreement agreement
       JOIN linkage_household linked ON linked.agreement_id = agreement.id
       WHERE agreement.id IN (?) AND agreement.starts_on <= ? AND (agreement.ends_before IS NULL OR agreement.ends_before > ?)
       ORDER BY linked.household_id`,
      [agreementIds, day, day],
    );
    for (const { agreementId, ...share } of rows) households.get(agreementId)?.push(share);
    return households;
  }
}
