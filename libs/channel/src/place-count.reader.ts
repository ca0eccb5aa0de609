import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { Database } from '#platform/database';
import type { ChannelKind, ChannelPointState } from './channel-point.entity.js';

/** How many places of a kind there were in a county on a day, by how far they had come. */
export interface PlaceCount {
  readonly kind: ChannelKind;
  readonly countyCode: string;
  readonly state: ChannelPointState;
  readonly points: number;
}

/** What had become of places by the end of a day: by their steps, so that what was built and what was open then is not asked of what is so now. */
@Injectable()
export class PlaceCountReader {
  constructor(private readonly database: Database) {}

  /** How many places of each kind there were at the end of a day, in each county and state. What nobody has written down by then is in none. */
  async countsOn(day: string, scope: readonly string[] | 'ALL'): Promise<PlaceCount[]> {
    const { sql, values } = withinScope('p.county_code', scope);
    return this.database.query<PlaceCount>(
      `SELECT p.kind, p.county_code AS countyCode, s.state, COUNT(*) AS points
       FROM channel_point p JOIN channel_point_step s ON s.channel_point_id = p.id
       WHERE ${sql} AND s.number = (SELECT MAX(t.number) FROM channel_point_step t
         WHERE t.channel_point_id = p.id AND t.effective_on <= ?)
       GROUP BY p.kind, p.county_code, s.state`,
      [...values, day],
    );
  }

  /** Which of these places were open at the end of a day. */
  async openOn(day: string, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.database.query<{ id: string }>(
      `SELECT s.channel_point_id AS id FROM channel_point_step s WHERE s.channel_point_id IN (?) AND s.state = 'OPEN'
         AND s.number = (SELECT MAX(t.number) FROM channel_point_step t WHERE t.channel_point_id = s.channel_point_id AND t.effective_on <= ?)`,
      [ids, day],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
