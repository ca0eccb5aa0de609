import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import { ChannelPointReader, type ChannelPointRow } from './channel-point.reader.js';
import type { ChannelKind } from './channel-point.entity.js';
import { sellingPart } from './selling.rules.js';
import { type Position, boxAround, distanceM } from './distance.rules.js';

export interface NearbyPoint {
  readonly point: ChannelPointRow;
  readonly distanceM: number;
}

export interface NearbyWish {
  readonly kind: ChannelKind | null;
  /** Only points that show it; null for all. */
  readonly productId: string | null;
  /** A condition on `p.id` that another room knows how to write; none unless said. */
  readonly part?: { readonly sql: string; readonly values: readonly SqlValue[] } | null;
  readonly count: number;
}

/** Round the corner, in town, in the county, a day's drive: the first that holds enough answers. */
const RINGS_M = [2_000, 12_000, 60_000, 250_000];

/** Where the nearest open points are. */
@Injectable()
export class NearbyPointReader {
  constructor(
    private readonly database: Database,
    private readonly points: ChannelPointReader,
    private readonly clock: Clock,
  ) {}

  /**
   * The nearest first. Each ring reads what lies in a box by the index of latitudes and no more than it shows; what is beyond the last ring
   * is not near. A place at the corner of a box may be farther than one beside it, so only what lies within the ring itself counts.
   */
  async around(position: Position, wish: NearbyWish): Promise<NearbyPoint[]> {
    let found: { id: string; distanceM: number }[] = [];
    for (const radiusM of RINGS_M) {
      found = (await this.inBox(position, radiusM, wish)).filter((one) => one.distanceM <= radiusM);
      if (found.length >= wish.count) break;
    }
    const rows = new Map(
      (await this.points.byIds(found.map(({ id }) => id))).map((point) => [point.id as string, point]),
    );
    return found
      .toSorted((a, b) => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1))
      .flatMap(({ id, distanceM: metres }) => {
        const point = rows.get(id);
        return point ? [{ point, distanceM: metres }] : [];
      });
  }

  private async inBox(
    position: Position,
    radiusM: number,
    { kind, productId, part, count }: NearbyWish,
  ): Promise<{ id: string; distanceM: number }[]> {
    const { west, east, south, north } = boxAround(position, radiusM);
    const selling = sellingPart('p', businessDay(this.clock.now()));
    const where = [selling.sql, 'p.latitude BETWEEN ? AND ?', 'p.longitude BETWEEN ? AND ?'];
    const values: SqlValue[] = [...selling.values, south, north, west, east];
    if (kind !== null) {
      where.push('p.kind = ?');
      values.push(kind);
    }
    if (productId !== null) {
      where.push(
        'EXISTS (SELECT 1 FROM channel_listing l WHERE l.channel_point_id = p.id AND l.product_id = ?)',
      );
      values.push(productId);
    }
    if (part) {
      where.push(part.sql);
      values.push(...part.values);
    }
    // Over so few kilometres the earth is flat enough to say which are the nearest.
    const squeeze = Math.cos((position.latitude * Math.PI) / 180) ** 2;
    const rows = await this.database.query<{ id: string; longitude: string; latitude: string }>(
      `SELECT p.id, p.longitude, p.latitude FROM channel_point p WHERE ${where.join(' AND ')}
       ORDER BY (p.latitude - ?) * (p.latitude - ?) + (p.longitude - ?) * (p.longitude - ?) * ?, p.id LIMIT ?`,
      [
        ...values,
        position.latitude,
        position.latitude,
        position.longitude,
        position.longitude,
        squeeze,
        count,
      ],
    );
    return rows.map(({ id, longitude, latitude }) => ({
      id,
      distanceM: distanceM(position, { longitude: Number(longitude), latitude: Number(latitude) }),
    }));
  }
}
