import { Injectable } from '@nestjs/common';
import { prefixOf } from '#libs/division';
import { Clock, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type {
  CabinetKind,
  ChannelKind,
  ChannelPointId,
  ChannelPointState,
  PavilionOwnerKind,
  ZoneHostKind,
} from './channel-point.entity.js';
import { sellingPart } from './selling.rules.js';

export interface ChannelPointRow {
  readonly id: ChannelPointId;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly countyCode: string;
  readonly townshipCode: string | null;
  readonly address: string;
  /** Degrees; null where nobody has surveyed. */
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly ownerKind: PavilionOwnerKind | null;
  readonly hostKind: ZoneHostKind | null;
  readonly cabinetKind: CabinetKind | null;
  readonly hostName: string | null;
  readonly introduction: string | null;
  readonly openingHours: string | null;
  readonly state: ChannelPointState;
  readonly openedOn: string | null;
  /** The days on which a contract lets it sell, as things are; null where it stands under none. */
  readonly contractedFrom: string | null;
  readonly contractedTo: string | null;
}

/** Conditions that all hold. */
export interface ChannelPointFilter {
  readonly kind?: ChannelKind | null;
  readonly countyCode?: string | null;
  /** A province, city, county or township with everything in it. */
  readonly divisionCode?: string | null;
  readonly ownerKind?: PavilionOwnerKind | null;
  readonly hostKind?: ZoneHostKind | null;
  readonly hostName?: string | null;
  /** Only points that show it. */
  readonly productId?: string | null;
}

const COUNTY_DIGITS = 6;

/** Columns in a page's sort key, for `pageRequest`. */
export const CHANNEL_POINT_KEY_PARTS = 1;

export type RawPoint = Omit<ChannelPointRow, 'longitude' | 'latitude'> & {
  readonly longitude: string | null;
  readonly latitude: string | null;
};

export const POINT_COLUMNS = `id, kind, name, county_code AS countyCode, township_code AS townshipCode, address, longitude, latitude,
  owner_kind AS ownerKind, host_kind AS hostKind, cabinet_kind AS cabinetKind, host_name AS hostName, introduction,
  opening_hours AS openingHours, state, opened_on AS openedOn,
  contracted_from AS contractedFrom, contracted_to AS contractedTo`;

const SELECT = `SELECT ${POINT_COLUMNS} FROM channel_point p`;

/** Degrees as numbers. */
export function pointRowOf<Row extends RawPoint>(row: Row) {
  return {
    ...row,
    longitude: row.longitude === null ? null : Number(row.longitude),
    latitude: row.latitude === null ? null : Number(row.latitude),
  };
}

@Injectable()
export class ChannelPointReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async byId(id: string): Promise<ChannelPointRow | null> {
    const [point] = await this.byIds([id]);
    return point ?? null;
  }

  /** In any order and in any state: old orders name points that have closed since. */
  async byIds(ids: readonly string[]): Promise<ChannelPointRow[]> {
    if (ids.length === 0) return [];
    return this.read(`${SELECT} WHERE id IN (?)`, [ids]);
  }

  /** Null unless visitors find it open: a zone whose contract has ended is not. */
  async openById(id: string): Promise<ChannelPointRow | null> {
    const { sql, values } = this.selling();
    const [point] = await this.read(`${SELECT} WHERE p.id = ? AND ${sql}`, [id, ...values]);
    return point ?? null;
  }

  /** Open points in order of id, which is the order in which they were recorded. */
  async pageOpen(filter: ChannelPointFilter, { first, after }: PageRequest): Promise<Page<ChannelPointRow>> {
    const selling = this.selling();
    const where = [selling.sql];
    const values: SqlValue[] = [...selling.values];
    const narrow = (condition: string, value: string | null | undefined) => {
      if (value === null || value === undefined) return;
      where.push(condition);
      values.push(value);
    };
    narrow('kind = ?', filter.kind);
    narrow('county_code = ?', filter.countyCode);
    narrow('owner_kind = ?', filter.ownerKind);
    narrow('host_kind = ?', filter.hostKind);
    narrow('host_name = ?', filter.hostName);
    const { divisionCode } = filter;
    if (divisionCode && divisionCode.length > COUNTY_DIGITS) narrow('township_code = ?', divisionCode);
    else if (divisionCode) narrow('county_code LIKE ?', `${prefixOf(divisionCode)}%`);
    narrow('id IN (SELECT channel_point_id FROM channel_listing WHERE product_id = ?)', filter.productId);
    narrow('id > ?', after?.[0]);
    const rows = await this.read(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY id LIMIT ?`, [
      ...values,
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** The curated range of an open point in its order; what is closed shows nothing. Bounded by the rule that curates it. */
  async productIdsOf(channelPointId: string): Promise<string[]> {
    const { sql, values } = this.selling();
    const rows = await this.database.query<{ productId: string }>(
      `SELECT l.product_id AS productId FROM channel_listing l JOIN channel_point p ON p.id = l.channel_point_id
       WHERE l.channel_point_id = ? AND ${sql} ORDER BY l.position, l.product_id`,
      [channelPointId, ...values],
    );
    return rows.map((row) => row.productId);
  }

  private selling(): { sql: string; values: readonly string[] } {
    return sellingPart('p', businessDay(this.clock.now()));
  }

  private async read(sql: string, values: readonly SqlValue[]): Promise<ChannelPointRow[]> {
    return (await this.database.query<RawPoint>(sql, values)).map(pointRowOf);
  }
}
