import { Injectable } from '@nestjs/common';
import { prefixOf, withinScope } from '#libs/division';
import { Database, type SqlValue } from '#platform/database';
import type { ChannelPointId, ChannelPointState } from './channel-point.entity.js';

/** A smart counter that stands, where a map puts it. */
export interface CounterPlaceRow {
  readonly id: ChannelPointId;
  readonly name: string;
  readonly address: string;
  readonly countyCode: string;
  /** Degrees; null where nobody has surveyed. */
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly state: ChannelPointState;
  readonly openedOn: string | null;
}

/** Degrees. */
export interface PlaceBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface CounterArea {
  /** Whose: of whoever asks. */
  readonly scope: readonly string[] | 'ALL';
  /** A province, city, county or township with everything in it. */
  readonly divisionCode: string | null;
  readonly box: PlaceBox | null;
}

const COUNTY_DIGITS = 6;

@Injectable()
export class CounterPlaceReader {
  constructor(private readonly database: Database) {}

  /** Built or further, and not closed, by their ids. */
  async within({ scope, divisionCode, box }: CounterArea): Promise<CounterPlaceRow[]> {
    const { sql, values } = withinScope('p.county_code', scope);
    const where = ["p.kind = 'COUNTER'", "p.state IN ('BUILT', 'INSPECTED', 'OPEN', 'SUSPENDED')", sql];
    const all: SqlValue[] = [...values];
    if (divisionCode !== null) {
      const isTownship = divisionCode.length > COUNTY_DIGITS;
      where.push(isTownship ? 'p.township_code = ?' : 'p.county_code LIKE ?');
      all.push(isTownship ? divisionCode : `${prefixOf(divisionCode)}%`);
    }
    if (box !== null) {
      where.push('p.longitude BETWEEN ? AND ? AND p.latitude BETWEEN ? AND ?');
      all.push(box.west, box.east, box.south, box.north);
    }
    const rows = await this.database.query<
      Omit<CounterPlaceRow, 'longitude' | 'latitude'> & { longitude: string | null; latitude: string | null }
    >(
      `SELECT p.id, p.name, p.address, p.county_code AS countyCode, p.longitude, p.latitude, p.state, p.opened_on AS openedOn
       FROM channel_point p WHERE ${where.join(' AND ')} ORDER BY p.id`,
      all,
    );
    return rows.map((row) => ({
      ...row,
      longitude: row.longitude === null ? null : Number(row.longitude),
      latitude: row.latitude === null ? null : Number(row.latitude),
    }));
  }
}
