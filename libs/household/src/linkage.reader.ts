import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, Gathered, type Tx } from '#platform/database';
import type { HouseholdId } from './household.entity.js';

export interface LinkageShare {
  readonly householdId: HouseholdId;
  /** Relative to the others of the agreement; 0 receives nothing. */
  readonly weight: number;
}

interface LinkedRow extends LinkageShare {
  readonly agreementId: string;
}

@Injectable()
export class LinkageReader {
  private readonly linked = new Gathered<LinkedRow>(
    this.database,
    (agreementIds) => this.read(agreementIds, this.clock.now(), this.database),
    ({ agreementId }) => agreementId,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The households behind each agreement that is in force today, for whoever looks at products. */
  async householdsNow(
    agreementIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly LinkageShare[]>> {
    return byAgreement(agreementIds, await this.linked.of(agreementIds));
  }

  /** The households behind each agreement, in order of id; nobody where it was not in force on that business day. One statement for all. */
  async householdsOf(
    agreementIds: readonly string[],
    at: Date,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, readonly LinkageShare[]>> {
    return byAgreement(agreementIds, agreementIds.length === 0 ? [] : await this.read(agreementIds, at, on));
  }

  private read(agreementIds: readonly string[], at: Date, on: Pick<Tx, 'query'>): Promise<LinkedRow[]> {
    const day = businessDay(at);
    return on.query<LinkedRow>(
      `SELECT agreement.id AS agreementId, linked.household_id AS householdId, linked.weight
       FROM linkage_agreement agreement
       JOIN linkage_household linked ON linked.agreement_id = agreement.id
       WHERE agreement.id IN (?) AND agreement.signed_at IS NOT NULL AND agreement.starts_on <= ? AND (agreement.ends_before IS NULL OR agreement.ends_before > ?)
       ORDER BY linked.household_id`,
      [agreementIds, day, day],
    );
  }
}

function byAgreement(
  agreementIds: readonly string[],
  rows: readonly LinkedRow[],
): ReadonlyMap<string, readonly LinkageShare[]> {
  const households = new Map<string, LinkageShare[]>(agreementIds.map((id) => [id, []]));
  for (const { agreementId, householdId, weight } of rows)
    households.get(agreementId)?.push({ householdId, weight });
  return households;
}
