import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { CabinetCredentialId, CabinetId, CabinetModel, CabinetState } from './cabinet.entity.js';
import { type CellSize, cellSizeOf } from './cabinet.rules.js';
import { type CabinetScope, cabinetsWithin } from './cabinet-scope.rules.js';

export interface CabinetRow {
  readonly id: CabinetId;
  readonly channelPointId: IdOf<'chp'>;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly serialNo: string;
  readonly model: CabinetModel;
  readonly state: CabinetState;
  readonly slotRevision: number;
  readonly registeredAt: Date;
  readonly retiredAt: Date | null;
  readonly connectedAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly bootId: string | null;
  readonly bootNo: number | null;
  readonly seq: number | null;
  readonly clockSkewMs: number | null;
  readonly firmwareVersion: string | null;
  readonly configVersion: string | null;
}

export interface CabinetSlotRow {
  readonly cabinetId: CabinetId;
  readonly code: string;
  readonly capacity: number;
  readonly maxItemG: number;
  readonly innerL: number | null;
  readonly cellSize: CellSize | null;
}

/** A locker that stands somewhere. */
export type LockerRow = Pick<CabinetRow, 'id' | 'channelPointId'>;

/** Never the secret, nor its hash. */
export interface CabinetCredentialRow {
  readonly id: CabinetCredentialId;
  readonly cabinetId: CabinetId;
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** What is null or left out narrows nothing. */
export interface CabinetFilter {
  readonly state?: CabinetState | null;
  /** Those with a paper in force whose last day is this one or an earlier one. */
  readonly papersEndBy?: string | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const CABINET_KEY_PARTS = 1;

/** Credentials are changed some times a year; what is shown is the latest. */
const CREDENTIALS_SHOWN_MAX = 20;

/** Columns that are wide, and a difference, which is wide whatever it is made of: the driver gives both as text. */
type Wide = 'bootNo' | 'seq' | 'clockSkewMs';
type Raw = Omit<CabinetRow, Wide> & Readonly<Record<Wide, string | null>>;

const SELECT = `SELECT c.id, c.channel_point_id AS channelPointId, c.county_code AS countyCode, c.operator_id AS operatorId,
  c.serial_no AS serialNo, c.model, c.state, c.slot_revision AS slotRevision, c.registered_at AS registeredAt,
  c.retired_at AS retiredAt, l.connected_at AS connectedAt, l.last_seen_at AS lastSeenAt, l.boot_id AS bootId, l.boot_no - l.boot_base AS bootNo,
  l.seq, l.clock_skew_ms AS clockSkewMs, l.firmware_version AS firmwareVersion, l.config_version AS configVersion
  FROM cabinet c JOIN cabinet_link l ON l.cabinet_id = c.id`;

const numberOrNull = (text: string | null) => (text === null ? null : Number(text));

@Injectable()
export class CabinetReader {
  constructor(private readonly database: Database) {}

