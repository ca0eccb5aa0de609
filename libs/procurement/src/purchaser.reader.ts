import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { ProcurementUnitId, ProcurementUnitKind } from './procurement-unit.entity.js';

/** A unit as those who sell to it need it. */
export interface Purchaser {
  readonly id: ProcurementUnitId;
  readonly kind: ProcurementUnitKind;
  readonly divisionCode: string;
  readonly mergedIntoId: ProcurementUnitId | null;
  readonly mergedOn: string | null;
}

/** Somebody may approve for several units. */
const UNITS_MAX = 100;

/** On whose behalf somebody may buy. */
@Injectable()
export class PurchaserReader {
  constructor(private readonly database: Database) {}

  /** Null for the units of others, as if they did not exist. */
  async forBuyer(unitId: string, userId: string): Promise<Purchaser | null> {
    const [unit] = await this.database.query<Purchaser>(
      `SELECT u.id, u.kind, u.division_code AS divisionCode, u.merged_into_id AS mergedIntoId, u.merged_on AS mergedOn
       FROM procurement_unit u JOIN procurement_member m ON m.unit_id = u.id
       WHERE u.id = ? AND m.user_id = ? AND m.role = 'BUYER' AND m.ended_at IS NULL`,
      [unitId, userId],
    );
    return unit ?? null;
  }

  /** Whether somebody buys or approves for the unit today. */
  async isOfUnit(unitId: string, userId: string): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM procurement_member WHERE unit_id = ? AND user_id = ? AND ended_at IS NULL LIMIT 1',
      [unitId, userId],
    );
    return rows.length > 0;
  }

  /** To whom what the unit buys is billed; null where there is no such unit. */
  async invoiceTitleOf(
    unitId: string,
  ): Promise<{ readonly title: string; readonly taxNumber: string } | null> {
    const [unit] = await this.database.query<{ title: string; taxNumber: string }>(
      'SELECT invoice_title AS title, tax_no AS taxNumber FROM procurement_unit WHERE id = ?',
      [unitId],
    );
    return unit ?? null;
  }

  async divisionOf(unitId: string, on: Pick<Tx, 'query'> = this.database): Promise<string | null> {
    const [unit] = await on.query<{ divisionCode: string }>(
      'SELECT division_code AS divisionCode FROM procurement_unit WHERE id = ?',
      [unitId],
    );
    return unit?.divisionCode ?? null;
  }

  /** The units whose orders somebody may sign, by id. */
  async approvedBy(userId: string): Promise<ProcurementUnitId[]> {
    const rows = await this.database.query<{ unitId: ProcurementUnitId }>(
      `SELECT unit_id AS unitId FROM procurement_member
       WHERE user_id = ? AND role = 'APPROVER' AND ended_at IS NULL ORDER BY unit_id LIMIT ?`,
      [userId, UNITS_MAX],
    );
    return rows.map(({ unitId }) => unitId);
  }
}
