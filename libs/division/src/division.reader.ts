import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { DivisionLevel } from './division.entity.js';
import type { NamedCounty } from './county-name.rules.js';
import { endsOf } from './division.rules.js';

export interface DivisionRow {
  readonly code: string;
  readonly parentCode: string | null;
  readonly level: DivisionLevel;
  readonly name: string;
  /** On the closed list of 832 counties. */
  readonly isDesignated: boolean;
  /** A rough label point in degrees; only counties have one. */
  readonly longitude: number | null;
  readonly latitude: number | null;
}

type Raw = Omit<DivisionRow, 'isDesignated' | 'longitude' | 'latitude'> & {
  readonly isDesignated: number;
  readonly longitude: string | null;
  readonly latitude: string | null;
};

const SELECT = `SELECT code, parent_code AS parentCode, level, name, is_designated AS isDesignated, longitude, latitude
  FROM division`;

/** The country has some 2,900 counties. */
const COUNTIES_MAX = 5_000;

/** China has 34 provinces; the widest of them without prefectures, Chongqing, has 38 counties; a township of ours some forty villages. */
const CHILDREN_MAX = 1000;

@Injectable()
export class DivisionReader {
  /** By code, as they were first read. */
  private readonly counties = new Map<string, DivisionRow>();
  /** Codes that were found in force on `day`. */
  private inForceOn = { day: '', codes: new Set<string>() };

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async byCode(code: string): Promise<DivisionRow | null> {
    const [division] = await this.byCodes([code]);
    return division ?? null;
  }

  /** In any order; also divisions that are no longer in force, because old records name them. */
  async byCodes(codes: readonly string[]): Promise<DivisionRow[]> {
    if (codes.length === 0) return [];
    return this.read(`${SELECT} WHERE code IN (?)`, [codes]);
  }

  /** Counties by code, read once per process: each keeps its code and name for ever (a renamed one gets a new row). What is not on file is missing. */
  async countiesOf(codes: readonly string[]): Promise<ReadonlyMap<string, DivisionRow>> {
    const unknown = new Set(codes.filter((code) => !this.counties.has(code)));
    for (const county of await this.byCodes([...unknown])) this.counties.set(county.code, county);
    return this.counties;
  }

  /** In any order; without what is not on file, or not in force today. */
  async inForce(codes: readonly string[]): Promise<DivisionRow[]> {
    if (codes.length === 0) return [];
    const today = businessDay(this.clock.now());
    return this.read(`${SELECT} WHERE code IN (?) AND (valid_to IS NULL OR valid_to > ?)`, [codes, today]);
  }

  /**
   * Whether a parcel may go there. Found in force, a county is believed so for the rest of the day: places end with a day, and a register that is
   * loaded late is heard of on the next one. What is not found is looked for each time.
   */
  async isCountyInForce(code: string): Promise<boolean> {
    const day = businessDay(this.clock.now());
    if (this.inForceOn.day !== day) this.inForceOn = { day, codes: new Set() };
    const { codes } = this.inForceOn;
    if (codes.has(code)) return true;
    const [division] = await this.inForce([code]);
    if (division?.level !== 'COUNTY') return false;
    codes.add(code);
    return true;
  }

  /** What lies directly inside and is in force today, in order of code; null asks for the topmost divisions on file. */
  children(parentCode: string | null): Promise<DivisionRow[]> {
    const today = businessDay(this.clock.now());
    return this.read(
      `${SELECT} WHERE ${parentCode === null ? 'parent_code IS NULL' : 'parent_code = ?'}
         AND (valid_to IS NULL OR valid_to > ?) ORDER BY code LIMIT ?`,
      parentCode === null ? [today, CHILDREN_MAX] : [parentCode, today, CHILDREN_MAX],
    );
  }

  /** Counties that are one of these, or lie directly in one of them, and are in force today, in order of code. */
  countiesIn(codes: readonly string[]): Promise<DivisionRow[]> {
    if (codes.length === 0) return Promise.resolve([]);
    const today = businessDay(this.clock.now());
    return this.read(
      `${SELECT} WHERE level = 'COUNTY' AND (code IN (?) OR parent_code IN (?))
         AND (valid_to IS NULL OR valid_to > ?) ORDER BY code LIMIT ?`,
      [codes, codes, today, CHILDREN_MAX],
    );
  }

  /** All counties in force today, with the names of what they lie in: for whoever has to find many by their names. */
  async namedCounties(): Promise<NamedCounty[]> {
    const today = businessDay(this.clock.now());
    const rows = await this.database.query<{
      code: string;
      name: string;
      parentName: string | null;
      topName: string | null;
    }>(
      `SELECT c.code, c.name, p.name AS parentName, t.name AS topName
       FROM division c LEFT JOIN division p ON p.code = c.parent_code LEFT JOIN division t ON t.code = p.parent_code
       WHERE c.level = 'COUNTY' AND (c.valid_to IS NULL OR c.valid_to > ?) ORDER BY c.code LIMIT ?`,
      [today, COUNTIES_MAX],
    );
    return rows.map(({ code, name, parentName, topName }) => ({
      code,
      name,
      above: [topName, parentName].filter((above) => above !== null),
    }));
  }

  /** For each division that is no longer in force: the one that stands in its place today. Some dozens in forty years. */
  async successors(): Promise<ReadonlyMap<string, string>> {
    const today = businessDay(this.clock.now());
    const rows = await this.database.query<{ code: string; replacedBy: string }>(
      `SELECT code, replaced_by AS replacedBy FROM division
       WHERE replaced_by IS NOT NULL AND valid_to <= ? ORDER BY code LIMIT ?`,
      [today, CHILDREN_MAX],
    );
    return endsOf(new Map(rows.map(({ code, replacedBy }) => [code, replacedBy])));
  }

  private async read(sql: string, values: readonly SqlValue[]): Promise<DivisionRow[]> {
    const rows = await this.database.query<Raw>(sql, values);
    return rows.map((row) => ({
      ...row,
      isDesignated: row.isDesignated === 1,
      longitude: row.longitude === null ? null : Number(row.longitude),
      latitude: row.latitude === null ? null : Number(row.latitude),
    }));
  }
}
