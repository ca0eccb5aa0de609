import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { RestockRouteId } from './restock-route.entity.js';
import type { RestockScope } from './restock-scope.rules.js';
import type { RestockVisitId, VisitDeed } from './restock-visit.entity.js';

export interface RestockVisitRow {
  readonly id: RestockVisitId;
  readonly routeId: RestockRouteId | null;
  readonly cabinetId: IdOf<'cab'>;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly visitedBy: IdOf<'usr'>;
  readonly arrivedAt: Date;
  readonly leftAt: Date | null;
  readonly scannedAt: Date | null;
  readonly measuredDeciCelsius: number | null;
  readonly signatureId: IdOf<'fil'> | null;
  readonly note: string;
  readonly submittedAt: Date;
}

export interface RestockVisitSlotRow {
  readonly visitId: RestockVisitId;
  readonly slotCode: string;
  readonly countedAt: Date;
  readonly countedUnits: number;
  readonly varianceUnits: number;
  readonly removedUnits: number;
  readonly disposedUnits: number;
  readonly filledUnits: number;
}

/** Whose visits: of operators that somebody runs and their own, or of divisions. */
export type RestockVisitScope = RestockScope | { readonly divisions: readonly string[] | 'ALL' };

/** Columns in a page's sort key, for `pageRequest`. */
export const RESTOCK_VISIT_KEY_PARTS = 1;

const VISIT = `SELECT v.id, v.route_id AS routeId, v.cabinet_id AS cabinetId, v.county_code AS countyCode, v.operator_id AS operatorId,
  v.visited_by AS visitedBy, v.arrived_at AS arrivedAt, v.left_at AS leftAt, v.scanned_at AS scannedAt, v.measured_deci_celsius AS measuredDeciCelsius,
  v.signature_id AS signatureId, v.note,
  v.submitted_at AS submittedAt FROM restock_visit v`;

function visitsWithin(scope: RestockVisitScope): {
  readonly sql: string;
  readonly values: (string | readonly string[])[];
} {
  if ('divisions' in scope) return withinScope('v.county_code', scope.divisions);
  const { managed, restocked, userId } = scope;
  const own =
    restocked.length > 0
      ? { sql: '(v.operator_id IN (?) AND v.visited_by = ?)', values: [restocked, userId] }
      : null;
  if (managed.length === 0) return own ?? { sql: 'FALSE', values: [] };
  if (!own) return { sql: 'v.operator_id IN (?)', values: [managed] };
  return { sql: `(v.operator_id IN (?) OR ${own.sql})`, values: [managed, ...own.values] };
}

@Injectable()
export class RestockVisitReader {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async page(
    scope: RestockVisitScope,
    cabinetId: string | null,
    { first, after }: PageRequest,
  ): Promise<Page<RestockVisitRow>> {
    const within = visitsWithin(scope);
    const rows = await this.database.query<RestockVisitRow>(
      `${VISIT} WHERE ${within.sql}${cabinetId === null ? '' : ' AND v.cabinet_id = ?'}${after === null ? '' : ' AND v.id < ?'}
       ORDER BY v.id DESC LIMIT ?`,
      [
        ...within.values,
        ...(cabinetId === null ? [] : [cabinetId]),
        ...(after === null ? [] : [after[0] ?? '']),
        first + 1,
      ],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Null outside the scope. */
  async byId(id: string, scope: RestockVisitScope): Promise<RestockVisitRow | null> {
    const within = visitsWithin(scope);
    const [row] = await this.database.query<RestockVisitRow>(`${VISIT} WHERE v.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ?? null;
  }

  /** Of visits that were found within a scope; so below. */
  async slotsOf(visitIds: readonly string[]): Promise<RestockVisitSlotRow[]> {
    if (visitIds.length === 0) return [];
    return this.database.query<RestockVisitSlotRow>(
      `SELECT visit_id AS visitId, slot_code AS slotCode, counted_at AS countedAt, counted_units AS countedUnits, variance_units AS varianceUnits,
         removed_units AS removedUnits, disposed_units AS disposedUnits, filled_units AS filledUnits
       FROM restock_visit_slot WHERE visit_id IN (?) ORDER BY visit_id, slot_code`,
      [visitIds],
    );
  }

  async deedsOf(visitIds: readonly string[]): Promise<{ visitId: RestockVisitId; deed: VisitDeed }[]> {
    if (visitIds.length === 0) return [];
    return this.database.query(
      'SELECT visit_id AS visitId, deed FROM restock_visit_deed WHERE visit_id IN (?) ORDER BY visit_id, deed',
      [visitIds],
    );
  }

  async photosOf(visitIds: readonly string[]): Promise<{ visitId: RestockVisitId; photoId: IdOf<'fil'> }[]> {
    if (visitIds.length === 0) return [];
    return this.database.query(
      'SELECT visit_id AS visitId, photo_id AS photoId FROM restock_visit_photo WHERE visit_id IN (?) ORDER BY visit_id, photo_id',
      [visitIds],
    );
  }

  /** Whether it is a photo of the visit, or its signature. */
  async showsPhoto({ id, signatureId }: RestockVisitRow, photoId: string): Promise<boolean> {
    return photoId === signatureId || (await this.photosOf([id])).some((photo) => photo.photoId === photoId);
  }
}
