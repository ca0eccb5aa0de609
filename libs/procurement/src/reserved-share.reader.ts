import { Injectable } from '@nestjs/common';
import { prefixOf, withinScope } from '#libs/division';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { Canteen } from './procurement-unit.entity.js';
import { hasDuty } from './procurement-unit.rules.js';
import { isEnoughReserved } from './reserved-share.rules.js';

/** A unit as a year's report shows it: what it has promised, or that it has promised nothing. */
export interface ReservedShareRow {
  readonly unitId: string;
  readonly unitName: string;
  readonly divisionCode: string;
  readonly hasDuty: boolean;
  /** Somebody buys for it. */
  readonly isActivated: boolean;
  /** Null where nothing has been filed. */
  readonly canteenTotalFen: Fen | null;
  readonly reservedFen: Fen | null;
  readonly filedAt: Date | null;
  /** A tenth at least is reserved; null where nothing has been filed. */
  readonly isEnough: boolean | null;
}

interface Raw {
  readonly unitId: string;
  readonly unitName: string;
  readonly divisionCode: string;
  readonly canteen: Canteen;
  readonly isActivated: number;
  readonly canteenTotalFen: FenText | null;
  readonly reservedFen: FenText | null;
  readonly filedAt: Date | null;
}

/** Of one report; the city has some thousands of budget units, and whoever wants more narrows to a county. */
export const SHARES_MAX = 5_000;

@Injectable()
export class ReservedShareReader {
  constructor(private readonly database: Database) {}

  /** What the unit has filed for the year, in its latest version; null where it has filed nothing. */
  async ofUnit(
    unitId: string,
    year: number,
  ): Promise<{ readonly canteenTotalFen: Fen; readonly reservedFen: Fen } | null> {
    const [row] = await this.database.query<{ total: FenText; reserved: FenText }>(
      `SELECT canteen_total_fen AS total, reserved_fen AS reserved FROM reserved_share
       WHERE unit_id = ? AND year = ? ORDER BY version DESC LIMIT 1`,
      [unitId, year],
    );
    return row ? { canteenTotalFen: fen(row.total), reservedFen: fen(row.reserved) } : null;
  }

  /**
   * Every unit within the scope, and within the division if one is named, that existed in the year, by division and id, with what it has filed: at most one row more than
   * `SHARES_MAX`, so that a caller sees that there are too many. One statement. A unit that merged before the year began is not
   * there: what its successor files counts.
   */
  async ofYear(
    year: number,
    scope: readonly string[] | 'ALL',
    divisionCode: string | null = null,
  ): Promise<ReservedShareRow[]> {
    const { sql, values: scoped } = withinScope('u.division_code', scope);
    const values: SqlValue[] = [
      year,
      `${year}-01-01`,
      `${divisionCode === null ? '' : prefixOf(divisionCode)}%`,
      ...scoped,
      SHARES_MAX + 1,
    ];
    const rows = await this.database.query<Raw>(
      `SELECT u.id AS unitId, u.name AS unitName, u.division_code AS divisionCode, u.canteen,
        EXISTS (SELECT 1 FROM procurement_member m WHERE m.unit_id = u.id AND m.ended_at IS NULL) AS isActivated,
        s.canteen_total_fen AS canteenTotalFen, s.reserved_fen AS reservedFen, s.filed_at AS filedAt
       FROM procurement_unit u
       LEFT JOIN reserved_share s ON s.unit_id = u.id AND s.year = ?
         AND s.version = (SELECT MAX(l.version) FROM reserved_share l WHERE l.unit_id = s.unit_id AND l.year = s.year)
       WHERE (u.merged_on IS NULL OR u.merged_on > ?) AND u.division_code LIKE ? AND ${sql}
       ORDER BY u.division_code, u.id LIMIT ?`,
      values,
    );
    return rows.map(rowOf);
  }
}

function rowOf({ canteen, isActivated, canteenTotalFen, reservedFen, ...raw }: Raw): ReservedShareRow {
  const filed =
    canteenTotalFen === null || reservedFen === null
      ? null
      : { canteenTotalFen: fen(canteenTotalFen), reservedFen: fen(reservedFen) };
  return {
    ...raw,
    hasDuty: hasDuty(canteen),
    isActivated: isActivated === 1,
    canteenTotalFen: filed?.canteenTotalFen ?? null,
    reservedFen: filed?.reservedFen ?? null,
    isEnough: filed && isEnoughReserved(filed),
  };
}
