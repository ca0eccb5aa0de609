import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { DemandNotice } from './demand-notice.entity.js';
import { type DemandState, demandStateOf } from './demand-notice.rules.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const DEMAND_NOTICE_KEY_PARTS = 1;
/** Of each kind of goods, the nearest; a merchant reads them on a phone. */
const DEMANDS_SHOWN_MAX = 10;

const COLUMNS = `n.id, n.unit_id AS unitId, n.kind_code AS kindCode, n.weight_kg AS weightKg, n.from_on AS fromOn, n.to_on AS toOn,
  n.county_code AS countyCode, n.note`;

export type DemandNoticeRow = Pick<
  DemandNotice,
  'id' | 'unitId' | 'kindCode' | 'weightKg' | 'fromOn' | 'toOn' | 'countyCode' | 'note'
> & { readonly state: DemandState };

/** As sellers see it: whose it is by name, and nothing of the person who wrote it. */
export type OpenDemandRow = Omit<DemandNoticeRow, 'state'> & { readonly unitName: string };

@Injectable()
export class DemandNoticeReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A unit's own, the latest first. The caller has asked who looks. */
  async page(unitId: string, { first, after }: PageRequest): Promise<Page<DemandNoticeRow>> {
    const today = businessDay(this.clock.now());
    const rows = await this.database.query<Omit<DemandNoticeRow, 'state'> & { withdrawnAt: Date | null }>(
      `SELECT ${COLUMNS}, n.withdrawn_at AS withdrawnAt FROM demand_notice n
       WHERE n.unit_id = ?${after ? ' AND n.id < ?' : ''} ORDER BY n.id DESC LIMIT ?`,
      [unitId, ...(after ? [after[0] ?? ''] : []), first + 1],
    );
    return pageOf(
      rows.map(({ withdrawnAt, ...row }) => ({
        ...row,
        state: demandStateOf({ ...row, withdrawnAt }, today),
      })),
      first,
      ({ id }) => [id],
    );
  }

  /** Those that stand, of each kind some: of this county first, then of its city, then of all others, the soonest over first. Units that have merged need nothing. */
  openOf(kindCodes: readonly string[], countyCode: string): Promise<OpenDemandRow[]> {
    if (kindCodes.length === 0) return Promise.resolve([]);
    const today = businessDay(this.clock.now());
    const city = `${countyCode.slice(0, 4)}%`;
    return this.database.query<OpenDemandRow>(
      `SELECT id, unitId, kindCode, weightKg, fromOn, toOn, countyCode, note, unitName FROM (
         SELECT ${COLUMNS}, u.name AS unitName, ROW_NUMBER() OVER (PARTITION BY n.kind_code
           ORDER BY n.county_code = ? DESC, n.county_code LIKE ? DESC, n.to_on, n.id) AS place
         FROM demand_notice n JOIN procurement_unit u ON u.id = n.unit_id
         WHERE n.kind_code IN (?) AND n.to_on >= ? AND n.withdrawn_at IS NULL AND (u.merged_on IS NULL OR u.merged_on > ?)
       ) open WHERE place <= ? ORDER BY kindCode, place`,
      [countyCode, city, kindCodes, today, today, DEMANDS_SHOWN_MAX],
    );
  }
}
