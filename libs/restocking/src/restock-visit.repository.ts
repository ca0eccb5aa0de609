import { Injectable } from '@nestjs/common';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import type { RestockRouteId } from './restock-route.entity.js';
import type { RestockVisit, RestockVisitId, VisitDeed } from './restock-visit.entity.js';

@Injectable()
export class RestockVisitRepository {
  /** Under the lock of its route, where it has one. */
  async byKey(tx: Tx, visitedBy: string, visitKey: string): Promise<RestockVisit | null> {
    const [row] = await tx.query<RestockVisit>(
      `SELECT id, visit_key AS visitKey, route_id AS routeId, cabinet_id AS cabinetId, county_code AS countyCode, operator_id AS operatorId,
         visited_by AS visitedBy, arrived_at AS arrivedAt, left_at AS leftAt, scanned_at AS scannedAt,
         measured_deci_celsius AS measuredDeciCelsius, signature_id AS signatureId, note,
         submitted_at AS submittedAt
       FROM restock_visit WHERE visited_by = ? AND visit_key = ? FOR UPDATE`,
      [visitedBy, visitKey],
    );
    return row ?? null;
  }

  async insert(tx: Tx, visit: Pick<RestockVisit, keyof RestockVisit>): Promise<void> {
    // Two phones at once without a route: whoever is second begins again, and finds the other's.
    await unlessTaken('the same visit was said meanwhile', () => tx.insert('restock_visit', [{ ...visit }]));
  }

  /** What a part says that those before did not. */
  async complete(
    tx: Tx,
    id: RestockVisitId,
    {
      leftAt,
      scannedAt,
      measuredDeciCelsius,
      signatureId,
      note,
    }: Pick<RestockVisit, 'leftAt' | 'scannedAt' | 'measuredDeciCelsius' | 'signatureId' | 'note'>,
  ): Promise<void> {
    await tx.write(
      'UPDATE restock_visit SET left_at = ?, scanned_at = ?, measured_deci_celsius = ?, signature_id = ?, note = ? WHERE id = ?',
      [leftAt, scannedAt, measuredDeciCelsius, signatureId, note, id],
    );
  }

  async slotsSaid(
    tx: Tx,
    visitId: RestockVisitId,
  ): Promise<{ readonly slotCode: string; readonly contentHash: string }[]> {
    return tx.query(
      'SELECT slot_code AS slotCode, content_hash AS contentHash FROM restock_visit_slot WHERE visit_id = ?',
      [visitId],
    );
  }

  async insertSlots(tx: Tx, slots: readonly Readonly<Record<string, SqlValue>>[]): Promise<void> {
    if (slots.length > 0) await tx.insert('restock_visit_slot', slots);
  }

  async insertDeeds(tx: Tx, visitId: RestockVisitId, deeds: readonly VisitDeed[]): Promise<void> {
    if (deeds.length === 0) return;
    // Likewise what an earlier part has said.
    await tx.write(
      'INSERT INTO restock_visit_deed (visit_id, deed) VALUES ? ON DUPLICATE KEY UPDATE deed = restock_visit_deed.deed',
      [deeds.map((deed) => [visitId, deed])],
    );
  }

  async insertPhotos(tx: Tx, visitId: RestockVisitId, photoIds: readonly string[]): Promise<void> {
    if (photoIds.length === 0) return;
    // Those that an earlier part has brought are brought again.
    await tx.write(
      'INSERT INTO restock_visit_photo (visit_id, photo_id) VALUES ? ON DUPLICATE KEY UPDATE photo_id = photo_id',
      [photoIds.map((photoId) => [visitId, photoId])],
    );
  }

  async photosOf(tx: Tx, visitId: RestockVisitId): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'SELECT photo_id AS id FROM restock_visit_photo WHERE visit_id = ?',
      [visitId],
    );
    return rows.map(({ id }) => id);
  }

  /** Also where its route has ended meanwhile: somebody has been there after all. */
  async markVisited(tx: Tx, routeId: RestockRouteId, cabinetId: string): Promise<void> {
    await tx.write(
      "UPDATE restock_stop SET state = 'VISITED', open_cabinet_id = NULL WHERE route_id = ? AND cabinet_id = ?",
      [routeId, cabinetId],
    );
  }
}
