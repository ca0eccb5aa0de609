import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { INVOICE_TITLES_MAX } from './invoice-title.rules.js';
import type { InvoiceTitleId } from './invoice-title.entity.js';
import type {
  ProcurementContractorId,
  ProcurementUnitId,
  ProcurementUnitKind,
} from './procurement-unit.entity.js';

/** A unit as those who sell to it need it. */
export interface Purchaser {
  readonly id: ProcurementUnitId;
  readonly kind: ProcurementUnitKind;
  readonly divisionCode: string;
  readonly mergedIntoId: ProcurementUnitId | null;
  readonly mergedOn: string | null;
  /** The firm that runs its canteen and that the buyer works for; null for the unit's own people. */
  readonly contractorId: ProcurementContractorId | null;
}

/** A title that a unit may be billed by. */
export interface InvoiceTitleRow {
  /** Null for the one of its register. */
  readonly id: InvoiceTitleId | null;
  readonly title: string;
  readonly taxNumber: string;
}

/** A membership `m` today, which is asked for twice; a contractor's people are there while it runs the canteen. */
export const IN_FORCE = `m.ended_at IS NULL AND (m.contractor_id IS NULL OR EXISTS (
  SELECT 1 FROM procurement_contractor c WHERE c.id = m.contractor_id AND c.starts_on <= ? AND (c.ends_before IS NULL OR c.ends_before > ?)))`;

/** Somebody may approve for several units. */
const UNITS_MAX = 100;

/** On whose behalf somebody may buy. */
@Injectable()
export class PurchaserReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Null for the units of others, as if they did not exist; so it is for a contractor's people before its first day and after its last. */
  async forBuyer(unitId: string, userId: string): Promise<Purchaser | null> {
    const today = businessDay(this.clock.now());
    const [unit] = await this.database.query<Purchaser>(
      `SELECT u.id, u.kind, u.division_code AS divisionCode, u.merged_into_id AS mergedIntoId, u.merged_on AS mergedOn,
         m.contractor_id AS contractorId
       FROM procurement_unit u JOIN procurement_member m ON m.unit_id = u.id
       WHERE u.id = ? AND m.user_id = ? AND m.role = 'BUYER' AND ${IN_FORCE}`,
      [unitId, userId, today, today],
    );
    return unit ?? null;
  }

  /** Whether somebody buys or approves for the unit today, as one of its own: what it owes and is billed is none of a contractor's. */
  async isOfUnit(unitId: string, userId: string): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM procurement_member WHERE unit_id = ? AND user_id = ? AND contractor_id IS NULL AND ended_at IS NULL LIMIT 1',
      [unitId, userId],
    );
    return rows.length > 0;
  }

  /** Whether somebody may follow how far the unit has come: its own people, and those who buy on its contractor's part today. */
  async mayFollow(unitId: string, userId: string): Promise<boolean> {
    const today = businessDay(this.clock.now());
    const rows = await this.database.query(
      `SELECT 1 FROM procurement_member m WHERE m.unit_id = ? AND m.user_id = ? AND ${IN_FORCE} LIMIT 1`,
      [unitId, userId, today, today],
    );
    return rows.length > 0;
  }

  /** All titles that the unit may be billed by: the one of its register, then those of its book, as they were added. */
  async titlesOf(unitId: string): Promise<InvoiceTitleRow[]> {
    const own = await this.invoiceTitleOf(unitId);
    const book = await this.database.query<InvoiceTitleRow>(
      `SELECT id, title, tax_no AS taxNumber FROM procurement_invoice_title
       WHERE unit_id = ? AND ended_at IS NULL ORDER BY id LIMIT ?`,
      [unitId, INVOICE_TITLES_MAX],
    );
    return own ? [{ id: null, ...own }, ...book] : [];
  }

  /** A title of the unit's book that is in force. */
  async titleById(
    unitId: string,
    titleId: string,
  ): Promise<{ readonly title: string; readonly taxNumber: string } | null> {
    const [row] = await this.database.query<{ title: string; taxNumber: string }>(
      `SELECT title, tax_no AS taxNumber FROM procurement_invoice_title
       WHERE id = ? AND unit_id = ? AND ended_at IS NULL`,
      [titleId, unitId],
    );
    return row ?? null;
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
