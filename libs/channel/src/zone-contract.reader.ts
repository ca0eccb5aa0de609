import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { ZoneContract, ZoneContractState } from './zone-contract.entity.js';
import { type PlaceScope, withinPlaceScope } from './place-scope.rules.js';
import { lastDayOf } from './zone-contract.rules.js';

/** Hosts and divisions, instead of operators and counties. */
export const CONTRACT_COLUMNS = ['host_id', 'division_code'] as const;

/** Columns in a page's sort key, for `pageRequest`. */
export const CONTRACT_KEY_PARTS = 1;

export type ZoneContractRow = Omit<ZoneContract, 'idempotencyKey' | 'openSeriesId' | 'remindedDays'> & {
  /** Whether it holds on this day of Shanghai. */
  readonly isHolding: boolean;
};

const SELECT = `SELECT id, host_id AS hostId, series_id AS seriesId, renews_id AS renewsId, division_code AS divisionCode, number, valid_from AS validFrom,
  valid_to AS validTo, operator_bps AS operatorBps, terms, file_ids AS fileIds, state, proposed_by AS proposedBy, proposed_at AS proposedAt,
  decided_by AS decidedBy, decided_at AS decidedAt, reason, ended_on AS endedOn, ended_by AS endedBy, end_reason AS endReason FROM zone_contract`;

@Injectable()
export class ZoneContractReader {
  constructor(
    private readonly database: Database,
    private readonly files: StoredFileService,
    private readonly clock: Clock,
  ) {}

  /** Null outside the scope. */
  async byId(id: string, scope: PlaceScope): Promise<ZoneContractRow | null> {
    const { sql, values } = withinPlaceScope(scope, CONTRACT_COLUMNS);
    const [row] = await this.read(`${SELECT} WHERE id = ? AND ${sql}`, [id, ...values]);
    return row ?? null;
  }

  /** The latest first. */
  async page(
    scope: PlaceScope,
    state: ZoneContractState | null,
    { first, after }: PageRequest,
  ): Promise<Page<ZoneContractRow>> {
    const { sql, values } = withinPlaceScope(scope, CONTRACT_COLUMNS);
    const where = [sql, ...(state ? ['state = ?'] : []), ...(after ? ['id < ?'] : [])];
    const rows = await this.read(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`, [
      ...values,
      ...(state ? [state] : []),
      ...(after?.[0] ? [after[0]] : []),
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** How many shops stand under each of these series. */
  async shopCounts(seriesIds: readonly string[]): Promise<{ seriesId: string; shops: number }[]> {
    if (seriesIds.length === 0) return [];
    return this.database.query(
      `SELECT contract_series_id AS seriesId, COUNT(*) AS shops FROM channel_point
       WHERE contract_series_id IN (?) AND state <> 'CLOSED' GROUP BY contract_series_id`,
      [seriesIds],
    );
  }

  async filesOf({
    fileIds,
    proposedBy,
  }: Pick<ZoneContractRow, 'fileIds' | 'proposedBy'>): Promise<StoredFile[]> {
    const files = await this.files.byIds(fileIds);
    return files.filter(({ uploadedBy }) => uploadedBy === proposedBy);
  }

  private async read(sql: string, values: readonly SqlValue[]): Promise<ZoneContractRow[]> {
    const rows = await this.database.query<Omit<ZoneContractRow, 'isHolding'>>(sql, values);
    const today = businessDay(this.clock.now());
    return rows.map((row) => ({
      ...row,
      fileIds: jsonOf(row.fileIds),
      isHolding: row.state === 'AGREED' && row.validFrom <= today && lastDayOf(row) >= today,
    }));
  }
}