  /** Null unless it lies within the scope. */
  async byId(
    id: string,
    scope: CabinetScope,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<CabinetRow | null> {
    const within = cabinetsWithin(scope);
    const [row] = await this.read(`${SELECT} WHERE c.id = ? AND ${within.sql}`, [id, ...within.values], on);
    return row ?? null;
  }

  /** The cabinet that stands at a place, or the last one that did. */
  async lastAt(channelPointId: string, on: Pick<Tx, 'query'>): Promise<CabinetRow | null> {
    const [row] = await this.read(
      `${SELECT} WHERE c.channel_point_id = ? ORDER BY c.active_point_id IS NULL, c.id DESC LIMIT 1`,
      [channelPointId],
      on,
    );
    return row ?? null;
  }

  /** Where these stand or stood. */
  async placesOf(cabinetIds: readonly string[]): Promise<Pick<CabinetRow, 'id' | 'channelPointId'>[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query('SELECT id, channel_point_id AS channelPointId FROM cabinet WHERE id IN (?)', [
      cabinetIds,
    ]);
  }

  /** The cabinets that stand at these places now. */
  async standingAt(channelPointIds: readonly string[]): Promise<Pick<CabinetRow, 'id' | 'channelPointId'>[]> {
    if (channelPointIds.length === 0) return [];
    return this.database.query(
      'SELECT id, channel_point_id AS channelPointId FROM cabinet WHERE active_point_id IN (?) ORDER BY id',
      [channelPointIds],
    );
  }

  /** What the strongest cell of the locker there bears, for each of these places where one stands; locked or not, for it is asked days before. */
  async strongestCellsAt(
    channelPointIds: readonly string[],
  ): Promise<{ readonly channelPointId: string; readonly maxItemG: number }[]> {
    if (channelPointIds.length === 0) return [];
    return this.database.query(
      `SELECT c.channel_point_id AS channelPointId, MAX(s.max_item_g) AS maxItemG
       FROM cabinet c JOIN cabinet_slot s ON s.cabinet_id = c.id
       WHERE c.active_point_id IN (?) AND c.model = 'LOCKER' GROUP BY c.channel_point_id`,
      [channelPointIds],
    );
  }

  /** Lockers that stand somewhere, all of them or this one. An operator has no more of them than it can serve. */
  async lockersWithin(scope: CabinetScope, cabinetId: string | null): Promise<LockerRow[]> {
    const within = cabinetsWithin(scope);
    return this.database.query<LockerRow>(
      `SELECT c.id, c.channel_point_id AS channelPointId FROM cabinet c
       WHERE ${within.sql} AND c.model = 'LOCKER' AND c.state = 'ACTIVE' ${cabinetId === null ? '' : 'AND c.id = ?'}`,
      [...within.values, ...(cabinetId === null ? [] : [cabinetId])],
    );
  }

  /** In the order in which they were registered. */
  async page(
    scope: CabinetScope,
    { state, papersEndBy }: CabinetFilter,
    { first, after }: PageRequest,
  ): Promise<Page<CabinetRow>> {
    const within = cabinetsWithin(scope);
    const where = [within.sql];
    const values: SqlValue[] = [...within.values];
    const narrow = (condition: string, value: string | null | undefined) => {
      if (value === null || value === undefined) return;
      where.push(condition);
      values.push(value);
    };
    narrow('c.state = ?', state);
    narrow(
      'EXISTS (SELECT 1 FROM cabinet_paper p WHERE p.cabinet_id = c.id AND p.open_kind IS NOT NULL AND p.valid_until <= ?)',
      papersEndBy,
    );
    narrow('c.id > ?', after?.[0]);
    const rows = await this.read(`${SELECT} WHERE ${where.join(' AND ')} ORDER BY c.id LIMIT ?`, [
      ...values,
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** Of cabinets that were found within a scope; so are those below. */
  async slotsOf(
    cabinetIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<CabinetSlotRow[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await on.query<Omit<CabinetSlotRow, 'cellSize'>>(
      `SELECT cabinet_id AS cabinetId, code, capacity, max_item_g AS maxItemG, inner_l AS innerL FROM cabinet_slot
       WHERE cabinet_id IN (?) ORDER BY cabinet_id, position`,
      [cabinetIds],
    );
    return rows.map((row) => ({ ...row, cellSize: cellSizeOf(row.innerL) }));
  }

  /** The latest of each, newest first. */
  async credentialsOf(cabinetIds: readonly string[]): Promise<CabinetCredentialRow[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<CabinetCredentialRow>(
      `SELECT id, cabinetId, issuedAt, expiresAt, revokedAt, lastUsedAt FROM (
         SELECT id, cabinet_id AS cabinetId, issued_at AS issuedAt, expires_at AS expiresAt, revoked_at AS revokedAt,
           last_used_at AS lastUsedAt, ROW_NUMBER() OVER (PARTITION BY cabinet_id ORDER BY id DESC) AS place
         FROM cabinet_credential WHERE cabinet_id IN (?)) ranked
       WHERE place <= ? ORDER BY id DESC`,
      [cabinetIds, CREDENTIALS_SHOWN_MAX],
    );
  }

  private async read(
    sql: string,
    values: readonly SqlValue[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<CabinetRow[]> {
    const rows = await on.query<Raw>(sql, values);
    return rows.map((row) => ({
      ...row,
      bootNo: numberOrNull(row.bootNo),
      seq: numberOrNull(row.seq),
      clockSkewMs: numberOrNull(row.clockSkewMs),
    }));
  }
}
