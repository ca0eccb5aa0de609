import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import type { Tx } from '#platform/database';
import {
  ProcurementContractor,
  type ProcurementMember,
  ProcurementUnit,
  type ProcurementUnitId,
} from './procurement-unit.entity.js';

const UNIT = `id, name, kind, division_code AS divisionCode, credit_code AS creditCode, invoice_title AS invoiceTitle, tax_no AS taxNo,
  canteen, represented_by_id AS representedById, parent_id AS parentId, merged_into_id AS mergedIntoId, merged_on AS mergedOn,
  created_at AS createdAt`;

@Injectable()
export class ProcurementUnitRepository {
  async insert(tx: Tx, unit: ProcurementUnit): Promise<void> {
    await tx.manager.insert(ProcurementUnit, unit);
  }

  async byCreditCode(tx: Tx, creditCode: string): Promise<ProcurementUnit | null> {
    return tx.manager.findOneBy(ProcurementUnit, { creditCode });
  }

  /** Locked in the order of their ids; whoever asks for units of somebody else's division finds fewer than they asked for. */
  lockWithin(tx: Tx, ids: readonly string[], scope: readonly string[] | 'ALL'): Promise<ProcurementUnit[]> {
    if (ids.length === 0) return Promise.resolve([]);
    const { sql, values } = withinScope('division_code', scope);
    return tx.query<ProcurementUnit>(
      `SELECT ${UNIT} FROM procurement_unit WHERE id IN (?) AND ${sql} ORDER BY id FOR UPDATE`,
      [ids, ...values],
    );
  }

  /** Null unless this person is in force for the unit, as one of its own. */
  async lockForMember(tx: Tx, id: string, userId: string): Promise<ProcurementUnit | null> {
    const [unit] = await tx.query<ProcurementUnit>(
      `SELECT ${UNIT} FROM procurement_unit
       WHERE id = ? AND EXISTS (SELECT 1 FROM procurement_member m
         WHERE m.unit_id = procurement_unit.id AND m.user_id = ? AND m.contractor_id IS NULL AND m.ended_at IS NULL) FOR UPDATE`,
      [id, userId],
    );
    return unit ?? null;
  }

  /** Null unless this person approves for the unit today. */
  async lockForApprover(tx: Tx, id: string, userId: string): Promise<ProcurementUnit | null> {
    const [unit] = await tx.query<ProcurementUnit>(
      `SELECT ${UNIT} FROM procurement_unit
       WHERE id = ? AND EXISTS (SELECT 1 FROM procurement_member m WHERE m.unit_id = procurement_unit.id AND m.user_id = ?
         AND m.role = 'APPROVER' AND m.contractor_id IS NULL AND m.ended_at IS NULL) FOR UPDATE`,
      [id, userId],
    );
    return unit ?? null;
  }

  async merge(tx: Tx, id: string, intoId: string, mergedOn: string): Promise<void> {
    await tx.write('UPDATE procurement_unit SET merged_into_id = ?, merged_on = ? WHERE id = ?', [
      intoId,
      mergedOn,
      id,
    ]);
  }

  /** Added again after an end, the same row comes into force again. */
  async addMember(tx: Tx, member: ProcurementMember): Promise<void> {
    await tx.write(
      `INSERT INTO procurement_member (unit_id, user_id, role, contractor_id, added_at) VALUES (?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE ended_at = NULL, contractor_id = VALUES(contractor_id)`,
      [member.unitId, member.userId, member.role, member.contractorId, member.addedAt],
    );
  }

  /** False if they are not in force. */
  async endMember(
    tx: Tx,
    { unitId, userId, role }: Pick<ProcurementMember, 'unitId' | 'userId' | 'role'>,
    at: Date,
  ): Promise<boolean> {
    const matched = await tx.write(
      `UPDATE procurement_member SET ended_at = ?
       WHERE unit_id = ? AND user_id = ? AND role = ? AND ended_at IS NULL`,
      [at, unitId, userId, role],
    );
    return matched === 1;
  }

  async contractorsOf(tx: Tx, unitId: ProcurementUnitId): Promise<ProcurementContractor[]> {
    return tx.manager.findBy(ProcurementContractor, { unitId });
  }

  async insertContractor(tx: Tx, contractor: ProcurementContractor): Promise<void> {
    await tx.manager.insert(ProcurementContractor, contractor);
  }

  /** Whether somebody is in force for the unit as one of its own. */
  async isOwnMember(tx: Tx, unitId: string, userId: string): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM procurement_member WHERE unit_id = ? AND user_id = ? AND contractor_id IS NULL AND ended_at IS NULL LIMIT 1',
      [unitId, userId],
    );
    return rows.length > 0;
  }

  /** The unit of the contractor; what a contractor works for never changes, so this may be asked before the unit is locked. */
  async unitOfContractor(tx: Tx, contractorId: string): Promise<string | null> {
    const [row] = await tx.query<{ unitId: string }>(
      'SELECT unit_id AS unitId FROM procurement_contractor WHERE id = ?',
      [contractorId],
    );
    return row?.unitId ?? null;
  }

  async endContractor(tx: Tx, contractorId: string, endsBefore: string): Promise<void> {
    await tx.write('UPDATE procurement_contractor SET ends_before = ? WHERE id = ?', [
      endsBefore,
      contractorId,
    ]);
  }

  /** Whoever works for it buys for the unit no longer. */
  async endMembersOf(tx: Tx, contractorId: string, at: Date): Promise<void> {
    await tx.write(
      'UPDATE procurement_member SET ended_at = ? WHERE contractor_id = ? AND ended_at IS NULL',
      [at, contractorId],
    );
  }
}
