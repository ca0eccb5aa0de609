import { Injectable } from '@nestjs/common';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import type { Unmasking } from './unmasking.entity.js';

/** A row as a literal, not as an entity's instance. */
type Columns<Row> = { readonly [Column in keyof Row]: Row[Column] & SqlValue };

@Injectable()
export class UnmaskingRepository {
  async countOf(tx: Tx, actorId: string, onDay: string): Promise<number> {
    const [row] = await tx.query<{ n: string }>(
      'SELECT COUNT(*) AS n FROM unmasking WHERE actor_id = ? AND on_day = ?',
      [actorId, onDay],
    );
    return Number(row?.n ?? 0);
  }

  /** Two at once take the same number, and the second counts again. */
  async insert(tx: Tx, row: Columns<Unmasking>): Promise<void> {
    await unlessTaken('another of the same day came first', () => tx.insert('unmasking', [row]));
  }
}
