import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetPaper, PaperKind } from './paper.entity.js';
import type { PaperStanding } from './paper.rules.js';

@Injectable()
export class PaperRepository {
  /** The one before of its kind, if any, is on record from now on. Under the lock of the cabinet. */
  async end(tx: Tx, cabinetId: CabinetId, kind: PaperKind, at: Date): Promise<boolean> {
    const matched = await tx.write(
      'UPDATE cabinet_paper SET open_kind = NULL, ended_at = ? WHERE cabinet_id = ? AND open_kind = ?',
      [at, cabinetId, kind],
    );
    return matched > 0;
  }

  async insert(tx: Tx, paper: Pick<CabinetPaper, keyof CabinetPaper>): Promise<void> {
    await tx.insert('cabinet_paper', [{ ...paper }]);
  }

  /** Papers in force of cabinets that stand. */
  async inForce(tx: Tx): Promise<Pick<CabinetPaper, 'cabinetId' | 'kind' | 'validUntil'>[]> {
    return tx.query(
      `SELECT p.cabinet_id AS cabinetId, p.kind, p.valid_until AS validUntil FROM cabinet_paper p JOIN cabinet c ON c.id = p.cabinet_id
       WHERE p.open_kind IS NOT NULL AND c.state = 'ACTIVE' ORDER BY p.cabinet_id`,
    );
  }

  /** Cabinets of which somebody has been told so. */
  async told(tx: Tx, standing: Extract<PaperStanding, 'EXPIRING' | 'LAPSED'>): Promise<CabinetId[]> {
    const rows = await tx.query<{ id: CabinetId }>(
      'SELECT open_cabinet_id AS id FROM cabinet_alarm WHERE open_cabinet_id IS NOT NULL AND kind = ?',
      [`PAPERS_${standing}`],
    );
    return rows.map(({ id }) => id);
  }
}
