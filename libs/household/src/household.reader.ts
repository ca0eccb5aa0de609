import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { HouseholdId, HouseholdKind, HouseholdMember, MemberState } from './household.entity.js';
import { maskName } from './household.rules.js';
import { type LinkageScope, householdsWithin } from './linkage-scope.rules.js';

/** What may be shown: the name is masked, and nothing else tells who it is. */
export interface MaskedHousehold {
  readonly id: HouseholdId;
  readonly headName: string;
  readonly villageCode: string;
  readonly kind: HouseholdKind;
}

/** Likewise. */
export interface MaskedMember {
  readonly id: HouseholdMember['id'];
  readonly householdId: HouseholdId;
  readonly name: string;
  readonly isHead: boolean;
  readonly birthYear: number | null;
  readonly state: MemberState;
  readonly leftOn: string | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const HOUSEHOLD_KEY_PARTS = 1;

const HOUSEHOLD =
  'SELECT h.id, h.head_name AS headName, h.village_code AS villageCode, h.kind FROM household h';

@Injectable()
export class HouseholdReader {
  constructor(private readonly database: Database) {}

  /** In any order; names are masked here, so that no caller can forget to. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<MaskedHousehold[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<MaskedHousehold>(
      'SELECT id, head_name AS headName, village_code AS villageCode, kind FROM household WHERE id IN (?)',
      [ids],
    );
    return rows.map((row) => ({ ...row, headName: maskName(row.headName) }));
  }

  /** Those of divisions, or those that merchants were introduced to; newest first. */
  async page(scope: LinkageScope, { first, after }: PageRequest): Promise<Page<MaskedHousehold>> {
    const within = householdsWithin(scope);
    const rows = await this.database.query<MaskedHousehold>(
      `${HOUSEHOLD} WHERE ${within.sql}${after === null ? '' : ' AND h.id < ?'} ORDER BY h.id DESC LIMIT ?`,
      [...within.values, ...(after === null ? [] : [after[0] ?? '']), first + 1],
    );
    return pageOf(
      rows.map((row) => ({ ...row, headName: maskName(row.headName) })),
      first,
      ({ id }) => [id],
    );
  }

  /** Null outside the scope. */
  async byId(id: string, scope: LinkageScope): Promise<MaskedHousehold | null> {
    const within = householdsWithin(scope);
    const [row] = await this.database.query<MaskedHousehold>(
      `${HOUSEHOLD} WHERE h.id = ? AND ${within.sql}`,
      [id, ...within.values],
    );
    return row ? { ...row, headName: maskName(row.headName) } : null;
  }

  /** How many people live in them now. */
  async peopleOf(householdIds: readonly string[]): Promise<number> {
    if (householdIds.length === 0) return 0;
    const [row] = await this.database.query<{ n: string }>(
      "SELECT COUNT(*) AS n FROM household_member WHERE household_id IN (?) AND state = 'PRESENT'",
      [householdIds],
    );
    return Number(row?.n);
  }

  /** Of households that were found within a scope; the head first. */
  async membersOf(householdIds: readonly string[]): Promise<MaskedMember[]> {
    if (householdIds.length === 0) return [];
    const rows = await this.database.query<Omit<MaskedMember, 'isHead'> & { isHead: number }>(
      `SELECT id, household_id AS householdId, name, is_head AS isHead, birth_year AS birthYear, state, left_on AS leftOn FROM household_member
       WHERE household_id IN (?) ORDER BY household_id, is_head DESC, id`,
      [householdIds],
    );
    return rows.map((row) => ({ ...row, name: maskName(row.name), isHead: row.isHead === 1 }));
  }
}
