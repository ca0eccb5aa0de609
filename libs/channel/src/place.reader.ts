import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import type { ChannelKind, ChannelPointState, ChannelPointStep, PlaceSide } from './channel-point.entity.js';
import { type ChannelPointRow, POINT_COLUMNS, type RawPoint, pointRowOf } from './channel-point.reader.js';
import { type PlaceScope, withinPlaceScope } from './place-scope.rules.js';
import { WAITING_FOR_OFFICE } from './place.rules.js';
import { lastDayOf } from './zone-contract.rules.js';

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

/** A petrol company has some hundreds of shops in a province. */
const PLACES_OF_OPERATOR_MAX = 5_000;

/** A place with what decides whether it sold on a day. */
export interface PlaceOnDays {
  readonly id: string;
  readonly name: string;
  /** From which day on it was what, in order. */
  readonly steps: readonly { readonly effectiveOn: string; readonly state: string }[];
  /** Days of the contracts of its host; null where it stands under none. */
  readonly contracted: readonly { readonly from: string; readonly to: string }[] | null;
}

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

  /** What an operator runs, with all that decides whether it sold on a day. */
  async onDaysOf(operatorId: string): Promise<PlaceOnDays[]> {
    const places = await this.database.query<{ id: string; name: string; seriesId: string | null }>(
      `SELECT id, name, contract_series_id AS seriesId FROM channel_point
       WHERE operator_id = ? AND kind IN ('PAVILION', 'ZONE') ORDER BY id LIMIT ?`,
      [operatorId, PLACES_OF_OPERATOR_MAX],
    );
    if (places.length === 0) return [];
    const [steps, contracts] = await Promise.all([
      this.database.query<{ id: string; effectiveOn: string; state: string }>(
        `SELECT channel_point_id AS id, effective_on AS effectiveOn, state FROM channel_point_step
         WHERE channel_point_id IN (?) ORDER BY channel_point_id, number`,
        [places.map(({ id }) => id)],
      ),
      this.database.query<{ seriesId: string; validFrom: string; validTo: string; endedOn: string | null }>(
        `SELECT series_id AS seriesId, valid_from AS validFrom, valid_to AS validTo, ended_on AS endedOn FROM zone_contract
         WHERE host_id = ? AND state = 'AGREED'`,
        [operatorId],
      ),
    ]);
    const stepsOf = new Map<string, { effectiveOn: string; state: string }[]>();
    for (const { id, ...step } of steps) stepsOf.set(id, [...(stepsOf.get(id) ?? []), step]);
    // A shop that came over to another contract of its host sold under the one before.
    const contracted = contracts.map((each) => ({ from: each.validFrom, to: lastDayOf(each) }));
    return places.map(({ id, name, seriesId }) => ({
      id,
      name,
      steps: stepsOf.get(id) ?? [],
      contracted: seriesId === null ? null : contracted,
    }));
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
