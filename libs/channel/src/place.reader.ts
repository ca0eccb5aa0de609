import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { ChannelKind, ChannelPointState, ChannelPointStep, PlaceSide } from './channel-point.entity.js';
import { type ChannelPointRow, POINT_COLUMNS, type RawPoint, pointRowOf } from './channel-point.reader.js';
import { type PlaceScope, withinPlaceScope } from './place-scope.rules.js';
import { WAITING_FOR_OFFICE } from './place.rules.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const PLACE_KEY_PARTS = 1;

/** Seven to an opening; a place that was suspended every month of a decade fits. */
const STEPS_MAX = 300;

export interface PlaceRow extends ChannelPointRow {
  readonly operatorId: string | null;
  readonly revision: number;
  readonly heldBy: PlaceSide | null;
  readonly documentNo: string;
  /** The series of contracts it stands under; null where it stands under none. */
  readonly contractSeriesId: string | null;
}

export type PlaceStepRow = Omit<ChannelPointStep, 'channelPointId' | 'actorId' | 'content'>;

/** Conditions that all hold. */
export interface PlaceFilter {
  readonly kind?: ChannelKind | null;
  readonly state?: ChannelPointState | null;
  readonly countyCode?: string | null;
  /** Only shops of one series of contracts. */
  readonly contractSeriesId?: string | null;
  /** Only what waits for an office. */
  readonly isWaiting?: boolean | null;
}

const SELECT = `SELECT ${POINT_COLUMNS}, operator_id AS operatorId, revision, held_by AS heldBy, document_no AS documentNo,
  contract_series_id AS contractSeriesId FROM channel_point`;

type Raw = RawPoint &
  Pick<PlaceRow, 'operatorId' | 'revision' | 'heldBy' | 'documentNo' | 'contractSeriesId'>;

/** Places in whatever state, for those who run them and for officials; visitors ask `ChannelPointReader`. */
@Injectable()
export class PlaceReader {
  constructor(
    private readonly database: Database,
    private readonly files: StoredFileService,
  ) {}

  /** Null outside the scope, and for cabinets. */
  async byId(id: string, scope: PlaceScope): Promise<PlaceRow | null> {
    const { sql, values } = withinPlaceScope(scope);
    const [row] = await this.read(`${SELECT} WHERE id = ? AND kind IN ('PAVILION', 'ZONE') AND ${sql}`, [
      id,
      ...values,
    ]);
    return row ?? null;
  }

  /** Pavilions and zones in the order in which they came into the book. */
  async page(scope: PlaceScope, filter: PlaceFilter, { first, after }: PageRequest): Promise<Page<PlaceRow>> {
    const within = withinPlaceScope(scope);
    const where = ["kind IN ('PAVILION', 'ZONE')", within.sql];
    const values: SqlValue[] = [...within.values];
    const narrow = (sql: string, value: SqlValue | undefined) => {
      if (value === null || value === undefined) return;
      where.push(sql);
      values.push(value);
    };
    narrow('kind = ?', filter.kind);
    narrow('state = ?', filter.state);
    narrow('county_code = ?', filter.countyCode);
    narrow('contract_series_id = ?', filter.contractSeriesId);
    narrow('state IN (?)', filter.isWaiting ? WAITING_FOR_OFFICE : null);
    narrow('id > ?', after?.[0]);
    const rows = await this.read(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY id LIMIT ?`, [
      ...values,
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** What has happened to a place, in order. */
  async stepsOf(id: string): Promise<PlaceStepRow[]> {
    const rows = await this.database.query<PlaceStepRow>(
      `SELECT number, act, state, side, reason, file_ids AS fileIds, effective_on AS effectiveOn, at
       FROM channel_point_step WHERE channel_point_id = ? ORDER BY number LIMIT ?`,
      [id, STEPS_MAX],
    );
    return rows.map((row) => ({ ...row, fileIds: jsonOf(row.fileIds) }));
  }

  /** Null unless a step of this place shows it. */
  async fileOf(id: string, fileId: string): Promise<StoredFile | null> {
    const steps = await this.stepsOf(id);
    const [file] = steps.some(({ fileIds }) => fileIds.includes(fileId))
      ? await this.files.byIds([fileId])
      : [];
    return file ?? null;
  }

  private async read(sql: string, values: readonly SqlValue[]): Promise<PlaceRow[]> {
    return (await this.database.query<Raw>(sql, values)).map(pointRowOf);
  }
}
