import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';

/** Columns in a page's sort key, for `pageRequest`. */
export const HARVEST_CAPACITY_KEY_PARTS = 3;

export interface HarvestCapacityRow {
  readonly villageCode: string;
  readonly villageName: string;
  readonly kindCode: string;
  readonly seasonFrom: string;
  readonly seasonTo: string;
  readonly capacityG: number;
  /** What batches of the season have been granted, and what of them waits. */
  readonly grantedG: number;
  readonly waitingG: number;
  readonly setAt: Date;
}

type Raw = Omit<HarvestCapacityRow, 'capacityG' | 'grantedG' | 'waitingG'> &
  Record<'capacityG' | 'grantedG' | 'waitingG', string>;

const OF_SEASON = `FROM harvest_batch h WHERE h.village_code = c.village_code AND h.kind_code = c.kind_code
  AND h.harvested_from BETWEEN c.season_from AND c.season_to`;

@Injectable()
export class HarvestCapacityReader {
  constructor(private readonly database: Database) {}

  /** In the order of villages, kinds and seasons, the latest season first. */
  async page(
    divisions: readonly string[] | 'ALL',
    { first, after }: PageRequest,
  ): Promise<Page<HarvestCapacityRow>> {
    const { sql, values } = withinScope('c.village_code', divisions);
    const [village = '', kind = '', from = ''] = after ?? [];
    const beyond = after
      ? ' AND (c.village_code > ? OR (c.village_code = ? AND (c.kind_code > ? OR (c.kind_code = ? AND c.season_from < ?))))'
      : '';
    const rows = await this.database.query<Raw>(
      `SELECT c.village_code AS villageCode, COALESCE(d.name, '') AS villageName, c.kind_code AS kindCode, c.season_from AS seasonFrom,
         c.season_to AS seasonTo, c.capacity_g AS capacityG, c.set_at AS setAt,
         COALESCE((SELECT SUM(h.granted_g) ${OF_SEASON}), 0) AS grantedG,
         COALESCE((SELECT SUM(h.weight_g - h.granted_g) ${OF_SEASON} AND h.review_state = 'WAITING'), 0) AS waitingG
       FROM harvest_capacity c LEFT JOIN division d ON d.code = c.village_code
       WHERE ${sql}${beyond} ORDER BY c.village_code, c.kind_code, c.season_from DESC LIMIT ?`,
      [...values, ...(after ? [village, village, kind, kind, from] : []), first + 1],
    );
    return pageOf(
      rows.map(({ capacityG, grantedG, waitingG, ...row }) => ({
        ...row,
        capacityG: Number(capacityG),
        grantedG: Number(grantedG),
        waitingG: Number(waitingG),
      })),
      first,
      ({ villageCode, kindCode, seasonFrom }) => [villageCode, kindCode, seasonFrom],
    );
  }
}
