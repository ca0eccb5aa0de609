import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { HouseholdId, HouseholdKind } from './household.entity.js';
import { maskName } from './household.rules.js';

/** What may be shown: the name is masked, and nothing else tells who it is. */
export interface MaskedHousehold {
  readonly id: HouseholdId;
  readonly headName: string;
  readonly villageCode: string;
  readonly kind: HouseholdKind;
}

@Injectable()
export class HouseholdReader {
  constructor(private readonly database: Database) {}

  /** In any order; names are masked here, so that no caller can forget to. */
  async byIds(ids: readonly string[]): Promise<MaskedHousehold[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<MaskedHousehold>(
      'SELECT id, head_name AS headName, village_code AS villageCode, kind FROM household WHERE id IN (?)',
      [ids],
    );
    return rows.map((row) => ({ ...row, headName: maskName(row.headName) }));
  }
}
