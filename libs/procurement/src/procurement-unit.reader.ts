import { Injectable } from '@nestjs/common';
import { prefixOf, withinScope } from '#libs/division';
import { Clock, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type {
  ProcurementContractor,
  ProcurementMember,
  ProcurementRole,
  ProcurementUnit,
  ProcurementUnitKind,
} from './procurement-unit.entity.js';
import { IN_FORCE } from './purchaser.reader.js';
import { type CountedUnit, countedFor, hasDuty, successorsOf } from './procurement-unit.rules.js';

export interface ProcurementUnitRow extends Omit<ProcurementUnit, 'createdAt'> {
  /** Somebody buys for it. */
  readonly isActivated: boolean;
  readonly hasDuty: boolean;
}

export interface ProcurementUnitFilter {
  readonly kind?: ProcurementUnitKind | null;
  readonly divisionCode?: string | null;
}

export const PROCUREMENT_UNIT_KEY_PARTS = 1;

/** A unit has a few people who buy; past this something is wrong. */
const MEMBERS_MAX = 200;
/** Somebody may buy for several units. */
const UNITS_OF_MEMBER_MAX = 100;
const CONTRACTORS_MAX = 200;
/** Of all time, city-wide; the city has some thousands of budget units. */
const MERGERS_MAX = 10_000;
/** Those, and units with a union or without a canteen of their own. */
const COUNTED_MAX = 50_000;

type Raw = Omit<ProcurementUnitRow, 'isActivated' | 'hasDuty'> & { readonly isActivated: number };

const SELECT = `SELECT u.id, u.name, u.kind, u.division_code AS divisionCode, u.credit_code AS creditCode,
  u.invoice_title AS invoiceTitle, u.tax_no AS taxNo, u.canteen, u.represented_by_id AS representedById, u.parent_id AS parentId,
  u.merged_into_id AS mergedIntoId, u.merged_on AS mergedOn,
  EXISTS (SELECT 1 FROM procurement_member m WHERE m.unit_id = u.id AND m.ended_at IS NULL) AS isActivated
  FROM procurement_unit u`;

@Injectable()
export class ProcurementUnitReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** In any order; also those that have merged, because old purchases name them. */
  async byIds(ids: readonly string[]): Promise<ProcurementUnitRow[]> {
    return ids.length === 0 ? [] : this.read(`${SELECT} WHERE u.id IN (?)`, [ids]);
  }

  async byIdWithin(id: string, scope: readonly string[] | 'ALL'): Promise<ProcurementUnitRow | null> {
    const { sql, values } = withinScope('u.division_code', scope);
    const [unit] = await this.read(`${SELECT} WHERE u.id = ? AND ${sql}`, [id, ...values]);
    return unit ?? null;
  }

  /** The units somebody buys or approves for, by id. */
  ofMember(userId: string): Promise<ProcurementUnitRow[]> {
    const today = businessDay(this.clock.now());
    return this.read(
      `${SELECT} WHERE u.id IN (SELECT m.unit_id FROM procurement_member m WHERE m.user_id = ? AND ${IN_FORCE})
       ORDER BY u.id LIMIT ?`,
      [userId, today, today, UNITS_OF_MEMBER_MAX],
    );
  }

  /** Whether somebody may do this for the unit today. */
  async isMember(unitId: string, userId: string, role: ProcurementRole): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM procurement_member WHERE unit_id = ? AND user_id = ? AND role = ? AND ended_at IS NULL',
      [unitId, userId, role],
    );
    return rows.length > 0;
  }

  /** Units within somebody's divisions, in order of id. */
  async pageWithin(
    { kind, divisionCode }: ProcurementUnitFilter,
    scope: readonly string[] | 'ALL',
    { first, after }: PageRequest,
  ): Promise<Page<ProcurementUnitRow>> {
    const { sql, values } = withinScope('u.division_code', scope);
    const where = [sql];
    const narrow = (clause: string, value: string | null | undefined) => {
      if (value === null || value === undefined) return;
      where.push(clause);
      values.push(value);
    };
    narrow('u.kind = ?', kind);
    narrow('u.division_code LIKE ?', divisionCode ? `${prefixOf(divisionCode)}%` : divisionCode);
    narrow('u.id > ?', after?.[0]);
    const rows = await this.read(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY u.id LIMIT ?`, [
      ...values,
      first + 1,
    ]);
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** People in force, of several units at once. */
  members(unitIds: readonly string[]): Promise<ProcurementMember[]> {
    if (unitIds.length === 0) return Promise.resolve([]);
    return this.database.query<ProcurementMember>(
      `SELECT unit_id AS unitId, user_id AS userId, role, contractor_id AS contractorId, added_at AS addedAt, ended_at AS endedAt
       FROM procurement_member WHERE unit_id IN (?) AND ended_at IS NULL ORDER BY unit_id, user_id, role LIMIT ?`,
      [unitIds, MEMBERS_MAX * unitIds.length],
    );
  }

  /** All that a unit's canteen has ever been given to, of several units at once. */
  contractors(unitIds: readonly string[]): Promise<ProcurementContractor[]> {
    if (unitIds.length === 0) return Promise.resolve([]);
    return this.database.query<ProcurementContractor>(
      `SELECT id, unit_id AS unitId, name, credit_code AS creditCode, starts_on AS startsOn, ends_before AS endsBefore
       FROM procurement_contractor WHERE unit_id IN (?) ORDER BY unit_id, starts_on, id LIMIT ?`,
      [unitIds, CONTRACTORS_MAX * unitIds.length],
    );
  }

  /** For each unit that has merged by that day (today, unless said): the one its purchases count for now. */
  async successors(day: string = businessDay(this.clock.now())): Promise<ReadonlyMap<string, string>> {
    const mergers = await this.database.query<{ id: string; mergedIntoId: string; mergedOn: string }>(
      `SELECT id, merged_into_id AS mergedIntoId, merged_on AS mergedOn FROM procurement_unit
       WHERE merged_into_id IS NOT NULL ORDER BY id LIMIT ?`,
      [MERGERS_MAX],
    );
    return successorsOf(mergers, day);
  }

  /**
   * For each unit whose purchases count for another one on that day, the one they count for: of merged ones that is their successor, of a union
   * the unit it belongs to, of who eats in another's canteen the one that files for both. Whoever files a share keeps its own purchases.
   */
  async countsFor(day: string): Promise<ReadonlyMap<string, string>> {
    const units = await this.database.query<CountedUnit>(
      `SELECT id, kind, canteen, merged_into_id AS mergedIntoId, merged_on AS mergedOn, represented_by_id AS representedById,
         parent_id AS parentId
       FROM procurement_unit WHERE merged_into_id IS NOT NULL OR represented_by_id IS NOT NULL OR (kind = 'UNION' AND parent_id IS NOT NULL)
       ORDER BY id LIMIT ?`,
      [COUNTED_MAX],
    );
    return countedFor(units, day);
  }

  private async read(sql: string, values: readonly SqlValue[]): Promise<ProcurementUnitRow[]> {
    const rows = await this.database.query<Raw>(sql, values);
    return rows.map((row) => ({
      ...row,
      isActivated: row.isActivated === 1,
      hasDuty: hasDuty(row.canteen),
    }));
  }
}
