import { Injectable } from '@nestjs/common';
import { Clock, MINUTE_MS, type Fen, businessDay, fen } from '#libs/kernel';
import { Database } from '#platform/database';

/** Behind fewer happenings a figure would tell of one buyer or one seller. */
const HAPPENINGS_MIN = 5;
/** Places that are looked at in a minute; past it they are read again. */
const REMEMBERED_MAX = 5_000;

interface Remembered {
  readonly paidFen: Fen | null;
  readonly day: string;
  readonly readAtMs: number;
}

/** What was paid through places of sale today so far, from the rollup by place; read once a minute however many look. */
@Injectable()
export class PlaceDayReader {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Null where it is too little to be told; nothing at all is nothing. */
  async paidToday(pointIds: readonly string[]): Promise<ReadonlyMap<string, Fen | null>> {
    const now = this.clock.now();
    const [day, nowMs] = [businessDay(now), now.getTime()];
    const isFresh = (id: string) => {
      const known = this.remembered.get(id);
      return known !== undefined && known.day === day && Math.abs(nowMs - known.readAtMs) < MINUTE_MS;
    };
    const unknown = [...new Set(pointIds.filter((id) => !isFresh(id)))];
    if (unknown.length > 0) {
      const read = await this.read(unknown, day);
      if (this.remembered.size > REMEMBERED_MAX) this.remembered.clear();
      for (const id of unknown)
        this.remembered.set(id, { paidFen: read.get(id) ?? null, day, readAtMs: nowMs });
    }
    return new Map(pointIds.map((id) => [id, this.remembered.get(id)?.paidFen ?? null]));
  }

  private async read(pointIds: readonly string[], day: string): Promise<ReadonlyMap<string, Fen | null>> {
    const rows = await this.database.query<{ pointId: string; paidFen: string; happenings: string }>(
      `SELECT channel_point_id AS pointId, SUM(paid_fen) AS paidFen, SUM(fact_count) AS happenings
       FROM volume_point_day WHERE day = ? AND channel_point_id IN (?) GROUP BY channel_point_id`,
      [day, pointIds],
    );
    const paid = new Map<string, Fen | null>(pointIds.map((id) => [id, 0n]));
    for (const { pointId, paidFen, happenings } of rows)
      paid.set(pointId, Number(happenings) < HAPPENINGS_MIN ? null : fen(paidFen));
    return paid;
  }
}
